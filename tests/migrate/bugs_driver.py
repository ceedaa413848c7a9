# SPDX-License-Identifier: GPL-2.0-only
"""
Bugs that migrate_pages() and its relatives really had, in driver.py, and others of their kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from unittest.mock import patch

from errpath.migrate.pages.bugs import BUGS
from errpath.migrate.pages.reference import ListReference
from errpath.testing import contract
from tests.migrate.pages.drivers import changed_driver


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverBug:
    """
    A bug above the semantics: lines of driver.py and those in their place.

    `sentences` are the scenarios that are about what it breaks.
    """

    changes: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]

    @contextmanager
    def installed(self) -> Iterator[None]:
        """
        Let generated tests run lists of pages by the driver that has the bug.
        """
        by = {"by": changed_driver(*self.changes)}
        defaults = ListReference.__init__.__kwdefaults__
        with patch.dict(defaults, by), patch.object(contract("migrate"), "_entries", {}):
            yield


_GIVES_UP: Final = """
nr_failed += 1
goto(out)
"""
_PERMANENT: Final = """
# It failed for good, and is not on the list any more.
nr_failed += 1
"""
_NO_SUPPORT: Final = """
k.putback_active_hugepage(hpage)
return -ENOSYS
"""
_UNCOUNT: Final = """
k.mod_node_page_state(
    k.page_pgdat(page),
    NR_ISOLATED_ANON + k.page_is_file_lru(page),
    -k.hpage_nr_pages(page),
)
"""
_PUT_BACK_HUGE: Final = """
if k.PageHuge(page):
    k.putback_active_hugepage(page)
    continue
"""

_ABOUT: Final = {
    "-ENOMEM tried to split a hugetlb page.": (
        "a hugetlb page without memory for another is not split",
    ),
    "The exit for -ENOMEM lost the tails of a split page.": (
        "the tails of a split page are not lost when memory runs out",
        "head and tail of a split page go back each for itself",
    ),
    "What failed for good was in no count.": (
        "what failed for good is in the count",
        "a permanent error does not stop the list",
    ),
    "What is left was in no count.": (
        "what is left after the tenth pass is in the count",
        "a busy page is tried in ten passes, and then given up",
    ),
    "The page that stops the list was in no count.": (
        "an errno is returned, and the page counts",
        "no memory stops the list",
    ),
    "The head's -EAGAIN after a split was taken for permanent.": (
        "a head that is busy after its split is tried in the next pass",
    ),
    "A split that failed counted as the page's permanent error.": (
        "a pinned huge page cannot be split, and stops the list",
    ),
}
REAL: Final = {
    f"{bug.commit}: {bug.says}": DriverBug(changes=bug.changes, sentences=_ABOUT[bug.says])
    for bug in BUGS
}
"""Those of the project's list of real bugs that a list of pages shows."""

