# SPDX-License-Identifier: GPL-2.0-only
"""
What a page did that the balance after the caller's putback is judged by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from errpath.explore.merged.attempt import answers_of
from errpath.kernel.calls.split import HPAGE_PMD_NR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.explore.merged.attempt import Through
    from errpath.explore.merged.outcome import Outcome
    from errpath.kernel.event import Event

_FIRST: Final = ("PageHuge", "PageTransHuge", "__PageMovable")
_CLEARS: Final = ("__ClearPageIsolated", "putback_movable_page")
_TELLING: Final = {"PageMovable", "page_count", "page_mapped", "remove_migration_ptes", *_CLEARS}
_ISOLATED: Final = "isolated"

State = frozenset[tuple[str, Any]]
View = tuple[tuple[str, Any], ...]


class Whereabouts:
    """
    Keeps where a page and its tail are, of what kind they are, and what was done about that.

    It tells by how much NR_ISOLATED is left off what isolation added for the page.
    """

    start: State = frozenset()
    by_pass = False

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._seen: dict[int, View] = {}
        self._kinds = {f"{kind}({name})" for name in names for kind in _FIRST}
        self._poisoned = {f"PageHWPoison({name})" for name in names}

    def view(self, through: Through) -> View:
        """
        Give what an attempt, or the putback, changes; what is kept of the first only, apart.
        """
        outcome = through.outcome
        found = self._seen.get(id(outcome))
        if found is None:
            found = self._seen[id(outcome)] = self._did(outcome)
        first = [row for row in answers_of(through.asked) if row[0] in self._kinds]
        return (*found, *((f"first {text}", value) for text, value in first))

    def _did(self, outcome: Outcome) -> View:
        found: dict[str, Any] = {
            f"{name} on": "lru" if place == "pagevec" else place
            for name, place in outcome.put
            if name in self._names
        }
        found |= {f"{name} carries": True for name in outcome.carries}
        found |= {f"{name} PG_lru": True for name in outcome.PG_lru if name in self._names}
        found |= {text: value for text, value in outcome.facts if text in self._poisoned}
        for made in outcome.events:
            if made.primitive.name in _TELLING:
                found.update(self._told_by(made))
        return (*found.items(), (_ISOLATED, outcome.isolated))

    def _told_by(self, made: Event) -> Iterator[tuple[str, Any]]:
        name = made.primitive.name
        if name == "PageMovable":
            yield made.call, made.value
        elif name in _CLEARS:
            yield f"{made.subjects[0]} cleared", True
        elif name == "page_count" and made.value == 1:
            yield f"{made.subjects[0]} freed", True
        elif name == "page_mapped" and not made.value:
            yield f"{made.subjects[0]} mapped", None
        elif name == "remove_migration_ptes":
            yield f"{made.subjects[0]} mapped", made.subjects[1]

    def step(self, state: State, view: View, number: int) -> State:
        """
        Keep what is new.
        """
        del number
        found = dict(state)
        for key, value in view:
            if key == _ISOLATED:
                found[key] = found.get(key, 0) + value
            elif not key.startswith("first ") or key not in found:
                found[key] = value
        return frozenset(found.items())

    def told(self, state: State) -> int:
        """
        Give what is left in NR_ISOLATED.
        """
        found = dict(state)
        page = self._names[0]
        size = HPAGE_PMD_NR if found.get(f"first PageTransHuge({page})") == 1 else 1
        if (
            found.get(f"first PageHuge({page})") == 1
            or found.get(f"first __PageMovable({page})") == 1
        ):
            size = 0
        return size + int(found.get(_ISOLATED, 0))

    def both(self, one: int, other: int) -> int:
        """
        Add up.
        """
        return one + other
