# SPDX-License-Identifier: GPL-2.0-only
"""
What a machine is between two attempts on pages, for runs that go on from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from errpath.kernel.event import Event
    from errpath.kernel.ledger import Span
    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.hold import Item


class Snapshot(NamedTuple):
    """
    All that a run changes of a `ListMachine` and that it reads again.

    `links` has each node with its four members, `at` and `ahead` are where the walk is. What was
    answered is for the Run to tell: nothing that it calls reads that of a page.
    """

    facts: dict[str, Value]
    trace: list[Event]
    held: dict[Item, int]
    more: list[tuple[Item, int]]
    spans: list[Span]
    on: dict[str, str | None]
    carries: set[str]
    counters: dict[str, int]
    PG_lru: set[str]
    PG_isolated: set[str]
    pagevec: list[ListedPage]
    touched: list[tuple[int, Item]]
    passes: list[tuple[int, int]]
    tried: set[str]
    pass_from: int | None
    links: list[tuple[ListHead, Any, Any, ListHead | None, int]]
    at: ListHead
    ahead: ListHead
