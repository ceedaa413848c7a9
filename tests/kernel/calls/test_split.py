# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed_page import ListedPage
from errpath.vocabulary.choice import Value
from errpath.vocabulary.errno import EBUSY
from tests.kernel.list_stage import bug_of, list_stage, listing, locked

THP = {"PageTransHuge(a)": 1}


def _stage(*names: str, **said: Value) -> tuple[ListMachine, ListedPage]:
    k = list_stage(*names, said={**THP, **{_TEXTS[key]: value for key, value in said.items()}})
    page = k.listed["a"]
    k.PageTransHuge(page)
    return k, page


_TEXTS = {
    "pins": "a->extra_pins",
    "writeback": "PageWriteback(a)",
    "anon": "PageAnon(a)",
    "anon_vma": "page_get_anon_vma(a)",
    "mapping": "a->mapping",
    "mapped": "page_mapped(a)",
    "swap_cache": "PageSwapCache(a)",
}


def _put_back(k: ListMachine, page: ListedPage) -> None:
    k.list_del(page)
    k.mod_node_page_state(page, 0, -k.hpage_nr_pages(page))
    k.putback_lru_page(page)


@pytest.mark.parametrize("anon", [0, 1])
def test_isolated_head_gives_its_tail_to_the_list(anon: int) -> None:
    """
    The tail of an isolated head goes to the end of the list, with all that isolation takes.
    """
    k, page = _stage("a", "b", anon=anon)
    rc = k.split_huge_page_to_list(locked(k, page), k.from_)
    assert (rc, listing(k, "from_")) == (0, ["a", "b", "a_tail"])
    step = len(k.trace)
    assert k.trace[-1].text == "split_huge_page_to_list(a) = 0"
    assert {row.text: at for row, at in k.held.items() if row.subject == "a_tail"} == {
        "page_ref(a_tail)": step,
        "from_list(a_tail)": step,
        "NR_ISOLATED(a_tail)": step,
    }
    assert (k.on["a_tail"], k.PG_lru, k.counters) == ("from_list", set(), {})


def test_head_and_tail_are_base_pages() -> None:
    """
    After the split neither is huge, and the tail is of the kind that its head is.
    """
    k, page = _stage("a", anon=1)
    k.split_huge_page_to_list(locked(k, page), k.from_)
    tests = ("PageHuge", "PageTransHuge", "__PageMovable", "PageAnon", "PageKsm")
    assert [getattr(k, test)(page.tail) for test in tests] == [0, 0, 0, 1, 0]
    assert (k.PageTransHuge(page), k.hpage_nr_pages(page), k.hpage_nr_pages(page.tail)) == (0, 1, 1)
    asked = [text for text in k.choices if "tail" in text]
    assert asked == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"pins": 1}, "a pin beside the caller's own"),
        ({"writeback": 1}, "writeback"),
        ({"anon": 1, "anon_vma": "NULL"}, "the anon_vma is gone"),
        ({"mapping": "NULL"}, "truncated"),
    ],
    ids=["pins", "writeback", "anon_vma", "mapping"],
)
def test_split_fails(said: dict[str, Value], why: str) -> None:
    """
    A page that cannot be split stays as it is, and -EBUSY is the result.
    """
    k, page = _stage("a", "b", **said)
    before = dict(k.on)
    rc = k.split_huge_page_to_list(locked(k, page), k.from_)
    assert (rc, k.on, listing(k, "from_")) == (-EBUSY, before, ["a", "b"]), why
    assert k.trace[-1].text == "split_huge_page_to_list(a) = -EBUSY"
    assert k.hpage_nr_pages(page) == 2


def test_one_pin_is_enough_whoever_has_it() -> None:
    """
    can_split_huge_page() cannot tell the caller's own pin from another's.
    """
    results = {}
    for own in (True, False):
        for pins in (0, 1):
            k, page = _stage("a", pins=pins)
            if not own:
                _put_back(k, page)
            k.lock_page(page)
            results[own, pins] = k.split_huge_page_to_list(page, k.from_)
    assert results == {
        (True, 0): 0,
        (True, 1): -EBUSY,
        (False, 0): -EBUSY,
        (False, 1): 0,
    }


def test_head_on_the_lru_keeps_its_tail_beside_it() -> None:
    """
    The tail of a head on the LRU list is linked before it, without PG_lru and without a reference.
    """
    k, page = _stage("a", "b", pins=1)
    _put_back(k, page)
    rc = k.split_huge_page_to_list(locked(k, page), k.from_)
    assert (rc, listing(k, "lru"), listing(k, "from_")) == (0, ["a_tail", "a"], ["b"])
    assert (k.on["a_tail"], k.PG_lru) == ("lru", {"a"})
    assert [row.text for row in k.held if row.subject == "a_tail"] == []
    assert k.counters == {"NR_ISOLATED": -2}


@pytest.mark.parametrize(
    ("said", "freed"),
    [
        ({"mapped": 1}, False),
        ({"mapped": 0}, False),
        ({"mapped": 0, "anon": 1, "swap_cache": 1}, False),
        ({"mapped": 0, "anon": 1, "swap_cache": 0}, True),
    ],
    ids=["page tables", "page cache", "swap cache", "nobody"],
)
def test_tail_that_nobody_keeps_is_freed_where_it_is_linked(
    said: dict[str, Value],
    freed: bool,  # noqa: FBT001 - the parameter's name
) -> None:
    """
    The split's last put_page() frees such a tail, and PG_lru does not tell that it is linked.
    """
    k, page = _stage("a", pins=1, **said)
    _put_back(k, page)
    k.lock_page(page)
    if not freed:
        assert k.split_huge_page_to_list(page, k.from_) == 0
        return
    assert bug_of(lambda: k.split_huge_page_to_list(page, k.from_)) == (
        "freed-on-list",
        "frees a_tail, which is linked on the LRU list beside a without PG_lru",
    )


def test_split_of_a_page_that_is_not_locked() -> None:
    """
    The lock is asserted.
    """
    k, page = _stage("a")
    assert bug_of(lambda: k.split_huge_page_to_list(page, k.from_)) == (
        "vm-bug-on",
        "is called without the page lock of a",
    )


def test_split_of_a_base_page() -> None:
    """
    That the page is a compound one is asserted.
    """
    k = list_stage("a")
    page = locked(k, k.listed["a"])
    assert bug_of(lambda: k.split_huge_page_to_list(page, k.from_)) == (
        "vm-bug-on",
        "an assertion about a does not hold",
    )


def test_split_of_a_hugetlb_page() -> None:
    """
    A hugetlb page is compound too, and nothing in the function stops at it: it is named here.
    """
    k = list_stage("a", said={"PageHuge(a)": 1})
    page = k.listed["a"]
    k.PageHuge(page)
    assert k.PageTransHuge(page) == 1
    k.lock_page(page)
    assert bug_of(lambda: k.split_huge_page_to_list(page, k.from_)) == (
        "split-hugetlb",
        "a, which is a hugetlb page, is split as a transparent huge page",
    )


def test_tail_of_a_head_that_is_not_counted() -> None:
    """
    The tail is counted if its head is.
    """
    k, page = _stage("a")
    del k.held[page.count]
    k.split_huge_page_to_list(locked(k, page), k.from_)
    assert [row.text for row in k.held if row.subject == "a_tail"] == [
        "page_ref(a_tail)",
        "from_list(a_tail)",
    ]
