# SPDX-License-Identifier: GPL-2.0-only
"""
What migrate_pages() and putback_movable_pages() ask of a page, beside what an attempt asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.kernel.calls.page_tests import NO, YES
from errpath.kernel.declared.primitive import SRC, primitive
from errpath.kernel.machine import Machine
from errpath.kernel.page import Page

if TYPE_CHECKING:
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.kernel.pages.listed_page import ListedPage


def _of_hugetlbfs(k: ListMachine, page: ListedPage, value: int) -> None:
    if value:
        # It is a compound page, too; and isolate_huge_page() counts it nowhere.
        k.facts[page.texts["PageTransHuge"]] = 1
        k.held.pop(page.count, None)


def _isolated(k: ListMachine, page: ListedPage) -> int:
    return int(page.name in k.PG_isolated)


class HugeTests(Machine):
    """
    Tests of a page's kind and isolation (include/linux/page-flags.h, mm/hugetlb.c, 5.8).
    """

    @primitive(SRC, source="mm/hugetlb.c", test=True, answers=(NO, YES), then=_of_hugetlbfs)
    def PageHuge(self, page: Page) -> int:
        """Tell whether the page is of hugetlbfs."""

    @primitive(SRC, source="include/linux/page-flags.h", test=True, then=_isolated)
    def PageIsolated(self, page: Page) -> int:
        """Tell whether a movable page is isolated from its driver."""
