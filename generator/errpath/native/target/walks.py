# SPDX-License-Identifier: GPL-2.0-only
"""
The walks of the C over lists, on the walks of the little kernel.

The C does not tell where a pass begins and an attempt ends: a pass is a walk of migrate_pages()
over the list that it was given, and an attempt ends where the walk goes on, or reads anew what
is behind a page that was split.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errpath.kernel.pages.walk import Walk, list_for_each_entry_safe

if TYPE_CHECKING:
    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.kernel.pages.listed_page import ListedPage


class Walks:
    """
    The walks of one run; `slots` has the slot of each object by its id.
    """

    def __init__(self, k: ListMachine, slots: dict[int, int]) -> None:
        self._k = k
        self._slots = slots
        self.start(None)

    def start(self, passes_over: ListHead | None) -> None:
        """
        Forget the walks of the last run; walks over that list are passes.
        """
        self._open: dict[int, Walk] = {}
        self._trying: dict[int, bool] = {}
        self._passes_over = passes_over
        self._passes = 0

    def walk(self, number: int, head: ListHead) -> None:
        """
        Begin a walk.
        """
        if head is self._passes_over:
            self._passes += 1
            self._k.begin_pass(self._passes)
        self._open[number] = list_for_each_entry_safe(self._k, head)
        self._trying[number] = False

    def next(self, number: int) -> int:
        """
        Go on with a walk: the slot of the page, or 0 at the end; with that of what is behind.
        """
        walk = self._open[number]
        if walk.head is self._passes_over and self._trying[number]:
            self._k.attempt_done(walk)
        self._trying[number] = True
        page = next(walk, None)
        return (self._slots[id(page)] if page else 0) | self._ahead(walk) << 8

    def set_ahead(self, number: int, found: Any) -> None:
        """
        Go on, next time, with a page that the C put into the place of the one that was read.
        """
        self._open[number].ahead = getattr(found, "lru", found)

    def reset(self, number: int, page: ListedPage) -> int:
        """
        Read anew what is behind a page: its slot.
        """
        walk = self._open[number]
        walk.list_safe_reset_next(page)
        if walk.head is self._passes_over:
            self._k.attempt_done(walk)
        return self._ahead(walk)

    def _ahead(self, walk: Walk) -> int:
        return self._slots[id(walk.ahead.page or walk.ahead)]
