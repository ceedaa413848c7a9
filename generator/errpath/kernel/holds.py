# SPDX-License-Identifier: GPL-2.0-only
"""
What the primitives of page migration take and give up.
"""

from __future__ import annotations

from errpath.vocabulary.hold import Family, Hold

PG_LOCKED = Hold(
    name="PG_locked",
    family=Family.LOCK,
    noun="page lock",
    # trylock_page(), lock_page(): include/linux/pagemap.h; nothing there has a lockdep_map.
    note="a bit in page->flags, which lockdep does not track",
    lockdep=False,
)
PAGE_REF = Hold(name="page_ref", family=Family.REFERENCE, noun="reference")
ANON_VMA_REF = Hold(name="anon_vma_ref", family=Family.REFERENCE, noun="reference")
FROM_LIST = Hold(name="from_list", family=Family.MEMBERSHIP, noun="place on the caller's list")
NR_ISOLATED = Hold(name="NR_ISOLATED", family=Family.COUNT, noun="count in NR_ISOLATED")
MIGRATION_ENTRIES = Hold(
    name="migration_entries",
    family=Family.ENTRIES,
    noun="migration entries",
    # __migration_entry_wait(), mm/migrate.c: put_and_wait_on_page_locked().
    note="who faults on one waits for the page lock",
    lockdep=False,
)
I_MMAP_RWSEM = Hold(name="i_mmap_rwsem", family=Family.LOCK, noun="i_mmap_rwsem")
PF_SWAPWRITE = Hold(name="PF_SWAPWRITE", family=Family.FLAG, noun="PF_SWAPWRITE")

HOLDS = (PG_LOCKED, PAGE_REF, ANON_VMA_REF, FROM_LIST, NR_ISOLATED, MIGRATION_ENTRIES)
"""What a run of unmap_and_move() can hold."""

LIST_HOLDS = (*HOLDS, I_MMAP_RWSEM, PF_SWAPWRITE)
"""What a run over a list of pages can hold."""
