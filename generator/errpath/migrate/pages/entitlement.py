# SPDX-License-Identifier: GPL-2.0-only
"""
Who owns the pages after migrate_pages().

The kernel's comment: the caller calls putback_movable_pages() if the return code is not 0.
So what is left on the list is the caller's, isolated and counted, and nothing else is. The
thread is the caller's, too, with the flags that it came with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.kernel.caller import PF_SWAPWRITE
from errpath.kernel.parameter import SWAPWRITE

if TYPE_CHECKING:
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.vocabulary.hold import Item


def entitled(k: ListMachine) -> frozenset[Item]:
    """
    Give what the caller has: its PF_SWAPWRITE, and what isolation took of each page on its list.
    """
    rows: list[Item] = [SWAPWRITE] if k.choices.get(PF_SWAPWRITE.text) == "set" else []
    head = k.from_
    if head.next is head:
        return frozenset(rows)
    for page in head.pages():
        rows += (page.ref, page.from_list)
        if _counted(k, page):
            rows.append(page.count)
    return frozenset(rows)


def _counted(k: ListMachine, page: ListedPage) -> bool:
    texts, facts = page.texts, k.facts
    return not (facts.get(texts["__PageMovable"]) or facts.get(texts["PageHuge"]))
