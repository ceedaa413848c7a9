# SPDX-License-Identifier: GPL-2.0-only
"""
Lists, references and the count of isolated pages: who has a page.
"""

from __future__ import annotations

from errpath.kernel.declared.primitive import PAGE, SRC, primitive
from errpath.kernel.holds import FROM_LIST, PAGE_REF, PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import Page


def _off(k: Machine, page: Page) -> None:
    k.on[page.name] = None


def _on_lru(k: Machine, page: Page) -> None:
    k.on[page.name] = "lru"


def _with_driver(k: Machine, page: Page) -> None:
    k.on[page.name] = "driver"


def _freed(k: Machine, page: Page) -> None:
    # A page that no list and no driver has lives by the reference that just went.
    if k.on.get(page.name) is None:
        k.on[page.name] = "free"


def _count(k: Machine, pgdat: Page, _item: int, delta: int) -> None:
    if delta < 0:
        k.give_up(pgdat.count)
    else:
        k.take(pgdat.count)
    k.counters["NR_ISOLATED"] = k.counters.get("NR_ISOLATED", 0) + delta


class Lists(Machine):
    """
    Taking a page off the caller's list and handing it on (mm/vmscan.c, mm/migrate.c, 5.8).
    """

    @primitive(SRC, source="include/linux/list.h", gives_up=FROM_LIST, then=_off)
    def list_del(self, page: Page) -> None:
        """Take the page's lru link out of the list that it is on, and poison it."""

    @primitive(PAGE, source="include/linux/mm.h", gives_up=PAGE_REF, then=_freed)
    def put_page(self, page: Page) -> None:
        """Drop a reference; the last one frees the page."""

    @primitive(PAGE, source="mm/vmscan.c", gives_up=PAGE_REF, then=_on_lru)
    def putback_lru_page(self, page: Page) -> None:
        """Put the page on its LRU list, and drop the reference of its isolation."""

    @primitive(SRC, source="mm/migrate.c", requires=PG_LOCKED, then=_with_driver)
    def putback_movable_page(self, page: Page) -> None:
        """Give a movable page back to its driver, and clear PG_isolated."""

    @primitive(SRC, source="include/linux/page-flags.h", requires=PG_LOCKED)
    def __ClearPageIsolated(self, page: Page) -> None:
        """Clear PG_isolated of a movable page that its driver has let go of."""

    @primitive(SRC, source="include/linux/page-flags.h")
    def ClearPageActive(self, page: Page) -> None:
        """Clear PG_active."""

    @primitive(SRC, source="include/linux/page-flags.h")
    def ClearPageUnevictable(self, page: Page) -> None:
        """Clear PG_unevictable."""

    @primitive(SRC, source="mm/vmstat.c", then=_count)
    def mod_node_page_state(self, pgdat: Page, item: int, delta: int) -> None:
        """Add to a counter of the page's node, here NR_ISOLATED_ANON or NR_ISOLATED_FILE."""
