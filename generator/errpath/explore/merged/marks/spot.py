# SPDX-License-Identifier: GPL-2.0-only
"""
Where a page is, and what became of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Self

if TYPE_CHECKING:
    from errpath.vocabulary.choice import Value

NOTHING: Final = "nothing"
ITSELF: Final = "itself"
ITS_NEW: Final = "its new page"


class Shown(NamedTuple):
    """
    What one attempt, or the putback, shows of a page: None or False is what it leaves as it was.

    `place` is where the page is put. `owned` is whether its driver has it still, `cleared` that
    PG_isolated was cleared, `maps` what page tables map.
    """

    place: str | None = None
    migrated: bool = False
    freed: bool = False
    poisoned: bool = False
    owned: Value | None = None
    cleared: bool = False
    maps: str | None = None


class Spot(NamedTuple):
    """
    What is kept of all that was shown of a page: what the balance can ask of it, and no more.

    `freed` is told of pages that were not migrated. `astray` tells that page tables map the
    other one: the new page of one that was not migrated, or the page itself.
    """

    place: str | None = None
    migrated: bool = False
    freed: bool = False
    poisoned: bool = False
    owned: Value | None = None
    cleared: bool = False
    astray: bool = False

    def after(self, shown: Shown) -> Self:
        """
        Add what is shown.
        """
        if shown == _AS_IT_WAS:
            return self
        migrated = self.migrated or shown.migrated
        freed = (self.freed or shown.freed) and not migrated
        astray = self.astray and migrated is self.migrated
        if shown.maps is not None:
            astray = shown.maps != NOTHING and (shown.maps == ITS_NEW) is not migrated
        found = self._replace(
            place=self.place if shown.place is None else shown.place,
            migrated=migrated,
            freed=freed,
            poisoned=self.poisoned or shown.poisoned,
            owned=self.owned if shown.owned is None else shown.owned,
            cleared=self.cleared or shown.cleared,
            astray=astray,
        )
        if migrated or freed:
            # Nothing is left of it to be put back, whatever it was.
            return found._replace(poisoned=False, owned=None, cleared=False)
        return found


class Kinds(NamedTuple):
    """
    What a page was found to be at first; None is what nobody asked.
    """

    huge: Value | None = None
    trans_huge: Value | None = None
    movable: Value | None = None

    def after(self, found: Self) -> Self:
        """
        Add what is found of what was not known; drop what makes no difference then.

        A hugetlb page is nothing else, and only pages of the LRU are counted by their size.
        """
        huge = found.huge if self.huge is None else self.huge
        if huge:
            return self._replace(huge=huge, trans_huge=None, movable=None)
        movable = found.movable if self.movable is None else self.movable
        trans_huge = found.trans_huge if self.trans_huge is None else self.trans_huge
        trans_huge = None if movable else trans_huge
        return self._replace(huge=huge, trans_huge=trans_huge, movable=movable)


_AS_IT_WAS: Final = Shown()
