# SPDX-License-Identifier: GPL-2.0-only
"""
What Linux 5.8 does in each situation, read off mm/migrate.c.
"""

from __future__ import annotations

from tests.migrate.case import Case

ENTRY = "thp_migration_supported() = 1 page_count(src) = 2 get_new_page(src) = dst "
LRU = ENTRY + "__PageMovable(src) = 0 trylock_page(src) = 1 PageWriteback(src) = 0 "
FILE = LRU + "PageAnon(src) = 0 trylock_page(dst) = 1 "
MOVABLE = ENTRY + (
    "__PageMovable(src) = 1 trylock_page(src) = 1 PageWriteback(src) = 0 "
    "PageAnon(src) = 0 trylock_page(dst) = 1 "
)
UNCOUNT = (
    "list_del(src) __PageMovable(src) = 0 page_pgdat(src) page_is_file_lru(src) "
    "hpage_nr_pages(src) mod_node_page_state(src) "
)
OWNED = "from_list isolated counted"
BACK = "caller given_back"

CASES = {
    "a mapped page of a file migrates": Case(
        words={"src": ("file", "mapped")},
        trace=FILE + "page_mapped(src) = 1 PageAnon(src) = 0 try_to_unmap(src) = true "
        "page_mapped(src) = 0 move_to_new_page(dst, src) = 0 remove_migration_ptes(src, dst) "
        "unlock_page(dst) unlock_page(src) putback_lru_page(dst) "
        "set_page_owner_migrate_reason(dst) " + UNCOUNT + "put_page(src)",
        read="src->mapping=set reason=MR_COMPACTION",
        returns="0",
        src="free unmapped",
        dst="lru migrated",
        counters="NR_ISOLATED-1",
    ),
    "an anonymous page that is soft offlined migrates": Case(
        words={"src": "anon", "reason": "MR_MEMORY_FAILURE"},
        trace=LRU + "PageAnon(src) = 1 PageKsm(src) = 0 page_get_anon_vma(src) = anon_vma "
        "trylock_page(dst) = 1 page_mapped(src) = 1 PageAnon(src) = 1 PageKsm(src) = 0 "
        "try_to_unmap(src) = true page_mapped(src) = 0 move_to_new_page(dst, src) = 0 "
        "remove_migration_ptes(src, dst) unlock_page(dst) put_anon_vma(anon_vma) "
        "unlock_page(src) putback_lru_page(dst) set_page_owner_migrate_reason(dst) "
        + UNCOUNT
        + "put_page(src) set_hwpoison_free_buddy_page(src) = true num_poisoned_pages_inc()",
        read="src->mapping=set reason=MR_MEMORY_FAILURE",
        returns="0",
        src="free unmapped poisoned",
        dst="lru migrated",
        counters="NR_ISOLATED-1 num_poisoned_pages+1",
    ),
    "a locked page, not forced": Case(
        words={"src": "locked"},
        trace=ENTRY + "__PageMovable(src) = 0 trylock_page(src) = 0 put_new_page(dst)",
        read="force=no put_new_page=given",
        returns="-EAGAIN",
        src=OWNED,
        dst=BACK,
    ),
    "a locked page, forced but asynchronous": Case(
        words={"src": "locked", "force": "yes", "mode": "MIGRATE_ASYNC"},
        trace=ENTRY + "__PageMovable(src) = 0 trylock_page(src) = 0 put_new_page(dst)",
        read="force=yes mode=MIGRATE_ASYNC put_new_page=given",
        returns="-EAGAIN",
        src=OWNED,
        dst=BACK,
    ),
    "a locked page, in direct compaction, with no put_new_page": Case(
        words={"src": "locked", "force": "yes", "PF_MEMALLOC": "set", "put_new_page": "NULL"},
        trace=ENTRY + "__PageMovable(src) = 0 trylock_page(src) = 0 put_page(dst)",
        read="force=yes mode=MIGRATE_SYNC PF_MEMALLOC=set put_new_page=NULL",
        returns="-EAGAIN",
        src=OWNED,
        dst="free",
    ),
    "an unmapped page is waited for twice": Case(
        words={
            "src": ("locked", "writeback", "unmapped"),
            "force": "yes",
            "mode": "MIGRATE_SYNC_NO_COPY",
        },
        trace=ENTRY + "__PageMovable(src) = 0 trylock_page(src) = 0 lock_page(src) "
        "PageWriteback(src) = 1 wait_on_page_writeback(src) PageAnon(src) = 0 "
        "trylock_page(dst) = 1 page_mapped(src) = 0 page_mapped(src) = 0 "
        "move_to_new_page(dst, src) = 0 unlock_page(dst) unlock_page(src) "
        "putback_lru_page(dst) set_page_owner_migrate_reason(dst) " + UNCOUNT + "put_page(src)",
        read="force=yes mode=MIGRATE_SYNC_NO_COPY PF_MEMALLOC=clear src->mapping=set "
        "reason=MR_COMPACTION",
        returns="0",
        src="free unmapped",
        dst="lru migrated",
        counters="NR_ISOLATED-1",
    ),
    "a page under writeback, in a light migration": Case(
        words={"src": "writeback", "mode": "MIGRATE_SYNC_LIGHT"},
        trace=ENTRY + "__PageMovable(src) = 0 trylock_page(src) = 1 PageWriteback(src) = 1 "
        "unlock_page(src) "
        + UNCOUNT
        + "__PageMovable(src) = 0 putback_lru_page(src) put_new_page(dst)",
        read="mode=MIGRATE_SYNC_LIGHT put_new_page=given",
        returns="-EBUSY",
        src="lru",
        dst=BACK,
        counters="NR_ISOLATED-1",
    ),
    "a page under writeback, not forced": Case(
        words={"src": "writeback", "mode": "MIGRATE_SYNC"},
        trace=ENTRY + "__PageMovable(src) = 0 trylock_page(src) = 1 PageWriteback(src) = 1 "
        "unlock_page(src) put_new_page(dst)",
        read="mode=MIGRATE_SYNC force=no put_new_page=given",
        returns="-EAGAIN",
        src=OWNED,
        dst=BACK,
    ),
    "no memory for the new page of an anonymous one": Case(
        words={"src": "anon"},
        faults={"get_new_page(src)": "NULL"},
        trace="thp_migration_supported() = 1 page_count(src) = 2 get_new_page(src) = NULL",
        returns="-ENOMEM",
        src=OWNED,
        dst="nothing absent",
    ),
    "the new page is locked": Case(
        words={"src": "anon"},
        faults={"trylock_page(dst)": "0"},
        trace=LRU + "PageAnon(src) = 1 PageKsm(src) = 0 page_get_anon_vma(src) = anon_vma "
        "trylock_page(dst) = 0 put_anon_vma(anon_vma) unlock_page(src) put_new_page(dst)",
        read="put_new_page=given",
        returns="-EAGAIN",
        src=OWNED,
        dst=BACK,
    ),
    "a page of a driver migrates": Case(
        words={"src": "movable"},
        trace=MOVABLE + "move_to_new_page(dst, src) = 0 unlock_page(dst) unlock_page(src) "
        "put_page(dst) set_page_owner_migrate_reason(dst) list_del(src) __PageMovable(src) = 1 "
        "put_page(src)",
        read="reason=MR_COMPACTION",
        returns="0",
        src="free unmapped",
        dst="driver migrated",
    ),
    "a page that its driver has let go of is busy": Case(
        words={"src": ("movable", "disowned")},
        faults={"move_to_new_page(dst, src)": "-EBUSY"},
        trace=MOVABLE + "move_to_new_page(dst, src) = -EBUSY unlock_page(dst) unlock_page(src) "
        "list_del(src) __PageMovable(src) = 1 __PageMovable(src) = 1 lock_page(src) "
        "PageMovable(src) = 0 __ClearPageIsolated(src) unlock_page(src) put_page(src) "
        "put_new_page(dst)",
        read="put_new_page=given",
        returns="-EBUSY",
        src="free",
        dst=BACK,
    ),
    "a page that its driver owns is busy": Case(
        words={"src": ("movable", "owned"), "put_new_page": "NULL"},
        faults={"move_to_new_page(dst, src)": "-EBUSY"},
        trace=MOVABLE + "move_to_new_page(dst, src) = -EBUSY unlock_page(dst) unlock_page(src) "
        "list_del(src) __PageMovable(src) = 1 __PageMovable(src) = 1 lock_page(src) "
        "PageMovable(src) = 1 putback_movable_page(src) unlock_page(src) put_page(src) "
        "put_page(dst)",
        read="put_new_page=NULL",
        returns="-EBUSY",
        src="driver",
        dst="free",
    ),
    "an orphan with buffers": Case(
        words={"src": ("no_mapping", "unmapped", "private")},
        trace=FILE + "PageAnon(src) = 0 page_has_private(src) = 1 try_to_free_buffers(src) "
        "unlock_page(dst) unlock_page(src) put_new_page(dst)",
        read="src->mapping=NULL put_new_page=given",
        returns="-EAGAIN",
        src=OWNED,
        dst=BACK,
    ),
    "a page that stays mapped": Case(
        words={"src": ("file", "mapped")},
        faults={"try_to_unmap(src)": "false"},
        trace=FILE + "page_mapped(src) = 1 PageAnon(src) = 0 try_to_unmap(src) = false "
        "page_mapped(src) = 1 remove_migration_ptes(src, src) unlock_page(dst) "
        "unlock_page(src) put_new_page(dst)",
        read="src->mapping=set put_new_page=given",
        returns="-EAGAIN",
        src=OWNED,
        dst=BACK,
    ),
    "a KSM page whose move finds no memory": Case(
        words={"src": "ksm"},
        faults={"move_to_new_page(dst, src)": "-ENOMEM"},
        trace=LRU + "PageAnon(src) = 1 PageKsm(src) = 1 trylock_page(dst) = 1 "
        "page_mapped(src) = 1 PageAnon(src) = 1 PageKsm(src) = 1 try_to_unmap(src) = true "
        "page_mapped(src) = 0 move_to_new_page(dst, src) = -ENOMEM "
        "remove_migration_ptes(src, src) unlock_page(dst) unlock_page(src) "
        + UNCOUNT
        + "__PageMovable(src) = 0 putback_lru_page(src) put_new_page(dst)",
        read="src->mapping=set put_new_page=given",
        returns="-ENOMEM",
        src="lru",
        dst=BACK,
        counters="NR_ISOLATED-1",
    ),
}
