# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.situation import Words
from errpath.vocabulary.errno import EAGAIN, EBUSY, ENOMEM, ENOSYS
from tests.kernel.list_stage import Said
from tests.migrate.pages.running import (
    SEMANTICS,
    calls,
    changed,
    complaints_of,
    held,
    migrated,
    place,
    run,
)

each_semantics = pytest.mark.parametrize("semantics", SEMANTICS)

SPLIT = "lock_page(a) | split_huge_page_to_list(a) = 0 | unlock_page(a)"
COUNTED = "count_vm_events(PGMIGRATE_SUCCESS) | trace_mm_migrate_pages()"
NOT_WHOLE = "unsupported"


@each_semantics
def test_huge_page_is_migrated_whole(semantics: str) -> None:
    """
    It counts as one page migrated, and as two no longer isolated; its new page is on the LRU.
    """
    found = run(semantics, "a", {"a": "thp"})
    assert found.calls() == [*migrated(semantics, "a"), *calls(COUNTED)]
    assert changed(found) == {"NR_ISOLATED": -2, "PGMIGRATE_SUCCESS": 1, "passes": 1}
    assert (place(found, "a_new"), complaints_of(found)) == ({"a_new": "lru"}, [])


@each_semantics
def test_split_tries_the_head_at_once_and_the_tail_last(semantics: str) -> None:
    """
    The head of a split page is tried again at once, its tail after the rest of the list.
    """
    found = run(semantics, "a b", {"a": "thp", "thp_migration": NOT_WHOLE})
    assert found.calls() == [
        *calls(f"cond_resched() | {SPLIT}"),
        *(call for page in ("a", "b", "a_tail") for call in migrated(semantics, page)),
        *calls(COUNTED),
    ]
    assert changed(found) == {"NR_ISOLATED": -3, "PGMIGRATE_SUCCESS": 3, "passes": 1}
    assert (found.returns, held(found), complaints_of(found, "a b")) == (0, [], [])


@each_semantics
def test_tail_of_the_last_page_is_found(semantics: str) -> None:
    """
    Behind the last page the lookahead is the list's head until it is read anew.
    """
    found = run(semantics, "a", {"a": "thp", "thp_migration": NOT_WHOLE})
    tried = [event.subjects[0] for event in found.trace if event.primitive.name == "PageHuge"]
    assert (tried, found.returns) == (["a", "a", "a", "a_tail"], 0)
    assert place(found, "a", "a_tail", "a_tail_new") == {
        "a": "free",
        "a_tail": "free",
        "a_tail_new": "pagevec",
    }


def test_failed_allocation_splits_the_page() -> None:
    """
    In pre a huge page that there is no memory for is split, and its base pages are migrated.
    """
    found = run("pre", "a b", {"a": "thp"}, {"get_new_page(a)": ("NULL", "a_new")})
    assert found.calls()[:5] == calls(f"cond_resched() | get_new_page(a) = NULL | {SPLIT}")
    assert (found.returns, changed(found)["PGMIGRATE_SUCCESS"]) == (0, 3)
    assert complaints_of(found, "a b") == []


def test_no_memory_for_the_head_either() -> None:
    """
    A base page is not split: head, tail and the rest stay the caller's, and one page is counted.
    """
    found = run("pre", "a b", {"a": "thp"}, {"get_new_page(a)": "NULL"})
    assert (found.returns, place(found, "a", "b", "a_tail")) == (
        -ENOMEM,
        dict.fromkeys(("a", "b", "a_tail"), "from_list"),
    )
    assert (changed(found), complaints_of(found, "a b")) == ({"PGMIGRATE_FAIL": 1, "passes": 1}, [])
    assert len(held(found)) == 9


def test_no_memory_for_the_head_and_the_caller_s_putback() -> None:
    """
    The caller gives back head, tail and the rest, and the count is as before.
    """
    found = run("pre", "a b", {"a": "thp"}, {"get_new_page(a)": "NULL"}, putback=True)
    assert (found.returns, held(found), complaints_of(found, "a b")) == (-ENOMEM, [], [])
    assert changed(found) == {"NR_ISOLATED": -3, "PGMIGRATE_FAIL": 1, "passes": 1}
    assert place(found, "a", "b", "a_tail") == dict.fromkeys(("a", "b", "a_tail"), "pagevec")


@each_semantics
def test_split_that_fails_stops_the_list(semantics: str) -> None:
    """
    The errno of the split is what migrate_pages() returns, and the page counts as failed.
    """
    words: Words = {"a": ("thp", "pinned"), "thp_migration": NOT_WHOLE}
    found = run(semantics, "a b", words)
    assert found.calls() == calls(
        "cond_resched() | lock_page(a) | split_huge_page_to_list(a) = -EBUSY | unlock_page(a) "
        "| count_vm_events(PGMIGRATE_FAIL) | trace_mm_migrate_pages()"
    )
    assert (found.returns, changed(found)) == (-EBUSY, {"PGMIGRATE_FAIL": 1, "passes": 1})
    assert (place(found, "a", "b"), complaints_of(found, "a b")) == (
        dict.fromkeys("ab", "from_list"),
        [],
    )


@each_semantics
def test_huge_page_that_is_left_goes_back_to_the_lru_at_once(semantics: str) -> None:
    """
    putback_lru_page() of a huge page does not wait in the pagevec, and drains it.
    """
    words = {"b": "thp", "mode": "MIGRATE_ASYNC"}
    said = {"trylock_page(a)": 0, "trylock_page(b)": 0}
    found = run(semantics, "a b", words, said, putback=True)
    assert place(found, "a", "b") == {"a": "lru", "b": "lru"}
    assert (changed(found)["NR_ISOLATED"], complaints_of(found, "a b")) == (-3, [])


