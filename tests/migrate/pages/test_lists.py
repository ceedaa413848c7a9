# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.vocabulary.errno import EBUSY, ENOMEM
from tests.migrate.pages.running import (
    LEFT,
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


@each_semantics
def test_list_that_is_migrated(semantics: str) -> None:
    """
    Each page in its turn, one pass, and 0 is returned.
    """
    found = run(semantics, "a b")
    assert found.calls() == [
        *migrated(semantics, "a"),
        *migrated(semantics, "b"),
        *calls("count_vm_events(PGMIGRATE_SUCCESS) | trace_mm_migrate_pages()"),
    ]
    assert (found.returns, held(found), complaints_of(found, "a b")) == (0, [], [])
    assert changed(found) == {"NR_ISOLATED": -2, "PGMIGRATE_SUCCESS": 2, "passes": 1}
    assert place(found, "a", "a_new", "b_new", "a_tail") == {
        "a": "free",
        "a_new": "pagevec",
        "b_new": "pagevec",
        "a_tail": "nothing",
    }


@each_semantics
def test_page_that_is_busy_in_three_passes(semantics: str) -> None:
    """
    A lock that is busy is waited for from the fourth pass on, as pass > 2 is force.
    """
    found = run(semantics, "a", said={"trylock_page(a)": 0})
    tries = [event.text for event in found.trace if event.primitive.name.endswith("lock_page")]
    assert tries[:5] == [*["trylock_page(a) = 0"] * 4, "lock_page(a)"]
    assert (found.returns, len(found.passes), complaints_of(found)) == (0, 4, [])
    starts = [found.trace[start].text for start, _ in found.passes]
    assert starts == ["cond_resched()"] * 4


@each_semantics
def test_page_that_is_never_migrated(semantics: str) -> None:
    """
    After ten passes migrate_pages() gives up: the page stays the caller's, and counts as failed.
    """
    found = run(semantics, "a", {"mode": "MIGRATE_ASYNC"}, {"trylock_page(a)": 0})
    assert (found.returns, len(found.passes), place(found, "a")) == (1, 10, {"a": "from_list"})
    assert held(found) == ["page_ref(a)", "from_list(a)", "NR_ISOLATED(a)"]
    assert (changed(found), complaints_of(found)) == ({"PGMIGRATE_FAIL": 1, "passes": 10}, [])


@each_semantics
def test_only_pages_that_are_left_are_tried_again(semantics: str) -> None:
    """
    The second pass is over what the first left on the list.
    """
    found = run(semantics, "a b c", said={"trylock_page(b)": (0, 1)})
    spans = [found.trace[start:end] for start, end in found.passes]
    tried = [[e.subjects[0] for e in span if e.primitive.name == "PageHuge"] for span in spans]
    assert (tried, found.returns) == ([["a", "b", "c"], ["b"]], 0)
    assert changed(found)["PGMIGRATE_SUCCESS"] == 3


@each_semantics
def test_page_that_fails_for_good_does_not_stop_the_list(semantics: str) -> None:
    """
    -EBUSY takes the page off the list, and the walk goes on to the next.
    """
    said = {"move_to_new_page(a_new, a)": -EBUSY}
    found = run(semantics, "a b", said=said)
    assert (found.returns, place(found, "a", "b")) == (1, {"a": "pagevec", "b": "free"})
    assert changed(found) == {
        "NR_ISOLATED": -2,
        "PGMIGRATE_SUCCESS": 1,
        "PGMIGRATE_FAIL": 1,
        "passes": 1,
    }
    assert (held(found), complaints_of(found, "a b")) == ([], [])


@each_semantics
def test_no_memory_stops_the_list(semantics: str) -> None:
    """
    -ENOMEM for a base page ends everything: the pages behind it are not tried.
    """
    found = run(semantics, "a b c", said={"get_new_page(b)": "NULL"})
    assert found.returns == -ENOMEM
    assert [e.text for e in found.trace if e.primitive.name == "PageHuge"] == [
        "PageHuge(a) = 0",
        "PageHuge(b) = 0",
    ]
    assert place(found, "a", "c") == {"a": "free", "c": "from_list"}
    assert found.calls()[-3:] == calls(
        "count_vm_events(PGMIGRATE_SUCCESS) | count_vm_events(PGMIGRATE_FAIL) "
        "| trace_mm_migrate_pages()"
    )
    assert changed(found)["PGMIGRATE_FAIL"] == 1


def test_what_was_to_be_tried_again_is_in_no_count_after_an_errno() -> None:
    """
    5.8 jumps over `nr_failed += retry`, so a busy page before the failure is not counted.
    """
    said = {"trylock_page(a)": 0, "get_new_page(b)": "NULL"}
    found = run("pre", "a b", said=said)
    assert (found.returns, place(found, "a", "b")) == (-ENOMEM, dict.fromkeys("ab", "from_list"))
    assert (changed(found), complaints_of(found, "a b")) == ({"PGMIGRATE_FAIL": 1, "passes": 1}, [])


@each_semantics
def test_freed_page_counts_as_migrated(semantics: str) -> None:
    """
    A page that was freed under us is a success of migrate_pages().
    """
    found = run(semantics, "a", {"a": ("freed", "unmapped")})
    assert (found.returns, changed(found)) == (
        0,
        {"NR_ISOLATED": -1, "PGMIGRATE_SUCCESS": 1, "passes": 1},
    )
    assert complaints_of(found) == []


@each_semantics
def test_mixed_list(semantics: str) -> None:
    """
    A page for each outcome: migrated, failed for good, of a driver, of hugetlbfs, left.
    """
    words = {"b": "movable", "c": "hugetlb", "mode": "MIGRATE_ASYNC"}
    said = {"move_to_new_page(d_new, d)": -EBUSY, "trylock_page(e)": 0}
    found = run(semantics, "a b c d e", words, said)
    assert found.returns == 2
    assert place(found, "a", "b", "c", "d", "e", "a_new", "b_new", "c_new") == {
        "a": "free",
        "b": "free",
        "c": "free",
        "d": "pagevec",
        "e": "from_list",
        "a_new": "pagevec",
        "b_new": "driver",
        "c_new": "hugetlb",
    }
    assert changed(found) == {
        "NR_ISOLATED": -2,
        "PGMIGRATE_SUCCESS": 3,
        "PGMIGRATE_FAIL": 2,
        "passes": 10,
    }
    assert complaints_of(found, "a b c d e") == []


@each_semantics
@pytest.mark.parametrize("before", ["clear", "set"])
def test_swapwrite_is_as_it_was(semantics: str, before: str) -> None:
    """
    A caller that has PF_SWAPWRITE set keeps it; for another it is set while pages migrate.
    """
    found = run(semantics, "a", {"PF_SWAPWRITE": before})
    spans = [item.text for item, _, _ in found.ledger.spans if item.subject == "current"]
    assert spans == (["PF_SWAPWRITE(current)"] if before == "clear" else [])
    assert complaints_of(found) == []


@each_semantics
@pytest.mark.parametrize(
    ("callback", "way", "where"),
    [("given", "put_new_page", "caller"), ("NULL", "put_page", "free")],
)
def test_new_pages_go_back_as_they_came(
    semantics: str, callback: str, way: str, where: str
) -> None:
    """
    Each attempt's new page goes back once: to the caller's list, or by its last reference.
    """
    words = {"put_new_page": callback}
    found = run(semantics, "a b", words, {"trylock_page(a_new)": 0})
    gotten = sum(event.text == "get_new_page(a) = a_new" for event in found.trace)
    back = sum(event.text == f"{way}(a_new)" for event in found.trace)
    assert (gotten, back, place(found, "a_new")) == (10, 10, {"a_new": where})
    assert (found.returns, complaints_of(found, "a b")) == (1, [])


@each_semantics
def test_putback_gives_every_page_back(semantics: str) -> None:
    """
    The caller's putback leaves nothing isolated: file, driver's and hugetlb pages.
    """
    words = {"b": "movable", "c": "hugetlb", "mode": "MIGRATE_ASYNC"}
    said = {f"trylock_page({name})": 0 for name in "abc"}
    found = run(semantics, "a b c", words, said, putback=True)
    end = found.calls().index("trace_mm_migrate_pages()")
    assert found.calls()[end + 1 :] == [
        *calls(LEFT.format("a", "putback_lru_page")),
        *calls("list_del(b) | lock_page(b) | putback_movable_page(b) | unlock_page(b)"),
        "put_page(b)",
        "putback_active_hugepage(c)",
    ]
    assert (found.returns, held(found), complaints_of(found, "a b c")) == (3, [], [])
    assert place(found, "a", "b", "c") == {"a": "pagevec", "b": "driver", "c": "hugetlb"}
    assert changed(found) == {"NR_ISOLATED": -1, "PGMIGRATE_FAIL": 3, "passes": 10}


@each_semantics
def test_no_putback_after_success(semantics: str) -> None:
    """
    The caller puts nothing back if 0 is returned.
    """
    assert run(semantics, putback=True).calls() == run(semantics).calls()


def test_putback_of_a_page_that_its_driver_let_go_of() -> None:
    """
    PageMovable() is asked anew, under the lock: the driver may have gone meanwhile.
    """
    said = {"get_new_page(a)": "NULL", "PageMovable(a)": 0}
    found = run("pre", "a", {"a": "movable"}, said, putback=True)
    assert found.calls()[-5:] == calls(
        "list_del(a) | lock_page(a) | __ClearPageIsolated(a) | unlock_page(a) | put_page(a)"
    )
    assert (place(found, "a"), complaints_of(found)) == ({"a": "free"}, [])
