# SPDX-License-Identifier: GPL-2.0-only
"""
Writeback and buffers.
"""

from __future__ import annotations

from errpath.kernel.declared.primitive import SRC, primitive
from errpath.kernel.holds import PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import Page
from errpath.vocabulary.primitive import May


def _written(k: Machine, page: Page) -> None:
    k.facts[f"PageWriteback({page.name})"] = 0


class WriteBack(Machine):
    """
    What file systems do to a page before it can move (mm/page-writeback.c, fs/buffer.c, 5.8).
    """

    @primitive(SRC, source="mm/page-writeback.c", may=May.SLEEP, then=_written)
    def wait_on_page_writeback(self, page: Page) -> None:
        """Sleep until PG_writeback is clear."""

    @primitive(SRC, source="fs/buffer.c", requires=PG_LOCKED)
    def try_to_free_buffers(self, page: Page) -> None:
        """Free the buffers of a page if they are clean and unused."""
