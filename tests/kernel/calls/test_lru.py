# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed import PAGEVEC_SIZE
from tests.kernel.list_stage import bug_of, list_stage, listing


def _put_back(k: ListMachine, *names: str) -> None:
    for name in names:
        k.list_del(k.listed[name])
        k.putback_lru_page(k.listed[name])


def test_base_page_waits_in_the_pagevec() -> None:
    """
    putback_lru_page() of a base page leaves its link poisoned and PG_lru clear.
    """
    k = list_stage("a", "b")
    _put_back(k, "a")
    assert (k.on["a"], k.PG_lru, listing(k, "lru")) == ("pagevec", set(), [])
    assert repr(k.listed["a"].lru.next) == "LIST_POISON1"
    assert k.listed["a"].ref not in k.held


def test_compound_page_drains_the_pagevec() -> None:
    """
    putback_lru_page() of a huge page puts all that waits on the LRU list, each in front.
    """
    k = list_stage("a", "b", "c", said={"PageTransHuge(b)": 1})
    _put_back(k, "a")
    assert k.PageTransHuge(k.listed["b"]) == 1
    _put_back(k, "b")
    _put_back(k, "c")
    assert listing(k, "lru") == ["b", "a"]
    assert (k.PG_lru, k.on["c"]) == ({"a", "b"}, "pagevec")


def test_full_pagevec_is_drained() -> None:
    """
    The page that fills the pagevec drains it.
    """
    names = [f"p{number}" for number in range(PAGEVEC_SIZE + 1)]
    k = list_stage(*names)
    _put_back(k, *names[: PAGEVEC_SIZE - 1])
    assert (len(k.pagevec), listing(k, "lru")) == (PAGEVEC_SIZE - 1, [])
    _put_back(k, *names[PAGEVEC_SIZE - 1 :])
    assert ([page.name for page in k.pagevec], len(listing(k, "lru"))) == ([names[-1]], 15)


def test_page_on_the_lru_list_is_not_put_there_again() -> None:
    """
    lru_cache_add() asserts that PG_lru is clear.
    """
    k = list_stage("a")
    k.PG_lru.add("a")
    assert bug_of(lambda: k.putback_lru_page(k.listed["a"])) == (
        "vm-bug-on",
        "puts a on the LRU, and its PG_lru is set",
    )


def test_huge_page_that_is_still_on_the_caller_s_list() -> None:
    """
    A huge page that is put back without list_del() is on two lists, and found.
    """
    k = list_stage("a", said={"PageTransHuge(a)": 1})
    k.PageTransHuge(k.listed["a"])
    assert bug_of(lambda: k.putback_lru_page(k.listed["a"])) == (
        "list-double-add",
        "adds a to a list, and it is on the caller's list",
    )


def test_new_page_comes_from_and_goes_to_the_free_list() -> None:
    """
    get_new_page() takes the page off the free list that put_new_page() put it on.
    """
    k = list_stage("a", "b")
    for name in "ab":
        k.get_new_page(k.listed[name], 0)
        assert k.on[f"{name}_new"] is None
    for name in "ab":
        k.put_new_page(k.listed[f"{name}_new"], 0)
    assert listing(k, "freepages") == ["b_new", "a_new"]
    assert k.get_new_page(k.listed["a"], 0) is k.listed["a_new"]
    assert (listing(k, "freepages"), k.on) == (
        ["b_new"],
        {"a": "from_list", "b": "from_list", "a_new": None, "b_new": "caller"},
    )


def test_no_memory_takes_nothing_off_the_free_list() -> None:
    """
    get_new_page() that gives NULL leaves the free list alone.
    """
    k = list_stage("a", said={"get_new_page(a)": ("a_new", "NULL")})
    k.get_new_page(k.listed["a"], 0)
    k.put_new_page(k.listed["a_new"], 0)
    assert not k.get_new_page(k.listed["a"], 0)
    assert listing(k, "freepages") == ["a_new"]


def test_page_of_hugetlbfs_comes_off_the_free_list_clean() -> None:
    """
    The link of a new hugetlb page is never poisoned: it is moved to the active list later.
    """
    k = list_stage("a", said={"PageHuge(a)": 1})
    page = k.listed["a"]
    k.PageHuge(page)
    k.get_new_page(page, 0)
    k.put_new_page(page.new, 0)
    k.get_new_page(page, 0)
    assert page.new.lru.next is page.new.lru


@pytest.mark.parametrize(("thp", "expected"), [(0, 1), (1, 2)])
def test_huge_page_counts_as_two(thp: int, expected: int) -> None:
    """
    hpage_nr_pages() is 2 for a huge page, of which one tail stands for all, and else 1.
    """
    k = list_stage("a", said={"PageTransHuge(a)": thp})
    page = k.listed["a"]
    assert (k.hpage_nr_pages(page), k.compound(page.new)) == (expected, bool(thp))
    assert k.choices == {"PageTransHuge(a)": thp}


@pytest.mark.parametrize("name", ["putback_movable_page", "__ClearPageIsolated"])
def test_movable_page_is_isolated_until_it_is_given_back(name: str) -> None:
    """
    PageIsolated() holds until the driver has the page again, or let go of it.
    """
    k = list_stage("a")
    page = k.listed["a"]
    assert k.PageIsolated(page) == 1
    k.lock_page(page)
    getattr(k, name)(page)
    assert k.PageIsolated(page) == 0


def test_anon_vma_of_a_page() -> None:
    """
    page_get_anon_vma() gives the page's own anon_vma, by its name, or NULL.
    """
    k = list_stage("a", "b", said={"page_get_anon_vma(b)": "NULL"})
    assert k.page_get_anon_vma(k.listed["a"]).name == "a_anon_vma"
    assert k.page_get_anon_vma(k.listed["b"]).name == "NULL"
