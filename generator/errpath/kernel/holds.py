# SPDX-License-Identifier: GPL-2.0-only
"""
What the primitives of page migration take and give up.
"""

from __future__ import annotations

from errpath.vocabulary.hold import Family, Hold

PG_LOCKED = Hold(name="PG_locked", family=Family.LOCK, noun="page lock")
PAGE_REF = Hold(name="page_ref", family=Family.REFERENCE, noun="reference")
ANON_VMA_REF = Hold(name="anon_vma_ref", family=Family.REFERENCE, noun="reference")
FROM_LIST = Hold(name="from_list", family=Family.MEMBERSHIP, noun="place on the caller's list")
NR_ISOLATED = Hold(name="NR_ISOLATED", family=Family.COUNT, noun="count in NR_ISOLATED")
MIGRATION_ENTRIES = Hold(name="migration_entries", family=Family.ENTRIES, noun="migration entries")

HOLDS = (PG_LOCKED, PAGE_REF, ANON_VMA_REF, FROM_LIST, NR_ISOLATED, MIGRATION_ENTRIES)
