# SPDX-License-Identifier: GPL-2.0-only
"""
The machine that page migration runs on: every primitive it calls.
"""

from __future__ import annotations

from errpath.kernel.calls.lists import Lists
from errpath.kernel.calls.memory_failure import MemoryFailure
from errpath.kernel.calls.page_lock import PageLock
from errpath.kernel.calls.page_tests import PageTests
from errpath.kernel.calls.rmap import Rmap
from errpath.kernel.calls.transfer import Transfer
from errpath.kernel.calls.write_back import WriteBack
from errpath.kernel.parameter import Task


class Linux(PageLock, PageTests, Rmap, Transfer, Lists, WriteBack, MemoryFailure):
    """
    The little kernel, whole.
    """

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self.current = Task(self)
