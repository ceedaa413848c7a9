# SPDX-License-Identifier: GPL-2.0-only
"""
What a page did that the balance after the caller's putback is judged by.

The obligation reads a whole run, but of one page no more than where that ended, and a few
things that happened on the way: this is kept. Ways that agree in it agree in what it
complains of, so that one run for all of them tells (`LoneRuns.after_putback`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.marks.spot import ITS_NEW, ITSELF, NOTHING, Kinds, Shown, Spot
from errpath.kernel.calls.split import HPAGE_PMD_NR
from errpath.kernel.pages.listed_page import NEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from errpath.explore.merged.lone.attempt import Through
    from errpath.explore.merged.lone.outcome import Outcome
    from errpath.kernel.event import Event
    from errpath.vocabulary.choice import Value

_KINDS: Final = ("PageHuge", "PageTransHuge", "__PageMovable", "PageHWPoison")
_FIELDS: Final = {
    "PageMovable": "owned",
    "__ClearPageIsolated": "cleared",
    "page_count": "freed",
    "page_mapped": "maps",
    "putback_movable_page": "cleared",
    "remove_migration_ptes": "maps",
    "split_huge_page_to_list": "split",
}
# What some calls give where they tell something.
_TELLING: Final = {"page_count": 1, "split_huge_page_to_list": 0}
_NOWHERE: Final = "no list"
_PAGEVEC: Final = "pagevec"
_LRU: Final = "lru"
_WITHOUT_FLAG: Final = "lru, without PG_lru"

Told: TypeAlias = "tuple[str, str, Any]"
"""What a call tells: the page, the field of what is shown of it, and the value."""


class State(NamedTuple):
    """
    The page's kinds, by how much NR_ISOLATED changed, and the spots of the page and its tail.
    """

    kinds: Kinds
    isolated: int
    spots: tuple[Spot, ...]


class View(NamedTuple):
    """
    What an attempt tells of the kinds, how it changes NR_ISOLATED, and what it shows of each page.
    """

    kinds: Kinds
    isolated: int
    shown: tuple[Shown, ...]


class Whereabouts:
    """
    Keeps where a page and its tail are, of what kind they are, and what became of them.

    It tells by how much NR_ISOLATED is left off what isolation added for the page.
    """

    by_pass = False

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._texts = {f"{kind}({name})" for name in names for kind in _KINDS}
        self.start = State(Kinds(), 0, (Spot(),) * len(self._names))
        self._events: set[Event] = set()
        self._tells: dict[Event, Told] = {}
        self._views: dict[tuple[object, ...], View] = {}
        self._mapped: set[object] = set()
        self._unseen: set[object] = set()

    def view(self, through: Through) -> View:
        """
        Give what an attempt, or the putback, shows.

        An EntangledError tells that what maps a page can matter when it is not kept any more.
        """
        outcome, tells, texts = through.outcome, self._tells, self._texts
        events = outcome.events
        if not self._events.issuperset(events):
            self._read(events)
        told = tuple([tells[made] for made in events if made in tells])
        facts = tuple([row for row in outcome.facts if row[0] in texts])
        # Of thousands of outcomes, most are one in this.
        key = told, facts, outcome.put, outcome.carries, outcome.PG_lru, outcome.isolated
        found = self._views.get(key)
        if found is None:
            found = self._views[key] = self._view(told, dict(facts), outcome)
        return found

    def _view(self, calls: Iterable[Told], facts: dict[str, Value], outcome: Outcome) -> View:
        first, put = self._names[0], dict(outcome.put)
        told: dict[str, dict[str, Any]] = {name: {} for name in self._names}
        for name, what, value in calls:
            told[name][what] = value
        # A split makes a base page of the huge one that it was at first.
        split = told[first].pop("split", False)
        trans_huge = 1 if split else facts.get(f"PageTransHuge({first})")
        movable = facts.get(f"__PageMovable({first})")
        kinds = Kinds(facts.get(f"PageHuge({first})"), trans_huge, movable)
        shown = tuple(
            Shown(
                place=_place(put[name], name, outcome) if name in put else None,
                migrated=f"{name}{NEW}" in outcome.carries,
                poisoned=facts.get(f"PageHWPoison({name})") == 1,
                **told[name],
            )
            for name in self._names
        )
        for name, one in zip(self._names, shown, strict=True):
            self._hold_maps(name, one, facts.get(f"__PageMovable({name})"))
        return View(Kinds().after(kinds), outcome.isolated, shown)

    def _read(self, events: Iterable[Event]) -> None:
        """
        Note what calls tell that were not met before.
        """
        for made in events:
            if made not in self._events:
                self._events.add(made)
                told = self._told_by(made)
                if told is not None:
                    self._tells[made] = told

    def _told_by(self, made: Event) -> Told | None:
        """
        Name the page that a call tells something of that counts, with that.
        """
        name, subject = made.primitive.name, made.subjects[0] if made.subjects else ""
        field = _FIELDS.get(name)
        if field is None or subject not in self._names:
            return None
        value: Any = made.value
        if name == "page_mapped":
            value = None if value else NOTHING
        elif name == "remove_migration_ptes":
            value = ITSELF if made.subjects[1] == subject else ITS_NEW
        elif name != "PageMovable":
            value = value == _TELLING.get(name) or None
        return None if value is None else (subject, field, value)

    def _hold_maps(self, name: str, shown: Shown, movable: object) -> None:
        """
        Hold that page tables which map a page are looked at again before it is migrated.

        A page that is not migrated is as good mapped as it is not mapped, so that is not kept.
        """
        if shown.maps == ITSELF:
            self._mapped.add(movable)
        elif shown.maps is None and shown.migrated:
            self._unseen.add(movable)
        if self._mapped & self._unseen:
            raise EntangledError(f"{name} is migrated, and what maps it is not looked at")

    def step(self, state: State, view: View, number: int) -> State:
        """
        Keep what is new.
        """
        del number
        both = zip(state.spots, view.shown, strict=True)
        return State(
            state.kinds.after(view.kinds),
            state.isolated + view.isolated,
            tuple(spot.after(shown) for spot, shown in both),
        )

    def told(self, state: State) -> int:
        """
        Give what is left in NR_ISOLATED.
        """
        kinds = state.kinds
        size = HPAGE_PMD_NR if kinds.trans_huge == 1 else 1
        return state.isolated + (0 if kinds.huge or kinds.movable else size)

    def both(self, one: int, other: int) -> int:
        """
        Add up.
        """
        return one + other


def _place(place: str | None, name: str, outcome: Outcome) -> str:
    """
    Give the place, the pagevec as the LRU: whoever drains it puts the page there, with PG_lru.
    """
    if place == _LRU and name not in outcome.PG_lru:
        return _WITHOUT_FLAG
    return _LRU if place == _PAGEVEC else place or _NOWHERE
