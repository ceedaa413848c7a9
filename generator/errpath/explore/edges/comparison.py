# SPDX-License-Identifier: GPL-2.0-only
"""
The edges of several semantics beside each other: which are new, and which are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from errpath.explore.edges.survey import HELD, Edge, HeldSet, LockOrder, place
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.explore.edges.survey import Seen, Survey
    from errpath.vocabulary.hold import Item
    from errpath.vocabulary.primitive import Primitive

Key = TypeVar("Key", Edge, HeldSet, LockOrder)

WEIGHTS = (May.RECLAIM, May.ALLOCATE, May.WRITE_BACK, May.SLEEP)
"""What a call may do to its thread, from the gravest on."""


class Change(Enum):
    """
    How the newest semantics differs from the oldest, as the mark of a listing.
    """

    NEW = "+"
    GONE = "-"
    SAME = " "


@dataclass(frozen=True, slots=True)
class Row(Generic[Key]):
    """
    One edge, held set or order: what each semantics shows of it, or None.
    """

    key: Key
    seen: tuple[Seen | None, ...]

    @property
    def change(self) -> Change:
        """
        Compare the last semantics with the first; a single one has no change.
        """
        first, last = self.seen[0], self.seen[-1]
        if (first is None) is (last is None):
            return Change.SAME
        return Change.NEW if first is None else Change.GONE

    @property
    def primitive(self) -> Primitive:
        """
        The primitive that is called.
        """
        return next(seen for seen in self.seen if seen is not None).event.primitive

    @property
    def gravity(self) -> tuple[bool, ...]:
        """
        What the call may do, so that the gravest is the greatest.
        """
        return tuple(bool(self.primitive.may & may) for may in WEIGHTS)


class Comparison:
    """
    The surveys of one or more semantics, from the oldest to the newest, row by row.

    The rows stand in the order in which they are read: by what is held, and then what is new,
    what is gone and what both have, the gravest first.
    """

    def __init__(self, surveys: Sequence[Survey]) -> None:
        self.surveys = tuple(surveys)
        edges = _rows(surveys, lambda survey: survey.edges)
        gravest: dict[Item, tuple[bool, ...]] = {}
        for row in edges:
            if row.change is Change.NEW or len(surveys) == 1:
                item = row.key.item
                gravest[item] = max(row.gravity, gravest.get(item, ()))
        self.edges: tuple[Row[Edge], ...] = _sorted(
            edges,
            lambda edge: (
                edge.at_entry,
                HELD.index(edge.item.hold.family),
                _falling(gravest.get(edge.item, ())),
                edge.item.text,
            ),
        )
        self.held_sets: tuple[Row[HeldSet], ...] = _sorted(
            _rows(surveys, lambda survey: survey.held_sets),
            lambda held: (held.call,),
            then=lambda held: (len(held.items), *map(place, held.items)),
            order=(Change.GONE, Change.NEW, Change.SAME),
        )
        self.orders: tuple[Row[LockOrder], ...] = _sorted(
            _rows(surveys, lambda survey: survey.orders),
            lambda order: (place(order.inner), place(order.outer)),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """
        The semantics, in their order.
        """
        return tuple(survey.semantics for survey in self.surveys)


def _rows(
    surveys: Sequence[Survey], part: Callable[[Survey], Mapping[Key, Seen]]
) -> list[Row[Key]]:
    parts = [part(survey) for survey in surveys]
    keys = dict.fromkeys(key for found in parts for key in found)
    return [Row(key, tuple(found.get(key) for found in parts)) for key in keys]


def _sorted(
    rows: Sequence[Row[Key]],
    first: Callable[[Key], tuple[Any, ...]],
    then: Callable[[Key], tuple[Any, ...]] = lambda key: (key.call,),
    order: Sequence[Change] = tuple(Change),
) -> tuple[Row[Key], ...]:
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                first(row.key),
                order.index(row.change),
                _falling(row.gravity),
                then(row.key),
            ),
        )
    )


def _falling(gravity: tuple[bool, ...]) -> tuple[bool, ...]:
    # Nothing comes behind everything: an empty tuple would sort first.
    return tuple(not one for one in gravity) or (True,) * len(WEIGHTS)
