# SPDX-License-Identifier: GPL-2.0-only
"""
What the patch leaves alone: the returns before a lock or an allocation.
"""

from __future__ import annotations

from tests.migrate.case import Case

FREED = (
    "thp_migration_supported() = 1 page_count(src) = 1 ClearPageActive(src) "
    "ClearPageUnevictable(src) "
)

CASES = {
    "a huge page where none can migrate": Case(
        words={"src": "thp", "thp_migration": "unsupported"},
        trace="thp_migration_supported() = 0 PageTransHuge(src) = 1",
        returns="-ENOMEM",
        src="from_list isolated counted",
        dst="nothing absent",
    ),
    "a page that was freed under us": Case(
        words={"src": ("freed", "unmapped")},
        trace=FREED + "__PageMovable(src) = 0 list_del(src) __PageMovable(src) = 0 "
        "page_pgdat(src) page_is_file_lru(src) hpage_nr_pages(src) mod_node_page_state(src) "
        "put_page(src)",
        read="reason=MR_COMPACTION",
        returns="0",
        src="free",
        dst="nothing absent",
        counters="NR_ISOLATED-1",
    ),
    "a freed page that its driver has let go of": Case(
        words={"src": ("freed", "movable", "disowned")},
        trace=FREED + "__PageMovable(src) = 1 lock_page(src) PageMovable(src) = 0 "
        "__ClearPageIsolated(src) unlock_page(src) list_del(src) __PageMovable(src) = 1 "
        "put_page(src)",
        read="reason=MR_COMPACTION",
        returns="0",
        src="free",
        dst="nothing absent",
    ),
    "a freed page of a driver that fails to be poisoned": Case(
        words={"src": ("freed", "movable", "owned"), "reason": "MR_MEMORY_FAILURE"},
        faults={"set_hwpoison_free_buddy_page(src)": "false"},
        trace=FREED + "__PageMovable(src) = 1 lock_page(src) PageMovable(src) = 1 "
        "unlock_page(src) list_del(src) __PageMovable(src) = 1 put_page(src) "
        "set_hwpoison_free_buddy_page(src) = false",
        read="reason=MR_MEMORY_FAILURE",
        returns="0",
        src="free",
        dst="nothing absent",
    ),
}
