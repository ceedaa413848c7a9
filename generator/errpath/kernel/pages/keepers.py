# SPDX-License-Identifier: GPL-2.0-only
"""
Who keeps a page: its references beside those of this thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.kernel.pages.listed import Listed

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.vocabulary.hold import Item


class Keepers(Listed):
    """
    Page tables, caches, a pagevec and transient pins keep pages of which this thread let go.

    `touched` has each step at which the run touched such a page, and the reference's item.
    """

    def start(self, environment: Environment) -> None:
        """
        Start a run that has touched nothing.
        """
        super().start(environment)
        self.touched: list[tuple[int, Item]] = []

    def compound(self, page: ListedPage) -> bool:
        """
        Read whether a page is huge, as PageCompound() does; a new page is as the one it is for.
        """
        return self.read("PageTransHuge", page.owner) == 1

    def kept(self, page: ListedPage) -> bool:
        """
        Tell whether page tables, or the page cache or swap cache, hold references to a page.
        """
        if self.read("page_mapped", page):
            return True
        if self.read("PageAnon", page):
            return bool(self.read("PageSwapCache", page))
        return self.read("mapping", page) == "set"

    def alive(self, page: ListedPage) -> bool:
        """
        Tell whether somebody else keeps a page of which this thread has let go.

        What became of a new page is its new owner's business: nobody is known to keep it.
        """
        place = self.on.get(page.name)
        if place == "free" or page.owner is not page:
            return False
        if place in {"pagevec", "driver", "hugetlb"}:
            return True
        return bool(self.read("extra_pins", page)) or self.kept(page)

    def touch(self, ref: Item, *, by: str = "") -> None:
        """
        Note a call on a page on which no reference is held; stop if nobody else keeps it.
        """
        if not self.alive(self.listed[ref.subject]):
            raise self.touched_after_put(ref, by=by)
        self.touched.append((len(self.trace), ref))
