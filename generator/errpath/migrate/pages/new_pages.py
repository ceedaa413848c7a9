# SPDX-License-Identifier: GPL-2.0-only
"""
Each new page of each attempt has exactly one fate.

It carries the data, and its allocation's reference is dropped as its kind asks for; or it
goes back untouched (2def7424c937). That it went at all, and not twice, is the ledger's to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from errpath.kernel.holds import PAGE_REF
from errpath.kernel.pages.listed_page import NEW, tails
from errpath.kernel.target import Complaint
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.kernel.target import Obligation


def one_fate_each(pages: tuple[str, ...]) -> Obligation:
    """
    Give the obligation for pages of those names.
    """
    of = {item(PAGE_REF, f"{name}{NEW}"): name for name in (*pages, *tails(pages))}

    def one_fate(run: Run) -> Iterator[Complaint]:
        for row, start, end in run.ledger.spans:
            page = of.get(row)
            if page is None:
                continue
            carries = any(
                made.value == 0 and made.primitive.name == "move_to_new_page"
                for made in run.trace[start : end - 1]
                if page in made.subjects
            )
            way = run.trace[end - 1].primitive.name
            right, why = _right_way(run, page, carries=carries)
            if way != right:
                says = (
                    f"the new page for {page}, gotten by {{{start}}}, {why}, so {right}() is to "
                    f"let go of it, but {{{end}}} does"
                )
                yield Complaint(contract="new_page", says=says, marks=(start, end))

    return one_fate


def _right_way(run: Run, page: str, *, carries: bool) -> tuple[str, str]:
    choices = run.choices
    hugetlb = choices.get(f"PageHuge({page})") == 1
    if carries and hugetlb:
        return "putback_active_hugepage", "carries the data of a hugetlb page"
    if carries and choices.get(f"__PageMovable({page})") == 1:
        return "put_page", "carries the data of a movable page"
    if carries:
        return "putback_lru_page", "carries the data of an LRU page"
    # A caller whose put_new_page nobody asked for may well have given one.
    if choices.get("put_new_page") != "NULL":
        return "put_new_page", "is not used, and the caller gives put_new_page()"
    way = "putback_active_hugepage" if hugetlb else "put_page"
    return way, "is not used, and the caller gives no put_new_page()"
