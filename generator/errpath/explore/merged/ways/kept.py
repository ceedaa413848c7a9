# SPDX-License-Identifier: GPL-2.0-only
"""
What is kept of what a page does, what of that counts at the end, and how it gets there.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from errpath.explore.merged.lone.attempt import Shared, Through

NOTHING: Final[frozenset[str]] = frozenset()


class Kept(NamedTuple):
    """
    What is kept of what a page and its tail did, for the end.

    `failed` and `succeeded` is what migrate_pages() counted, `done` are those that were migrated or
    freed, `there` all that were there. `odd` are contracts that an attempt broke, `lru` is
    whether anything was put on the LRU. `seen` has the state of each monitor.
    """

    failed: int
    succeeded: int
    done: frozenset[str]
    there: frozenset[str]
    odd: frozenset[str]
    lru: bool
    seen: tuple[Any, ...]


class Sum(NamedTuple):
    """
    What counts of pages at the end of a run: a sum over them.

    `left` is how many of the pages, as migrate_pages() returns it, were not migrated, and 0 where
    the run is stopped. `lru` is whether anything was put on the LRU, where that matters.
    `successes` and `failures` are by how much what it counts is more than what became of the
    pages, `odd` names what should not be, `seen` is what the monitors tell.
    """

    left: int
    lru: bool
    successes: int
    failures: int
    odd: frozenset[str]
    seen: tuple[Any, ...]


class Stop(NamedTuple):
    """
    A run that an attempt ends: with a return code, or a bug by its name; and the page's sum.
    """

    returns: int | None
    bug: str | None
    sum: Sum


class Step(NamedTuple):
    """
    Ways through an attempt that are told the same and come to the same.

    `to` is the number of the next node, or below 0 of the stop; `beside` is that if another page
    is on the LRU list. `number` is how many they are, `size` (faults, calls) and `best` are
    those of the smallest.
    """

    to: int
    beside: int
    number: int
    size: tuple[int, int]
    best: Through


class Group(NamedTuple):
    """
    The steps of an attempt that are told the same of what is about no page.

    After the `last` ones nothing comes that is still to be done with the page. `edges` have of each
    of the `steps` where it leads to, and in how many ways.
    """

    shared: Shared
    last: bool
    edges: list[tuple[int, int, int]]
    steps: list[Step]


class Ending(Enum):
    """
    How a run ends for a page: by itself, stopped by another with a return code, or by a bug.
    """

    END = "end"
    STOP = "stop"
    BUG = "bug"


class Ended(NamedTuple):
    """
    What counts of a page where the run ends at a node, and in how many ways it comes to that.

    `size` and `through` are those of the smallest way through the caller's putback, if there is
    one.
    """

    sum: Sum
    number: int
    size: tuple[int, int]
    through: Through | None
