# SPDX-License-Identifier: GPL-2.0-only
"""
Who owns the pages after migrate_pages().

The kernel's comment: the caller calls putback_movable_pages() if the return code is not 0.
So what is left on the list is the caller's, isolated and counted, and nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.vocabulary.hold import Item


def entitled(k: ListMachine) -> frozenset[Item]:
    """
    Give what the caller has: of each page on its list the three things that isolation took.
    """
    head = k.from_
    if head.next is head:
        return frozenset()
    rows: list[Item] = []
    for page in head.pages():
        rows += (page.ref, page.from_list)
        if _counted(k, page):
            rows.append(page.count)
    return frozenset(rows)


def _counted(k: ListMachine, page: ListedPage) -> bool:
    texts, facts = page.texts, k.facts
    return not (facts.get(texts["__PageMovable"]) or facts.get(texts["PageHuge"]))
