# SPDX-License-Identifier: GPL-2.0-only
"""
What an attempt comes to: what it changes of all that is read later, and what it did.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from errpath.kernel.event import Event
    from errpath.vocabulary.choice import Value

THREAD: Final = "current"


class Stray(NamedTuple):
    """
    What a walk that is led off the list goes on by: what is ahead there, and where the page is.

    Nothing is said of what is ahead where the walk has read that before.
    """

    ahead: str | None
    place: str | None
    on_lru: bool


class Moved(NamedTuple):
    """
    What an attempt changes of the list, the ledger and the walk.

    `off` are the pages it takes off the list, `new` those it puts at its end; `closed` and
    `opened` are rows of the ledger. `retry` is what it adds to the count of pages to be
    tried again. `reset` tells that the walk has read anew what is ahead, and `stray` (beside: if
    another page is on the LRU list) that this is not on the list.
    """

    off: tuple[str, ...]
    new: tuple[str, ...]
    closed: frozenset[object]
    opened: frozenset[object]
    retry: int
    reset: bool
    stray: Stray | None = None
    beside: Stray | None = None


class Did(NamedTuple):
    """
    What is added up of an attempt, for the end.

    `failed` and `succeeded` is what migrate_pages() counts of it, `done` are the pages that it
    shows to be migrated or free, `born` the pages that it makes. `odd` are the contracts that it
    breaks by itself, `lru` is whether it puts anything on the LRU or on the way there.
    """

    failed: int
    succeeded: int
    done: frozenset[str]
    born: frozenset[str]
    odd: frozenset[str]
    lru: bool


class End(NamedTuple):
    """
    An attempt on a page that ends the run: with a return code, or a bug by its name.

    `moved` is what it changed up to there, if no bug ended it.
    """

    returns: int | None
    bug: str | None
    by: str
    moved: Moved | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class Outcome:
    """
    How one way through an attempt ends: with the run's end, or with what it moved.

    `known` are the facts that it leaves and that it read or wrote itself, `written` the texts of
    all of these. `events` are its calls, `put` says where it put pages, `carries` and `PG_lru` to
    which pages it gave these. `facts` are all that it read or wrote, as they are then.
    `touches` is whether a page was touched, or led the walk on, that was let go of; `isolated` is
    by how much NR_ISOLATED changed. `held` has what was held of the page by its text, from one of
    the `events` up to, but not with, another.
    """

    moved: Moved | None
    end: End | None
    did: Did
    known: frozenset[tuple[str, Value]]
    written: frozenset[str]
    events: tuple[Event, ...]
    put: tuple[tuple[str, str | None], ...]
    carries: frozenset[str]
    PG_lru: frozenset[str]
    facts: tuple[tuple[str, Value], ...]
    touches: bool
    isolated: int
    held: frozenset[tuple[str, int, int]]

    def same_as(self, other: Outcome) -> bool:
        """
        Tell whether two are equal in all that they say.
        """
        return self is other or all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    def __repr__(self) -> str:
        return f"{self.end or self.moved}"


_NAMES: Final = tuple(one.name for one in fields(Outcome))


def rows_of(held: Any, more: Any) -> frozenset[object]:
    """
    Give the rows of a ledger that are not the thread's own, each second one with its number.
    """
    rows: list[object] = [row for row in held if row.subject != THREAD]
    rows += [(row, index) for index, (row, _) in enumerate(more)]
    return frozenset(rows)
