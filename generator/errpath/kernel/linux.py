# SPDX-License-Identifier: GPL-2.0-only
"""
The machine that page migration runs on: every primitive it calls.
"""

from __future__ import annotations

from errpath.kernel.lists import Lists
from errpath.kernel.memory_failure import MemoryFailure
from errpath.kernel.page_lock import PageLock
from errpath.kernel.page_tests import PageTests
from errpath.kernel.parameter import Task
from errpath.kernel.rmap import Rmap
from errpath.kernel.transfer import Transfer
from errpath.kernel.write_back import WriteBack


class Linux(PageLock, PageTests, Rmap, Transfer, Lists, WriteBack, MemoryFailure):
    """
    The little kernel, whole.
    """

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self.current = Task(self)
