# SPDX-License-Identifier: GPL-2.0-only
"""
Where two sides are, together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from errpath.explore.lockstep.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from errpath.vocabulary.choice import Value


class Place(NamedTuple):
    """
    Both sides between two attempts; None for one whose run has ended.

    `known` is what either was answered for good about pages that can be tried again. `nth` counts
    for each side the attempts on its page in its pass, the next one included; `ahead` are the
    passes that the new side is ahead. `parted` tells whether an attempt before came to different
    things; `beside` whether another page is on the LRU list, once a walk has left the caller's.
    """

    old: Status | None
    new: Status | None
    known: frozenset[tuple[str, Value]]
    nth: tuple[int, int]
    ahead: int
    parted: bool
    beside: bool | None

    @property
    def over(self) -> bool:
        """
        Whether both runs have ended.
        """
        return self.old is None and self.new is None


_BEFORE: Final = Status("", 0, (), frozenset(), frozenset(), (), frozenset(), None)

FORCED_FROM: Final = 4
"""The first pass with force: `pass > 2`, counted from 0."""

START: Final = Place(_BEFORE, _BEFORE, frozenset(), (1, 1), 0, parted=False, beside=None)
"""Where both sides are before their first attempt."""


class Passes(NamedTuple):
    """
    How many passes there are, and which is the first with force.
    """

    last: int
    forced_from: int

    def phase(self, number: int) -> tuple[bool, bool]:
        """
        Tell all that an attempt can know of its pass: whether it is forced, and is the last.
        """
        return number >= self.forced_from, number == self.last


class Turn(NamedTuple):
    """
    A place, its passes, and which sides make their next attempt there.

    Both do if it is on the same page in the same pass, for the same time in that pass; else
    the one that is behind. `old` and `new` are the numbers of the passes, 0 for a side that waits
    or has ended.
    """

    place: Place
    old: int
    new: int


def turn(place: Place, number: int, order: Mapping[str, int]) -> Turn:
    """
    Give whose turn it is at a place.

    `number` is the old side's pass, or the new one's if it is alone.
    """
    old, new = place.old, place.new
    if old is None or new is None:
        return Turn(place, number if old else 0, number if new else 0)
    mine = (0, order.get(old.page, 0), place.nth[0])
    other = (place.ahead, order.get(new.page, 0), place.nth[1])
    later = number + place.ahead
    return Turn(place, number if mine <= other else 0, later if other <= mine else 0)
