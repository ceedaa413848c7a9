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
"""PF_SWAPWRITE, where this run has set it."""


class TaskFlags(Machine):
    """
    A flag that a run sets and does not clear is still there for whatever the thread does next.
    """

    def flagged(self, name: str, *, so: bool) -> None:
        """
        Open or close the row of PF_SWAPWRITE; a flag that the caller has set has none.
        """
        if name != SWAPWRITE.hold.name:
            return
        if so:
            # It is no event of its own: it stands before the next.
            self.held[SWAPWRITE] = len(self.trace) + 1
        elif SWAPWRITE in self.held:
            self.give_up(SWAPWRITE)
