# SPDX-License-Identifier: GPL-2.0-only
"""
Where a page and its tail stand between two attempts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from errpath.explore.merged.entangled import EntangledError

if TYPE_CHECKING:
    from errpath.explore.merged.lone.outcome import Moved, Stray
    from errpath.vocabulary.choice import Value

Facts = frozenset["tuple[str, Value]"]


class Beside(Enum):
    """
    Whether it matters that another page is on the LRU list, and if so, whether one is.
    """

    ANY = "any"
    NO = "no"
    YES = "yes"


class Place(NamedTuple):
    """
    What the list, the ledger and the walk have of a page and its tail.

    `names` are those on the list, `ahead` is what the walk goes on with, `rows` are those of the
    ledger, `retry` the number of pages that this pass counted for another; `stray` is set
    where the walk is led off the list.
    """

    names: tuple[str, ...]
    ahead: str
    rows: frozenset[object]
    retry: int
    stray: Stray | None = None

    def behind(self, name: str, head: str) -> str:
        """
        Give what comes behind a page on the list.
        """
        if name not in self.names:
            return self.ahead
        after = self.names[self.names.index(name) + 1 :]
        return after[0] if after else head

    def after(self, moved: Moved, by: str, *, ahead: str, head: str, stray: Stray | None) -> Place:
        """
        Give the place when an attempt on a page has moved that; `ahead` was read before it.
        """
        if not moved.closed <= self.rows or moved.opened & self.rows:
            raise EntangledError(f"an attempt on {by} closes or opens rows that it did not read")
        if not set(moved.off) <= set(self.names) or set(moved.new) & set(self.names):
            raise EntangledError(f"an attempt on {by} moves pages that it did not read")
        names = (*(name for name in self.names if name not in moved.off), *moved.new)
        rows = (self.rows - moved.closed) | moved.opened
        here = Place(names, ahead, rows, self.retry + moved.retry, stray)
        if stray is not None:
            return here._replace(ahead=stray.ahead or ahead)
        return here._replace(ahead=here.behind(by, head)) if moved.reset else here


@dataclass(frozen=True, slots=True)
class Status:
    """
    All that the next attempt can read of a page and its tail.

    `facts` are what is known of them, `ruled` the answers that rules hold those to come against.
    """

    place: Place
    facts: Facts
    ruled: Facts
    beside: Beside


@dataclass(frozen=True, slots=True)
class GoesOn:
    """
    How a page goes on: "next" pass, "again" at once, by its "tail", "gone", or "stray".

    A stray page leads the walk off the list: `by` is the bug; else it is the page tried.
    """

    how: str
    by: str = ""


GONE: Final = GoesOn("gone")
