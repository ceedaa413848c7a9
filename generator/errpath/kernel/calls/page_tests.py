# SPDX-License-Identifier: GPL-2.0-only
"""
What a page tells of itself.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.declared.primitive import SRC, primitive
from errpath.kernel.holds import PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import Page, mapping_of
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.primitive import Answer

NO: Final = Answer(value=0, shown="0")
YES: Final = Answer(value=1, shown="1")
WRITEBACK: Final = Answer(
    value=1, shown="1", fault=Fault(marker="writeback", says="the page is under writeback")
)
NR_ISOLATED_ANON: Final = 0
"""enum node_stat_item, as an offset: NR_ISOLATED_FILE follows NR_ISOLATED_ANON."""

MAPPING: Final = mapping_of("src")
"""A read of `page->mapping`, which is no call and so no event."""


def _not_counted_if_movable(k: Machine, page: Page, value: int) -> None:
    # Pages that are movable and not on the LRU are not accounted to NR_ISOLATED_*.
    if value:
        k.held.pop(page.count, None)


def _is_file_lru(k: Machine, page: Page) -> int:
    return 0 if k.facts.get(f"PageAnon({page.name})") else 1


class PageTests(Machine):
    """
    Tests of a page's flags, counts and mapping (include/linux/page-flags.h, mm.h, 5.8).
    """

    @primitive(source="include/linux/huge_mm.h", test=True, answers=(YES, NO))
    def thp_migration_supported(self) -> int:
        """Tell whether the architecture can migrate transparent huge pages whole."""

    @primitive(SRC, source="include/linux/page-flags.h", test=True, answers=(NO, YES))
    def PageTransHuge(self, page: Page) -> int:
        """Tell whether the page is the head of a transparent huge page."""

    @primitive(
        SRC,
        source="include/linux/page_ref.h",
        test=True,
        answers=(Answer(value=2, shown="2"), Answer(value=1, shown="1")),
    )
    def page_count(self, page: Page) -> int:
        """Count the references: 1 if only the isolation's is left, 2 for any number above."""

    @primitive(
        SRC,
        source="include/linux/page-flags.h",
        test=True,
        answers=(NO, YES),
        then=_not_counted_if_movable,
    )
    def __PageMovable(self, page: Page) -> int:
        """Tell whether the page is movable without being on the LRU (PAGE_MAPPING_MOVABLE)."""

    @primitive(SRC, source="mm/compaction.c", test=True, answers=(YES, NO), requires=PG_LOCKED)
    def PageMovable(self, page: Page) -> int:
        """Tell whether the driver of a movable page still owns it; asked under its lock."""

    @primitive(SRC, source="include/linux/page-flags.h", test=True, answers=(NO, WRITEBACK))
    def PageWriteback(self, page: Page) -> int:
        """Tell whether the page is under writeback."""

    @primitive(SRC, source="include/linux/page-flags.h", test=True, answers=(NO, YES))
    def PageAnon(self, page: Page) -> int:
        """Tell whether the page is anonymous (PAGE_MAPPING_ANON)."""

    @primitive(SRC, source="include/linux/page-flags.h", test=True, answers=(NO, YES))
    def PageKsm(self, page: Page) -> int:
        """Tell whether the page is merged by KSM (PAGE_MAPPING_KSM)."""

    @primitive(SRC, source="include/linux/page-flags.h", test=True, answers=(NO, YES))
    def page_has_private(self, page: Page) -> int:
        """Tell whether the page has fs-private data, as buffers."""

    @primitive(SRC, source="include/linux/mm.h", test=True, answers=(YES, NO))
    def page_mapped(self, page: Page) -> int:
        """Tell whether any page table maps the page."""

    @primitive(SRC, source="include/linux/mm.h", test=True, then=lambda _, page: page)
    def page_pgdat(self, page: Page) -> Page:
        """Find the node of the page; the model keeps the page, whose node it is."""

    @primitive(SRC, source="include/linux/mm_inline.h", test=True, then=_is_file_lru)
    def page_is_file_lru(self, page: Page) -> int:
        """Tell whether the page belongs on a file LRU: 1, or 0 for an anonymous one."""

    @primitive(SRC, source="include/linux/huge_mm.h", test=True, then=lambda _k, _page: 1)
    def hpage_nr_pages(self, page: Page) -> int:
        """Count the base pages of the page; the model counts what was isolated as one."""
