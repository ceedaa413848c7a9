# SPDX-License-Identifier: GPL-2.0-only
"""
The caller's view: migrate_pages() and what it calls, of mm/migrate.c, Linux 5.8.

The functions are the C's, in the C's order, call for call; `k` is the machine. What runs for
a page that is not of hugetlbfs is a semantics' unmap_and_move(); the rest is one and the same
for all. Two calls are not in the C: k.begin_pass() and k.attempt_done(), which tell whoever
watches the run where a pass begins and an attempt ends.
"""

from __future__ import annotations

from typing import Protocol

from errpath.kernel.caller import MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY, PF_SWAPWRITE
from errpath.kernel.calls.page_tests import NR_ISOLATED_ANON
from errpath.kernel.calls.vm_events import PGMIGRATE_FAIL, PGMIGRATE_SUCCESS
from errpath.kernel.goto import Label, goto
from errpath.kernel.page import NULL, Page
from errpath.kernel.pages.list_head import ListHead
from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed_page import ListedPage
from errpath.kernel.pages.walk import list_for_each_entry_safe
from errpath.kernel.signature import FreePage, Mode, NewPage, Reason
from errpath.vocabulary.errno import EAGAIN, EBUSY, ENOMEM, ENOSYS, MIGRATEPAGE_SUCCESS

out = Label("out")
out_unlock = Label("out_unlock")
put_anon = Label("put_anon")
unlock_put_anon = Label("unlock_put_anon")


class UnmapAndMove(Protocol):
    """
    unmap_and_move() of a semantics.
    """

    def __call__(
        self,
        k: ListMachine,
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
        ...


def putback_movable_pages(k: ListMachine, l_: ListHead) -> None:
    """
    Give every page that is left on the list back to where it was isolated from.
    """
    for page in list_for_each_entry_safe(k, l_):
        if k.PageHuge(page):
            k.putback_active_hugepage(page)
            continue
        k.list_del(page)
        # The mapping of an LRU page cannot have PAGE_MAPPING_MOVABLE.
        if k.__PageMovable(page):
            k.VM_BUG_ON_PAGE(not k.PageIsolated(page), page)
            k.lock_page(page)
            if k.PageMovable(page):
                k.putback_movable_page(page)
            else:
                k.__ClearPageIsolated(page)
            k.unlock_page(page)
            k.put_page(page)
        else:
            k.mod_node_page_state(
                k.page_pgdat(page),
                NR_ISOLATED_ANON + k.page_is_file_lru(page),
                -k.hpage_nr_pages(page),
            )
            k.putback_lru_page(page)


def unmap_and_move_huge_page(
    k: ListMachine,
    get_new_page: NewPage,
    put_new_page: FreePage | None,
    private: int,
    hpage: ListedPage,
    force: bool,
    mode: Mode,
    reason: Reason,
) -> int:
    """
    Migrate one isolated hugetlb page: 0, or an errno.
    """
    rc = -EAGAIN
    page_was_mapped = 0
    anon_vma = NULL
    mapping = NULL

    # Whether a hugetlb page can be migrated depends on the architecture and its size, and
    # not every caller has asked before.
    if not k.hugepage_migration_supported(k.page_hstate(hpage)):
        k.putback_active_hugepage(hpage)
        return -ENOSYS

    new_hpage = get_new_page(hpage, private)
    if not new_hpage:
        return -ENOMEM

    with out:
        if not k.trylock_page(hpage):
            if not force:
                goto(out)
            if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):
                goto(out)
            k.lock_page(hpage)

        with out_unlock:
            # Such a page is being freed, and its subpool would never get back what it used.
            if k.page_private(hpage) and not k.page_mapping(hpage):
                rc = -EBUSY
                goto(out_unlock)

            if k.PageAnon(hpage):
                anon_vma = k.page_get_anon_vma(hpage)

            with put_anon:
                if not k.trylock_page(new_hpage):
                    goto(put_anon)

                with unlock_put_anon:
                    if k.page_mapped(hpage):
                        # try_to_unmap() may unshare the pmd, which needs i_mmap_rwsem for
                        # writing, until the ptes are back.
                        mapping = k.hugetlb_page_mapping_lock_write(hpage)
                        if not mapping:
                            goto(unlock_put_anon)

                        k.try_to_unmap(hpage)
                        page_was_mapped = 1

                    if not k.page_mapped(hpage):
                        rc = k.move_to_new_page(new_hpage, hpage, mode)

                    if page_was_mapped:
                        k.remove_migration_ptes(
                            hpage, new_hpage if rc == MIGRATEPAGE_SUCCESS else hpage, True
                        )
                        k.i_mmap_unlock_write(mapping)

                # unlock_put_anon:
                k.unlock_page(new_hpage)

            # put_anon:
            if anon_vma:
                k.put_anon_vma(anon_vma)

            if rc == MIGRATEPAGE_SUCCESS:
                k.move_hugetlb_state(hpage, new_hpage, reason)
                put_new_page = None

        # out_unlock:
        k.unlock_page(hpage)
    # out:
    if rc != -EAGAIN:
        k.putback_active_hugepage(hpage)

    # The new page carries the data, or goes back by the callback, or else by its last
    # reference.
    if put_new_page:
        put_new_page(new_hpage, private)
    else:
        k.putback_active_hugepage(new_hpage)

    return rc


