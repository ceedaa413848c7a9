# SPDX-License-Identifier: GPL-2.0-only
"""
Flags of the thread that migrates, as far as it sets and clears them itself.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.holds import PF_SWAPWRITE
from errpath.kernel.machine import Machine
from errpath.vocabulary.hold import item

SWAPWRITE: Final = item(PF_SWAPWRITE, "current")
"""PF_SWAPWRITE, where the thread has it set."""


class TaskFlags(Machine):
    """
    A flag that a run sets and does not clear is still there for whatever the thread does next.

    One that the caller has set, and the run clears, is not there any more.
    """

    def had_flag(self, name: str) -> None:
        """
        Open a row for PF_SWAPWRITE that the caller has set: it is from before the run.
        """
        if name == SWAPWRITE.hold.name:
            self.held[SWAPWRITE] = 0

    def flagged(self, name: str, *, so: bool) -> None:
        """
        Open or close the row of PF_SWAPWRITE; to set it again, or clear it again, is no bug.
        """
        if name != SWAPWRITE.hold.name:
            return
        if not so:
            if SWAPWRITE in self.held:
                self.give_up(SWAPWRITE)
        elif SWAPWRITE not in self.held:
            # It is no event of its own: it stands before the next.
            self.held[SWAPWRITE] = len(self.trace) + 1