HUGE_MOVED = """
    cond_resched() | get_new_page(a) = a_new | trylock_page(a) = 1 | trylock_page(a_new) = 1
    | hugetlb_page_mapping_lock_write(a) = a_mapping | try_to_unmap(a) = true
    | move_to_new_page(a_new, a) = 0 | remove_migration_ptes(a, a_new)
    | i_mmap_unlock_write(a_mapping) | unlock_page(a_new) | move_hugetlb_state(a, a_new)
    | unlock_page(a) | putback_active_hugepage(a) | putback_active_hugepage(a_new)
"""


@each_semantics
def test_hugetlb_page_is_migrated(semantics: str) -> None:
    """
    A hugetlb page goes its own way, whatever the semantics, and is in no count of isolation.
    """
    found = run(semantics, "a", {"a": "hugetlb"})
    assert found.calls() == [*calls(HUGE_MOVED), *calls(COUNTED)]
    assert changed(found) == {"PGMIGRATE_SUCCESS": 1, "passes": 1}
    assert place(found, "a", "a_new") == {"a": "free", "a_new": "hugetlb"}
    assert (found.returns, complaints_of(found)) == (0, [])


HUGETLB: dict[str, tuple[Words, Said, str, int, str]] = {
    "its size cannot be migrated": (
        {"a": ("hugetlb", "unmigratable")},
        {},
        "putback_active_hugepage(a)",
        -ENOSYS,
        "hugetlb",
    ),
    "no memory": (
        {"a": "hugetlb"},
        {"get_new_page(a)": "NULL"},
        "get_new_page(a) = NULL",
        -ENOMEM,
        "from_list",
    ),
    "it is being freed": (
        {"a": ("hugetlb", "subpool", "hugetlb_orphan")},
        {},
        """
        get_new_page(a) = a_new | trylock_page(a) = 1 | unlock_page(a)
        | putback_active_hugepage(a) | put_new_page(a_new)
        """,
        -EBUSY,
        "hugetlb",
    ),
    "it cannot be moved": (
        {"a": ("hugetlb", "anon", "unmapped"), "put_new_page": "NULL"},
        {"move_to_new_page(a_new, a)": -EBUSY},
        """
        get_new_page(a) = a_new | trylock_page(a) = 1 | page_get_anon_vma(a) = a_anon_vma
        | trylock_page(a_new) = 1 | move_to_new_page(a_new, a) = -EBUSY | unlock_page(a_new)
        | put_anon_vma(a_anon_vma) | unlock_page(a) | putback_active_hugepage(a)
        | putback_active_hugepage(a_new)
        """,
        -EBUSY,
        "hugetlb",
    ),
}


@pytest.mark.parametrize(("words", "said", "made", "rc", "where"), HUGETLB.values(), ids=HUGETLB)
def test_hugetlb_page_that_fails_for_good(
    words: Words, said: Said, made: str, rc: int, where: str
) -> None:
    """
    It is on the active list again, or with its caller after -ENOMEM, and never split.
    """
    for semantics in SEMANTICS:
        found = run(semantics, "a", words, said)
        end = calls("count_vm_events(PGMIGRATE_FAIL) | trace_mm_migrate_pages()")
        assert found.calls() == [*calls(f"cond_resched() | {made}"), *end]
        assert (found.returns, place(found, "a")) == (rc if rc == -ENOMEM else 1, {"a": where})
        assert complaints_of(found) == []


AGAIN: dict[str, Said] = {
    "its lock is busy": {"trylock_page(a)": 0},
    "the new page's lock is busy": {"trylock_page(a_new)": 0},
    "its mapping is gone": {"hugetlb_page_mapping_lock_write(a)": "NULL"},
    "the move is to be tried again": {"move_to_new_page(a_new, a)": -EAGAIN},
}


@pytest.mark.parametrize("said", AGAIN.values(), ids=AGAIN)
def test_hugetlb_page_that_is_tried_again(said: Said) -> None:
    """
    After -EAGAIN a hugetlb page stays on the list, and its new page goes back each time.
    """
    for semantics in SEMANTICS:
        found = run(semantics, "a", {"a": "hugetlb", "mode": "MIGRATE_ASYNC"}, said)
        assert (found.returns, len(found.passes), place(found, "a")) == (1, 10, {"a": "from_list"})
        assert found.calls().count("put_new_page(a_new)") == 10
        assert (held(found), complaints_of(found)) == (["page_ref(a)", "from_list(a)"], [])


def test_hugetlb_page_is_waited_for_with_force() -> None:
    """
    From the fourth pass on a synchronous migration waits for the lock.
    """
    found = run("pre", "a", {"a": "hugetlb"}, {"trylock_page(a)": 0})
    assert (found.returns, len(found.passes), found.calls().count("lock_page(a)")) == (0, 4, 1)


def test_hugetlb_page_that_stays_mapped() -> None:
    """
    What try_to_unmap() leaves mapped is not moved, and the page tables are as before.
    """
    found = run("pre", "a", {"a": "hugetlb"}, {"try_to_unmap(a)": ("false", "true")})
    assert found.calls()[:11] == calls(
        """
        cond_resched() | get_new_page(a) = a_new | trylock_page(a) = 1 | trylock_page(a_new) = 1
        | hugetlb_page_mapping_lock_write(a) = a_mapping | try_to_unmap(a) = false
        | remove_migration_ptes(a, a) | i_mmap_unlock_write(a_mapping) | unlock_page(a_new)
        | unlock_page(a) | put_new_page(a_new)
        """
    )
    assert (found.returns, len(found.passes), complaints_of(found)) == (0, 2, [])
