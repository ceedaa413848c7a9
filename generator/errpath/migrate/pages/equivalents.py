# SPDX-License-Identifier: GPL-2.0-only
"""
Changes of driver.py that nobody can tell from the caller's side, each with the reason.

The paths over a list do not end soon enough to prove it by walking them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errpath.kernel.bug import Equivalent

_PUT_NEW_PAGE: Final = "after success put_new_page is NULL, so that the branch is one of failure"
_ENOMEM: Final = "the branch is that of -ENOMEM: no return code but that gets there"
_FAILED: Final = "where a page failed, what is returned is an errno or the number of those that did"
_PERMANENT: Final = "every errno but -EAGAIN and -ENOMEM counts alike, and no other is returned"


def _equivalents() -> Iterator[Equivalent]:
    yield _one(
        "who waits for a lock needs force and a mode that waits, whichever is asked first",
        (
            """
            if not force:
                goto(out)
            if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):
                goto(out)
            """,
            """
            if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):
                goto(out)
            if not force:
                goto(out)
            """,
        ),
    )
    yield _one(
        "an assertion that holds once holds twice",
        (
            "k.VM_BUG_ON_PAGE(not k.PageIsolated(page), page)",
            """
            k.VM_BUG_ON_PAGE(not k.PageIsolated(page), page)
            k.VM_BUG_ON_PAGE(not k.PageIsolated(page), page)
            """,
        ),
    )
    yield _one(
        "nobody walks by the first of the two walks",
        (
            "walk = list_for_each_entry_safe(k, from_)",
            """
            walk = list_for_each_entry_safe(k, from_)
            walk = list_for_each_entry_safe(k, from_)
            """,
        ),
    )
    yield _one(
        "a link that is read twice without a call in between is the same link",
        (
            "walk.list_safe_reset_next(page)",
            """
            walk.list_safe_reset_next(page)
            walk.list_safe_reset_next(page)
            """,
        ),
    )
    yield _one(
        "the branch is that of success already",
        (
            "k.move_hugetlb_state(hpage, new_hpage, reason)",
            """
            if rc == MIGRATEPAGE_SUCCESS:
                k.move_hugetlb_state(hpage, new_hpage, reason)
            """,
        ),
    )
    yield _one(
        _PUT_NEW_PAGE,
        (
            "put_new_page(new_hpage, private)",
            """
            if rc != MIGRATEPAGE_SUCCESS:
                put_new_page(new_hpage, private)
            """,
        ),
    )
    yield _one(
        _PUT_NEW_PAGE, ("if put_new_page:", "if put_new_page and rc != MIGRATEPAGE_SUCCESS:")
    )
    yield _one(
        _ENOMEM,
        (
            """
            k.lock_page(page)
            rc = k.split_huge_page_to_list(page, from_)
            """,
            """
            if rc != MIGRATEPAGE_SUCCESS:
                k.lock_page(page)
            rc = k.split_huge_page_to_list(page, from_)
            """,
        ),
    )
    yield _one(
        _ENOMEM,
        (
            "rc = k.split_huge_page_to_list(page, from_)",
            """
            if rc != MIGRATEPAGE_SUCCESS:
                rc = k.split_huge_page_to_list(page, from_)
            """,
        ),
    )
    yield _one(
        _ENOMEM,
        (
            "if k.PageTransHuge(page) and not k.PageHuge(page):",
            "if k.PageTransHuge(page) and not k.PageHuge(page) and rc != MIGRATEPAGE_SUCCESS:",
        ),
    )
    yield _one(
        "the branch is that of a split that succeeded",
        (
            "walk.list_safe_reset_next(page)",
            """
            if rc == MIGRATEPAGE_SUCCESS:
                walk.list_safe_reset_next(page)
            """,
        ),
    )
    yield _one(
        _FAILED,
        (
            "k.count_vm_events(PGMIGRATE_FAIL, nr_failed)",
            """
            if rc != MIGRATEPAGE_SUCCESS:
                k.count_vm_events(PGMIGRATE_FAIL, nr_failed)
            """,
        ),
    )
    yield _one(_FAILED, ("if nr_failed:", "if nr_failed and rc != MIGRATEPAGE_SUCCESS:"))
    yield _one(
        "a flag that is set already can be set again",
        (
            "if not swapwrite:\n    k.current.flags |= PF_SWAPWRITE",
            "if True:\n    k.current.flags |= PF_SWAPWRITE",
        ),
    )
    yield _one(
        "the report reads no flag of the thread",
        (
            """
            k.trace_mm_migrate_pages(nr_succeeded, nr_failed, mode, reason)

            if not swapwrite:
                k.current.flags &= ~PF_SWAPWRITE
            """,
            """
            if not swapwrite:
                k.current.flags &= ~PF_SWAPWRITE

            k.trace_mm_migrate_pages(nr_succeeded, nr_failed, mode, reason)
            """,
        ),
    )
    yield _one(
        "no anon_vma was taken yet, so that its label puts none",
        (
            """
            if k.page_private(hpage) and not k.page_mapping(hpage):
                rc = -EBUSY
                goto(out_unlock)

            if k.PageAnon(hpage):
                anon_vma = k.page_get_anon_vma(hpage)

            with put_anon:
            """,
            """
            with put_anon:
                if k.page_private(hpage) and not k.page_mapping(hpage):
                    rc = -EBUSY
                    goto(put_anon)

                if k.PageAnon(hpage):
                    anon_vma = k.page_get_anon_vma(hpage)

            """,
        ),
    )
    yield _one(_PERMANENT, ("return -ENOSYS", "return -EBUSY"))
    yield _one(_PERMANENT, ("rc = -EBUSY", "rc = -ENOSYS"))


def _one(says: str, *changes: tuple[str, str]) -> Equivalent:
    return Equivalent(says=says, changes=changes)


EQUIVALENTS: Final = tuple(_equivalents())
"""All of them."""
