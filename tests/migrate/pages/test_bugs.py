# SPDX-License-Identifier: GPL-2.0-only
"""
Bugs that migrate_pages() and its relatives really had, and others of their kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from errpath.contracts.situation import Words
from tests.kernel.list_stage import Said
from tests.migrate.pages.drivers import changed_driver
from tests.migrate.pages.running import complaints_of, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """
    A change of the driver, a situation that shows it, and what is found in pre.
    """

    changes: tuple[tuple[str, str], ...]
    pages: str = "a b"
    words: Words = field(default_factory=dict)
    said: Said = field(default_factory=dict)
    putback: bool = False
    found: str


NOT_WHOLE = "unsupported"
BUSY: Said = {"trylock_page(a)": 0}
NO_MEMORY: Said = {"get_new_page(a)": "NULL"}
GIVES_UP = """
nr_failed += 1
goto(out)
"""
BUGS = {
    "e6112fc30070: -ENOMEM tries to split a hugetlb page": Bug(
        changes=(
            ("if k.PageTransHuge(page) and not k.PageHuge(page):", "if k.PageTransHuge(page):"),
        ),
        words={"a": "hugetlb"},
        said=NO_MEMORY,
        found="split-hugetlb",
    ),
    "69a041ff5058: the exit loses the tail": Bug(
        changes=(
            (
                GIVES_UP,
                """
                nr_failed += 1
                k.list_del(page.tail)
                goto(out)
                """,
            ),
        ),
        words={"a": "thp"},
        said=NO_MEMORY,
        found="ownership ownership",
    ),
    "fbed53b47770: what failed for good is not counted": Bug(
        changes=(
            (
                """
                # It failed for good, and is not on the list any more.
                nr_failed += 1
                """,
                "pass",
            ),
        ),
        said={"move_to_new_page(a_new, a)": -16},
        found="counts counts",
    ),
    "fbed53b47770: what is left is not counted": Bug(
        changes=(("nr_failed += retry", ""),),
        words={"mode": "MIGRATE_ASYNC"},
        said=BUSY,
        found="counts counts",
    ),
    "a failed allocation is not counted": Bug(
        changes=((GIVES_UP, "goto(out)"),),
        said=NO_MEMORY,
        found="counts",
    ),
    "fd4a7ac32918: a page that is to be tried again counts as failed": Bug(
        changes=(("elif rc == -EAGAIN:", "elif rc == -EBUSY:"),),
        said={"trylock_page(a)": (0, 1)},
        found="walk",
    ),
    "success is not counted": Bug(changes=(("nr_succeeded += 1", "pass"),), found="counts"),
    "success is counted twice": Bug(
        changes=(("nr_succeeded += 1", "nr_succeeded += 2"),), found="counts"
    ),
    "the errno is not returned": Bug(
        changes=(
            (
                GIVES_UP,
                """
                nr_failed += 1
                rc = 0
                goto(out)
                """,
            ),
        ),
        said=NO_MEMORY,
        found="counts counts walk walk",
    ),
    "nine passes": Bug(
        changes=(("while pass_ < 10 and retry:", "while pass_ < 9 and retry:"),),
        words={"mode": "MIGRATE_ASYNC"},
        said=BUSY,
        found="walk",
    ),
    "nothing is tried again": Bug(
        changes=(("retry += 1", "pass"),), said=BUSY, found="counts counts walk"
    ),
    "the lookahead is not read anew": Bug(
        changes=(("walk.list_safe_reset_next(page)", ""),),
        pages="a",
        words={"a": "thp", "thp_migration": NOT_WHOLE},
        found="counts counts walk",
    ),
    "a page that was not split stays locked": Bug(
        changes=(
            (
                """
                rc = k.split_huge_page_to_list(page, from_)
                k.unlock_page(page)
                """,
                "rc = k.split_huge_page_to_list(page, from_)",
            ),
        ),
        words={"a": ("thp", "pinned"), "thp_migration": NOT_WHOLE},
        found="locks",
    ),
    "the split goes without the lock": Bug(
        changes=(
            (
                """
                k.lock_page(page)
                rc = k.split_huge_page_to_list(page, from_)
                """,
                "rc = k.split_huge_page_to_list(page, from_)",
            ),
        ),
        words={"a": "thp", "thp_migration": NOT_WHOLE},
        found="vm-bug-on",
    ),
    "PF_SWAPWRITE stays set": Bug(
        changes=(("k.current.flags &= ~PF_SWAPWRITE", "pass"),), found="flags"
    ),
    "putback forgets list_del": Bug(
        changes=(("k.list_del(page)", ""),),
        pages="a",
        said=NO_MEMORY,
        putback=True,
        found="ownership ownership",
    ),
    "ff59909a077b: putback forgets the count": Bug(
        changes=(
            (
                """
                k.mod_node_page_state(
                    k.page_pgdat(page),
                    NR_ISOLATED_ANON + k.page_is_file_lru(page),
                    -k.hpage_nr_pages(page),
                )
                """,
                "",
            ),
        ),
        pages="a",
        said=NO_MEMORY,
        putback=True,
        found="ownership",
    ),
    "putback takes a hugetlb page for an LRU page": Bug(
        changes=(
            (
                """
                if k.PageHuge(page):
                    k.putback_active_hugepage(page)
                    continue
                """,
                "k.PageHuge(page)",
            ),
        ),
        pages="a",
        words={"a": "hugetlb"},
        said=NO_MEMORY,
        putback=True,
        found="count-underflow",
    ),
    "32665f2bbfed: -ENOSYS leaves the hugetlb page on the list": Bug(
        changes=(
            (
                """
                k.putback_active_hugepage(hpage)
                return -ENOSYS
                """,
                "return -ENOSYS",
            ),
        ),
        pages="a",
        words={"a": ("hugetlb", "unmigratable")},
        found="walk",
    ),
    "a new hugetlb page goes back and carries the data": Bug(
        changes=(("put_new_page = None", "pass"),),
        pages="a",
        words={"a": "hugetlb"},
        found="new_page",
    ),
    "2def7424c937: a new hugetlb page goes past the callback": Bug(
        changes=(("put_new_page(new_hpage, private)", "k.putback_active_hugepage(new_hpage)"),),
        pages="a",
        words={"a": "hugetlb"},
        said={"move_to_new_page(a_new, a)": -16},
        found="new_page",
    ),
    "i_mmap_rwsem stays taken": Bug(
        changes=(("k.i_mmap_unlock_write(mapping)", ""),),
        pages="a",
        words={"a": "hugetlb"},
        found="locks",
    ),
    "the anon_vma of a hugetlb page is kept": Bug(
        changes=(("k.put_anon_vma(anon_vma)", "pass"),),
        pages="a",
        words={"a": ("hugetlb", "anon")},
        found="references",
    ),
    "migration entries of a hugetlb page stay": Bug(
        changes=(
            (
                """
                k.remove_migration_ptes(
                    hpage, new_hpage if rc == MIGRATEPAGE_SUCCESS else hpage, True
                )
                """,
                "",
            ),
        ),
        pages="a",
        words={"a": "hugetlb"},
        found="entries",
    ),
    "the walk goes on from a page that was deleted": Bug(
        changes=(
            (
                """
                walk.list_safe_reset_next(page)
                k.attempt_done(walk, pass_, retry, nr_failed, nr_succeeded)
                continue
                """,
                """
                k.list_del(page)
                walk.list_safe_reset_next(page)
                break
                """,
            ),
        ),
        words={"a": "thp", "thp_migration": NOT_WHOLE},
        found="list-poison",
    ),
}


@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_bug_is_found(bug: Bug) -> None:
    """
    What the change breaks is named; without it nothing is.
    """
    clean = run("pre", bug.pages, bug.words, bug.said, putback=bug.putback)
    assert (clean.bug, complaints_of(clean, bug.pages)) == (None, [])
    by = changed_driver(*bug.changes)
    found = run("pre", bug.pages, bug.words, bug.said, putback=bug.putback, by=by)
    named = found.bug.name if found.bug else " ".join(complaints_of(found, bug.pages))
    assert named == bug.found
