# SPDX-License-Identifier: GPL-2.0-only
"""
What a patch changes of runs over a list, as a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errpath.commands.loading import counted
from errpath.commands.reviewed import folded
from errpath.contracts.picture import picture
from errpath.explore.difference.facet import WEIGHTS, Facet

if TYPE_CHECKING:
    from errpath.native.review.lists import ListReview

_FIXED: Final = (
    "Behind the first attempt mode is MIGRATE_SYNC, and what else is about no page goes the"
    " caller's way."
)
_SHOWN: Final = 12
"""So many differences are told: the heaviest, and of these the most frequent."""


def list_answer(found: ListReview) -> list[str]:
    """
    Answer whether behaviour changes on a list.
    """
    on = counted(found.runs, "run")
    if not found.behaving:
        return folded(f"{found.part.name}: behaviour does not change on any of {on}.")
    return folded(f"{found.part.name}: behaviour changes on {found.behaving} of {on}.")


def list_report(found: ListReview, examples: str) -> Iterator[str]:
    """
    Tell what differs on a list; `examples` is "all" or "none".
    """
    yield ""
    says = f"{found.part.name}: {counted(found.runs, 'run')} of the base, each followed by the"
    says += f" patched code; {counted(found.states, 'state')}; {found.bound}"
    yield from folded(f"{says}. {_FIXED}")
    if found.incomparable:
        says = f"   NOT COMPARED: {counted(found.incomparable, 'run')}; the patched code asks in"
        yield from folded(f"{says} an order in which the base's answers cannot be", "   ")
    rows = list(by_weight(found))
    for facet, count in rows[:_SHOWN]:
        yield from folded(f"   - {facet.says}, on {count}", "     ")
    if rows[_SHOWN:]:
        yield f"   - and {counted(len(rows) - _SHOWN, 'other difference')}"
    for name, count in sorted(found.newly.items()):
        yield from folded(f"   newly broken: {name}, on {count}", "     ")
    if found.smallest is not None and examples == "all":
        yield "   the smallest example:"
        yield ""
        yield from picture(found.smallest.old, found.smallest.new)


def by_weight(found: ListReview) -> Iterator[tuple[Facet, int]]:
    """
    Give what differs and on how many runs: the heaviest first, and of these the most frequent.
    """
    kinds = list(WEIGHTS)
    yield from sorted(
        found.facets.items(), key=lambda row: (kinds.index(row[0].kind), -row[1], row[0])
    )
