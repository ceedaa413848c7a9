# SPDX-License-Identifier: GPL-2.0-only
"""
What one side has come to where an attempt ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from errpath.kernel.event import Event
    from errpath.vocabulary.choice import Value

Answers: TypeAlias = "tuple[tuple[str, Value], ...]"
"""Questions by their texts, each with its answer, in the order in which they were asked."""


class Became(NamedTuple):
    """
    What became of pages, and what was counted: the final state has it, and no attempt reads it.

    `failed` and `succeeded` are what migrate_pages() has counted, `on` where each page is (but
    for new ones that nobody needed), `carries` the new pages with the data, `on_lru` the pages
    with PG_lru, `counters` those that changed, `touched` the pages that were touched after
    their last reference.
    """

    failed: int = 0
    succeeded: int = 0
    on: frozenset[tuple[str, str | None]] = frozenset()
    carries: frozenset[str] = frozenset()
    on_lru: frozenset[str] = frozenset()
    counters: frozenset[tuple[str, int]] = frozenset()
    touched: frozenset[str] = frozenset()


NOTHING: Final = Became()
"""What became of pages before the first attempt."""


class Status(NamedTuple):
    """
    All that later steps can read.

    `page` is tried next; `retry` are the pages that this pass has left for another, `names`
    those on the list, `known` the answers that are given for good, `rows` those of the ledger,
    `tried` the pages that were tried before. `strays` is None, unless the walk is off the
    caller's list: then it has where things are.
    """

    page: str
    retry: int
    names: tuple[str, ...]
    known: frozenset[tuple[str, Value]]
    rows: frozenset[str]
    more: tuple[str, ...]
    tried: frozenset[str]
    strays: tuple[Any, ...] | None


class End(NamedTuple):
    """
    How a run ended: what it returned, or the bug that stopped it; and what it still held.
    """

    returns: int | None
    bug: str | None
    rows: frozenset[str]
    more: tuple[str, ...]


class Attempted(NamedTuple):
    """
    An attempt of one side.

    `calls` are its events, `asked` its questions, and `good` those of them that are answered
    for good. `to` and `became` are what it came to; `later` tells whether the next attempt is
    of the next pass.
    """

    calls: tuple[Event, ...]
    asked: Answers
    good: Answers
    to: Status | End
    became: Became
    later: bool


class Effect(NamedTuple):
    """
    What a joint attempt came to on one side.
    """

    to: Status | End
    became: Became
    later: bool