OTHERS: Final = {
    "-ENOMEM does not stop the list": DriverBug(
        changes=((_GIVES_UP, "nr_failed += 1"),),
        sentences=("no memory stops the list",),
    ),
    "a permanent error stops the list": DriverBug(
        changes=((_PERMANENT, "nr_failed += 1\ngoto(out)"),),
        sentences=("a permanent error does not stop the list",),
    ),
    "success is counted twice": DriverBug(
        changes=(("nr_succeeded += 1", "nr_succeeded += 2"),),
        sentences=("a list is migrated page by page, in its order",),
    ),
    "nine passes": DriverBug(
        changes=(("while pass_ < 10 and retry:", "while pass_ < 9 and retry:"),),
        sentences=("the last pass can still migrate a page",),
    ),
    "eleven passes": DriverBug(
        changes=(("while pass_ < 10 and retry:", "while pass_ < 11 and retry:"),),
        sentences=("a busy page is tried in ten passes, and then given up",),
    ),
    "a pass after the last that was needed": DriverBug(
        changes=(("while pass_ < 10 and retry:", "while pass_ < 10:"),),
        sentences=("a list is migrated page by page, in its order",),
    ),
    "retries add up over passes": DriverBug(
        changes=(("retry = 0", ""),),
        sentences=("a page that fails after retries counts once",),
    ),
    "the split page's lookahead is not read anew": DriverBug(
        changes=(("walk.list_safe_reset_next(page)", ""),),
        sentences=("the tail of a huge page at the end of the list is found",),
    ),
    "PF_SWAPWRITE stays set": DriverBug(
        changes=(("k.current.flags &= ~PF_SWAPWRITE", "pass"),),
        sentences=("swap may be written to while pages migrate",),
    ),
    "PF_SWAPWRITE stays set after an errno": DriverBug(
        changes=(
            (
                """
                k.current.flags &= ~PF_SWAPWRITE
                """,
                """
                if rc >= 0:
                    k.current.flags &= ~PF_SWAPWRITE
                """,
            ),
        ),
        sentences=("an errno leaves no PF_SWAPWRITE behind",),
    ),
    "the caller's PF_SWAPWRITE is lost": DriverBug(
        changes=(
            (
                """
                if not swapwrite:
                    k.current.flags &= ~PF_SWAPWRITE
                """,
                "k.current.flags &= ~PF_SWAPWRITE",
            ),
        ),
        sentences=(
            "a thread that might write to swap before may do so afterwards",
            "swap may be written to while pages migrate",
            "after the putback everything is as before, or migrated",
        ),
    ),
    "the caller's PF_SWAPWRITE is not looked at": DriverBug(
        changes=(("swapwrite = k.current.flags & PF_SWAPWRITE", "swapwrite = 0"),),
        sentences=("a thread that might write to swap before may do so afterwards",),
    ),
    "PF_SWAPWRITE is not set": DriverBug(
        changes=(("k.current.flags |= PF_SWAPWRITE", "pass"),),
        sentences=("an errno leaves no PF_SWAPWRITE behind",),
    ),
    "a page that was not split stays locked": DriverBug(
        changes=(
            (
                """
                rc = k.split_huge_page_to_list(page, from_)
                k.unlock_page(page)
                if not rc:
                """,
                """
                rc = k.split_huge_page_to_list(page, from_)
                if not rc:
                    k.unlock_page(page)
                """,
            ),
        ),
        sentences=(
            "a huge page that was not split is unlocked",
            "a pinned huge page cannot be split, and stops the list",
        ),
    ),
    "no report": DriverBug(
        changes=(("k.trace_mm_migrate_pages(nr_succeeded, nr_failed, mode, reason)", ""),),
        sentences=("the report comes last, and once",),
    ),
    "putback forgets the count": DriverBug(
        changes=((_UNCOUNT, ""),),
        sentences=("a page that is given up is back on the LRU after the putback",),
    ),
    "putback takes a huge page for a base page": DriverBug(
        changes=((_UNCOUNT, _UNCOUNT.replace("-k.hpage_nr_pages(page)", "-1")),),
        sentences=("a huge page that could not be split goes back whole",),
    ),
    "putback frees a page of the LRU": DriverBug(
        changes=(("k.putback_lru_page(page)", "k.put_page(page)"),),
        sentences=(
            "a page that is given up is back on the LRU after the putback",
            "after the putback everything is as before, or migrated",
        ),
    ),
    "putback keeps a movable page from its driver": DriverBug(
        changes=(("k.putback_movable_page(page)", "pass"),),
        sentences=("after the putback everything is as before, or migrated",),
    ),
    "putback leaves PG_isolated of a disowned page": DriverBug(
        changes=(("k.__ClearPageIsolated(page)", "pass"),),
        sentences=(
            "a movable page that its driver let go of is freed by the putback",
            "after the putback everything is as before, or migrated",
        ),
    ),
    "putback takes a hugetlb page for one of the LRU": DriverBug(
        changes=((_PUT_BACK_HUGE, "k.PageHuge(page)"),),
        sentences=("each page goes back to where it was isolated from",),
    ),
    "putback stops behind a hugetlb page": DriverBug(
        changes=((_PUT_BACK_HUGE, _PUT_BACK_HUGE.replace("continue", "break")),),
        sentences=("a hugetlb page without memory for another is active again",),
    ),
    "putback gives a disowned page to its driver": DriverBug(
        changes=(("if k.PageMovable(page):", "if k.PageMovable(page) or True:"),),
        sentences=("a movable page that its driver let go of is freed by the putback",),
    ),
    "-ENOSYS leaves the hugetlb page on the list": DriverBug(
        changes=((_NO_SUPPORT, "return -ENOSYS"),),
        sentences=("a hugetlb page whose size cannot be migrated goes back",),
    ),
    "a hugetlb page that is being freed is moved": DriverBug(
        changes=(("if k.page_private(hpage) and not k.page_mapping(hpage):", "if False:"),),
        sentences=("a hugetlb page that is being freed goes back",),
    ),
    "a busy hugetlb page is waited for without force": DriverBug(
        changes=(("if not force:", "if False:"),),
        sentences=("a busy hugetlb page is waited for from the fourth pass on",),
    ),
    "light synchronous migration waits for a hugetlb page": DriverBug(
        changes=(
            (
                """
                if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):
                    goto(out)
                """,
                "",
            ),
        ),
        sentences=("a busy hugetlb page is given up by who does not wait",),
    ),
    "a new hugetlb page goes back and carries the data": DriverBug(
        changes=(("put_new_page = None", "pass"),),
        sentences=("a hugetlb page is migrated",),
    ),
    "a new hugetlb page goes past the callback": DriverBug(
        changes=(("put_new_page(new_hpage, private)", "k.putback_active_hugepage(new_hpage)"),),
        sentences=("a hugetlb page that cannot be moved at all is active again",),
    ),
    "i_mmap_rwsem stays taken": DriverBug(
        changes=(("k.i_mmap_unlock_write(mapping)", ""),),
        sentences=("a hugetlb page is migrated",),
    ),
    "migration entries of a hugetlb page stay after a failure": DriverBug(
        changes=(("if page_was_mapped:", "if page_was_mapped and rc == MIGRATEPAGE_SUCCESS:"),),
        sentences=("a hugetlb page that stays mapped is tried again",),
    ),
}
"""More of their kind."""
