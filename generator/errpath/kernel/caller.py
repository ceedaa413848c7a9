# SPDX-License-Identifier: GPL-2.0-only
"""
What the caller of unmap_and_move() decides.
"""

from __future__ import annotations

from typing import Final

from errpath.vocabulary.choice import Choice


class Flag(Choice):
    """
    A flag of a task that the code sets and clears; the environment decides how it is at first.
    """

    __slots__ = ()

    def __invert__(self) -> Cleared:
        return Cleared(self)


class Cleared:
    """
    All flags but one: `~PF_SWAPWRITE`.
    """

    __slots__ = ("flag",)

    def __init__(self, flag: Flag) -> None:
        self.flag = flag


MIGRATE_ASYNC: Final = "MIGRATE_ASYNC"
MIGRATE_SYNC_LIGHT: Final = "MIGRATE_SYNC_LIGHT"
MIGRATE_SYNC: Final = "MIGRATE_SYNC"
MIGRATE_SYNC_NO_COPY: Final = "MIGRATE_SYNC_NO_COPY"
MODES: Final = (MIGRATE_ASYNC, MIGRATE_SYNC_LIGHT, MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY)
"""enum migrate_mode (include/linux/migrate_mode.h, 5.8), from the most to the least hasty."""

MR_MEMORY_FAILURE: Final = "MR_MEMORY_FAILURE"
REASONS: Final = (
    "MR_COMPACTION",
    MR_MEMORY_FAILURE,
    "MR_MEMORY_HOTPLUG",
    "MR_SYSCALL",
    "MR_MEMPOLICY_MBIND",
    "MR_NUMA_MISPLACED",
    "MR_CONTIG_RANGE",
)
"""enum migrate_reason (include/linux/migrate.h, 5.8)."""

MODE: Final = Choice("mode", None, MODES, text="mode")
FORCE: Final = Choice("force", None, ("no", "yes"), text="force")
REASON: Final = Choice("reason", None, REASONS, text="reason")
PUT_NEW_PAGE: Final = Choice("put_new_page", None, ("given", "NULL"), text="put_new_page")
PF_MEMALLOC: Final = Choice("PF_MEMALLOC", None, ("clear", "set"), text="PF_MEMALLOC")
PF_SWAPWRITE: Final = Flag("PF_SWAPWRITE", None, ("clear", "set"), text="PF_SWAPWRITE")