def migrate_pages(
    k: ListMachine,
    unmap_and_move: UnmapAndMove,
    from_: ListHead,
    get_new_page: NewPage,
    put_new_page: FreePage | None,
    private: int,
    mode: Mode,
    reason: Reason,
) -> int:
    """
    Migrate the pages of a list, in up to ten passes: how many were not, or an errno.
    """
    retry = 1
    nr_failed = 0
    nr_succeeded = 0
    pass_ = 0
    swapwrite = k.current.flags & PF_SWAPWRITE

    if not swapwrite:
        k.current.flags |= PF_SWAPWRITE

    with out:
        while pass_ < 10 and retry:
            k.begin_pass(pass_ + 1)
            retry = 0

            walk = list_for_each_entry_safe(k, from_)
            for page in walk:
                while True:  # retry:
                    k.cond_resched()

                    if k.PageHuge(page):
                        rc = unmap_and_move_huge_page(
                            k, get_new_page, put_new_page, private, page, pass_ > 2, mode, reason
                        )
                    else:
                        rc = unmap_and_move(
                            k, get_new_page, put_new_page, private, page, pass_ > 2, mode, reason
                        )

                    if rc == -ENOMEM:
                        # The allocation failed, or huge pages cannot be migrated whole: the
                        # head of a split one is tried again at once, its tails go to the end
                        # of the list.
                        if k.PageTransHuge(page) and not k.PageHuge(page):
                            k.lock_page(page)
                            rc = k.split_huge_page_to_list(page, from_)
                            k.unlock_page(page)
                            if not rc:
                                walk.list_safe_reset_next(page)
                                k.attempt_done(walk, pass_, retry, nr_failed, nr_succeeded)
                                continue
                        nr_failed += 1
                        goto(out)
                    elif rc == -EAGAIN:
                        retry += 1
                    elif rc == MIGRATEPAGE_SUCCESS:
                        nr_succeeded += 1
                    else:
                        # It failed for good, and is not on the list any more.
                        nr_failed += 1
                    break
                k.attempt_done(walk, pass_, retry, nr_failed, nr_succeeded)
            pass_ += 1
        nr_failed += retry
        rc = nr_failed
    # out:
    if nr_succeeded:
        k.count_vm_events(PGMIGRATE_SUCCESS, nr_succeeded)
    if nr_failed:
        k.count_vm_events(PGMIGRATE_FAIL, nr_failed)
    k.trace_mm_migrate_pages(nr_succeeded, nr_failed, mode, reason)

    if not swapwrite:
        k.current.flags &= ~PF_SWAPWRITE

    return rc
