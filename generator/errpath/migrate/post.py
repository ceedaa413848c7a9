# SPDX-License-Identifier: GPL-2.0-only
"""
unmap_and_move() and __unmap_and_move() of mm/migrate.c, Linux 5.8.

This is after "mm/migrate: Defer allocating new page until needed". The functions are the
C's, in the C's order, call for call; `k` is the machine.
"""

from __future__ import annotations

from errpath.kernel.caller import (
    MIGRATE_ASYNC,
    MIGRATE_SYNC,
    MIGRATE_SYNC_NO_COPY,
    MR_MEMORY_FAILURE,
    PF_MEMALLOC,
)
from errpath.kernel.calls.page_tests import NR_ISOLATED_ANON
from errpath.kernel.goto import Label, goto
from errpath.kernel.linux import Linux
from errpath.kernel.page import NULL, Page
from errpath.kernel.signature import FreePage, Mode, NewPage, Reason
from errpath.vocabulary.errno import EAGAIN, EBUSY, ENOMEM, MIGRATEPAGE_SUCCESS

done = Label("done")
out = Label("out")
out_put = Label("out_put")
out_unlock = Label("out_unlock")


def __unmap_and_move(
    k: Linux,
    get_new_page: NewPage,
    put_new_page: FreePage | None,
    private: int,
    page: Page,
    mode: Mode,
    reason: Reason,
) -> int:
    rc = -EAGAIN
    page_was_mapped = 0
    anon_vma = NULL
    is_lru = not k.__PageMovable(page)

    with out:
        with out_put:
            # Once try_to_unmap() has done its work, nothing but this reference keeps the
            # anon_vma alive until the ptes are back.
            if k.PageAnon(page) and not k.PageKsm(page):
                anon_vma = k.page_get_anon_vma(page)

            newpage = get_new_page(page, private)
            if not newpage:
                rc = -ENOMEM
                goto(out)

            # Whoever had the new page before may still be about to let go of it.
            if not k.trylock_page(newpage):
                goto(out_put)

            with out_unlock:
                if not is_lru:
                    rc = k.move_to_new_page(newpage, page, mode)
                    goto(out_unlock)

                # A page without a mapping cannot be unmapped. An orphan of truncation may
                # still have buffers, and without them it can be freed.
                if not page.mapping:
                    k.VM_BUG_ON_PAGE(k.PageAnon(page), page)
                    if k.page_has_private(page):
                        k.try_to_free_buffers(page)
                        goto(out_unlock)
                elif k.page_mapped(page):
                    k.VM_BUG_ON_PAGE(
                        k.PageAnon(page) and not k.PageKsm(page) and not anon_vma, page
                    )
                    k.try_to_unmap(page)
                    page_was_mapped = 1

                if not k.page_mapped(page):
                    rc = k.move_to_new_page(newpage, page, mode)

                if page_was_mapped:
                    k.remove_migration_ptes(
                        page, newpage if rc == MIGRATEPAGE_SUCCESS else page, False
                    )

            # out_unlock:
            k.unlock_page(newpage)
        # out_put:
        # The new owner has a reference of its own, and may have changed the new page already:
        # only the source still tells what kind of page it is.
        if rc == MIGRATEPAGE_SUCCESS:
            k.set_page_owner_migrate_reason(newpage, reason)
            if not is_lru:
                k.put_page(newpage)
            else:
                k.putback_lru_page(newpage)
        elif put_new_page:
            put_new_page(newpage, private)
        else:
            k.put_page(newpage)
    # out:
    if anon_vma:
        k.put_anon_vma(anon_vma)

    return rc


def unmap_and_move(
    k: Linux,
    get_new_page: NewPage,
    put_new_page: FreePage | None,
    private: int,
    page: Page,
    force: bool,
    mode: Mode,
    reason: Reason,
) -> int:
    """
    Migrate one isolated page: 0, or the errno that says who owns the page now.
    """
    rc = -EAGAIN

    if not k.thp_migration_supported() and k.PageTransHuge(page):
        return -ENOMEM

    with out:
        if k.page_count(page) == 1:
            # Nobody but the isolation has the page any more: there is nothing to migrate.
            k.ClearPageActive(page)
            k.ClearPageUnevictable(page)
            if k.__PageMovable(page):
                k.lock_page(page)
                if not k.PageMovable(page):
                    k.__ClearPageIsolated(page)
                k.unlock_page(page)
            rc = MIGRATEPAGE_SUCCESS
            goto(out)

        with out_unlock:
            if not k.trylock_page(page):
                if not force or mode == MIGRATE_ASYNC:
                    return rc

                # Direct compaction must not wait for a page lock: the thread may hold that
                # very lock, as readahead does for pages that it queues for one bio.
                if k.current.flags & PF_MEMALLOC:
                    return rc

                k.lock_page(page)

            if k.PageWriteback(page):
                # Only a full synchronous migration waits for writeback.
                if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):
                    rc = -EBUSY
                    goto(out_unlock)
                if not force:
                    goto(out_unlock)
                k.wait_on_page_writeback(page)

            rc = __unmap_and_move(k, get_new_page, put_new_page, private, page, mode, reason)

        # out_unlock:
        k.unlock_page(page)
    # out:
    if rc != -EAGAIN:
        # Migrated or failed for good, the page leaves the caller's list.
        k.list_del(page)

        # NR_ISOLATED_* counts LRU pages only.
        if not k.__PageMovable(page):
            k.mod_node_page_state(
                k.page_pgdat(page),
                NR_ISOLATED_ANON + k.page_is_file_lru(page),
                -k.hpage_nr_pages(page),
            )

    # The isolation's reference goes now, unless the caller is to retry.
    if rc == MIGRATEPAGE_SUCCESS:
        k.put_page(page)
        if reason == MR_MEMORY_FAILURE:
            # The page that was just freed is the one to take out of use.
            if k.set_hwpoison_free_buddy_page(page):
                k.num_poisoned_pages_inc()
    else:
        with done:
            if rc != -EAGAIN:
                if not k.__PageMovable(page):
                    k.putback_lru_page(page)
                    goto(done)

                k.lock_page(page)
                if k.PageMovable(page):
                    k.putback_movable_page(page)
                else:
                    k.__ClearPageIsolated(page)
                k.unlock_page(page)
                k.put_page(page)
    # done:
    return rc
