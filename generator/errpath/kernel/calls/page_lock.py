# SPDX-License-Identifier: GPL-2.0-only
"""
PG_locked.
"""

from __future__ import annotations

from errpath.kernel.declared.primitive import PAGE, primitive
from errpath.kernel.holds import PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import Page
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.primitive import Answer, May


class PageLock(Machine):
    """
    Taking, trying and giving up the lock of a page (include/linux/pagemap.h, 5.8).
    """

    @primitive(
        PAGE,
        source="include/linux/pagemap.h",
        answers=(
            Answer(value=1, shown="1"),
            Answer(
                value=0,
                shown="0",
                fault=Fault(marker="trylock", says="another thread holds the lock"),
            ),
        ),
        takes=PG_LOCKED,
    )
    def trylock_page(self, page: Page) -> int:
        """Set PG_locked, unless it is set: 1, or 0."""

    @primitive(PAGE, source="include/linux/pagemap.h", takes=PG_LOCKED, may=May.SLEEP)
    def lock_page(self, page: Page) -> None:
        """Set PG_locked; sleep until whoever holds it gives it up."""

    @primitive(PAGE, source="mm/filemap.c", gives_up=PG_LOCKED)
    def unlock_page(self, page: Page) -> None:
        """Clear PG_locked and wake whoever waits for it."""
