# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed_page import ListedPage
from errpath.vocabulary.choice import Value
from tests.kernel.list_stage import bug_of, list_stage


def _put_back(said: dict[str, Value]) -> tuple[ListMachine, ListedPage]:
    k = list_stage("a", said={"PageTransHuge(a)": 1, **said})
    page = k.listed["a"]
    k.PageTransHuge(page)
    k.list_del(page)
    k.putback_lru_page(page)
    return k, page


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"a->extra_pins": 1}, ["a->extra_pins"]),
        ({}, ["a->extra_pins", "page_mapped(a)"]),
        (
            {"page_mapped(a)": 0, "a->mapping": "set"},
            ["a->extra_pins", "page_mapped(a)", "PageAnon(a)", "a->mapping"],
        ),
        (
            {"page_mapped(a)": 0, "PageAnon(a)": 1, "PageSwapCache(a)": 1},
            ["a->extra_pins", "page_mapped(a)", "PageAnon(a)", "PageSwapCache(a)"],
        ),
    ],
    ids=["pin", "page tables", "page cache", "swap cache"],
)
def test_touch_of_a_page_that_others_keep(said: dict[str, Value], asked: list[str]) -> None:
    """
    The kernel would go on, so the run does; it is asked only until somebody keeps the page.
    """
    k, page = _put_back(said)
    k.lock_page(page)
    k.unlock_page(page)
    assert [(step, ref.text) for step, ref in k.touched] == [(4, "page_ref(a)"), (5, "page_ref(a)")]
    assert [*k.choices][1:] == asked


@pytest.mark.parametrize(
    "said",
    [
        {"page_mapped(a)": 0, "a->mapping": "NULL"},
        {"page_mapped(a)": 0, "PageAnon(a)": 1},
    ],
    ids=["file", "anon"],
)
def test_touch_of_a_page_that_nobody_keeps_ends_the_run(said: dict[str, Value]) -> None:
    """
    A page that can be freed at any time may be another's by now.
    """
    k, page = _put_back(said)
    expected = ("use-after-put", "touches a, on which no reference is held")
    assert bug_of(lambda: k.lock_page(page)) == expected
    assert k.touched == []


def test_pagevec_keeps_its_pages() -> None:
    """
    A base page that waits in the pagevec is kept by it, and nobody is asked who keeps it.
    """
    k = list_stage("a")
    page = k.listed["a"]
    k.list_del(page)
    k.putback_lru_page(page)
    k.ClearPageActive(page)
    assert ([step for step, _ in k.touched], [*k.choices]) == ([3], ["PageTransHuge(a)"])


@pytest.mark.parametrize("value", [0, 1])
def test_driver_keeps_its_pages_and_a_freed_page_is_nobody_s(value: int) -> None:
    """
    After the last put a page that its driver has is kept; one that it disowned is free.
    """
    k = list_stage("a", said={"PageMovable(a)": value})
    page = k.listed["a"]
    k.list_del(page)
    k.lock_page(page)
    if k.PageMovable(page):
        k.putback_movable_page(page)
    k.unlock_page(page)
    k.put_page(page)
    assert (k.on["a"], k.alive(page)) == (("driver", True) if value else ("free", False))


def test_hugetlb_s_list_keeps_its_pages() -> None:
    """
    A page on hugepage_activelist is in use.
    """
    k = list_stage("a", said={"PageHuge(a)": 1})
    page = k.listed["a"]
    k.PageHuge(page)
    k.putback_active_hugepage(page)
    assert k.alive(page)


def test_new_page_is_nobody_s_business_after_its_last_put() -> None:
    """
    Its new owner may have changed it: a touch of it ends the run.
    """
    k = list_stage("a")
    new = k.get_new_page(k.listed["a"], 0)
    k.putback_lru_page(new)
    assert bug_of(lambda: k.lock_page(new))[0] == "use-after-put"


def test_read_of_the_mapping_is_a_touch() -> None:
    """
    A read of page->mapping through a page that was put is one, too.
    """
    k, page = _put_back({"a->extra_pins": 1})
    assert page.mapping
    assert [ref.text for _, ref in k.touched] == ["page_ref(a)"]


def test_read_of_the_mapping_of_a_page_that_is_gone() -> None:
    """
    The sentence says what was read.
    """
    page = _put_back({"page_mapped(a)": 0, "a->mapping": "NULL"})[1]
    assert bug_of(lambda: page.mapping) == (
        "use-after-put",
        "a read of page->mapping touches a, on which no reference is held",
    )


def test_page_that_is_deleted_from_the_lru_list() -> None:
    """
    list_del() of a page that is not the caller's any more takes it off the list it is on.
    """
    k, page = _put_back({"a->extra_pins": 1})
    assert bug_of(lambda: k.list_del(page)) == (
        "wrong-list",
        "deletes a from the LRU list, from which nobody isolated it",
    )


def test_page_that_is_deleted_twice() -> None:
    """
    list_del() of a page that is on no list any more is the ledger's finding.
    """
    k = list_stage("a")
    k.list_del(k.listed["a"])
    assert bug_of(lambda: k.list_del(k.listed["a"])) == (
        "list-del-off-list",
        "deletes a from a list that it is not on",
    )
