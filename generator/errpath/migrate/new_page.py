# SPDX-License-Identifier: GPL-2.0-only
"""
The new page has exactly one fate.

It carries the data, and its allocation's reference is dropped as its kind asks for; or it
goes back untouched, through the caller's put_new_page() if there is one (2def7424c937).
That it went at all, and not twice, is the ledger's to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errpath.kernel.holds import PAGE_REF
from errpath.kernel.target import Complaint
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from errpath.kernel.run import Run


_DST_REF: Final = item(PAGE_REF, "dst")


def one_fate(run: Run) -> Iterator[Complaint]:
    """
    Complain of each way in which the new page went that is not the one that is right.
    """
    choices = run.choices
    if "get_new_page(src)" not in choices:
        return
    carries = choices.get("move_to_new_page(dst, src)") == 0
    for step in [end for row, _, end in run.ledger.spans if row is _DST_REF]:
        way = run.trace[step - 1].primitive.name
        right = _right_way(run, carries=carries)
        if way != right:
            says = f"the new page {_why(run, carries=carries)}, so {right}() is to let go of it"
            yield Complaint(contract="new_page", says=f"{says}, but {{{step}}} does", marks=(step,))
    if carries and run.returns != 0:
        says = "the new page carries the data, but the return code tells of a failure"
        yield Complaint(contract="new_page", says=says)
    if run.returns == 0 and not carries:
        says = "the return code tells of success, but the new page does not carry the data"
        yield Complaint(contract="new_page", says=says)


def _right_way(run: Run, *, carries: bool) -> str:
    if carries:
        movable = run.choices.get("__PageMovable(src)") == 1
        return "put_page" if movable else "putback_lru_page"
    # A caller whose put_new_page nobody asked for may well have given one.
    return "put_page" if run.choices.get("put_new_page") == "NULL" else "put_new_page"


def _why(run: Run, *, carries: bool) -> str:
    if carries:
        movable = run.choices.get("__PageMovable(src)") == 1
        return (
            "carries the data of a movable page" if movable else "carries the data of an LRU page"
        )
    if run.choices.get("put_new_page") == "NULL":
        return "is not used, and the caller gives no put_new_page()"
    return "is not used, and the caller gives put_new_page()"
