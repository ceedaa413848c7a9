# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.findings import KernelBug
from errpath.kernel.pages.list_head import list_add, list_add_tail, list_del
from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.walk import Walk, list_for_each_entry_safe
from tests.kernel.list_stage import list_stage


def _walk(k: ListMachine) -> Walk:
    return list_for_each_entry_safe(k, k.from_)


def test_walk_goes_over_every_page() -> None:
    """
    A walk gives each page of the list in order, and ends at the head.
    """
    k = list_stage("a", "b", "c")
    assert [page.name for page in _walk(k)] == ["a", "b", "c"]


def test_page_may_leave_the_list_it_is_walked_on() -> None:
    """
    The lookahead was read before: the page that the walk is at can be deleted.
    """
    k = list_stage("a", "b", "c")
    seen = []
    for page in _walk(k):
        seen.append(page.name)
        list_del(page.lru, 1)
    assert (seen, [*k.from_.pages()]) == (["a", "b", "c"], [])


def test_page_that_comes_to_the_end_is_walked_over() -> None:
    """
    What is added at the end while another page follows is found by the same walk.
    """
    k = list_stage("a", "b")
    seen = []
    for page in _walk(k):
        seen.append(page.name)
        if page.name == "a":
            list_add_tail(page.tail.lru, k.from_)
    assert seen == ["a", "b", "a_tail"]


@pytest.mark.parametrize(("reset", "expected"), [(False, ["a"]), (True, ["a", "a_tail"])])
def test_lookahead_of_the_last_page_is_the_head(reset: bool, expected: list[str]) -> None:  # noqa: FBT001 - the parameter's name
    """
    Behind the last page the lookahead is stale until list_safe_reset_next() reads it anew.
    """
    k = list_stage("a")
    seen = []
    walk = _walk(k)
    for page in walk:
        seen.append(page.name)
        if page.name == "a":
            list_add_tail(page.tail.lru, k.from_)
            if reset:
                walk.list_safe_reset_next(page)
    assert seen == expected


def _strayed(walk: Walk) -> tuple[str, str, bool]:
    with pytest.raises(KernelBug) as found:
        list(walk)
    return found.value.name, found.value.says, found.value.at_event


def test_walk_through_a_poisoned_link() -> None:
    """
    A lookahead that was read out of a deleted page is poison, and the next step an oops.
    """
    k = list_stage("a", "b")
    walk = _walk(k)
    page = next(walk)
    k.list_del(page)
    walk.list_safe_reset_next(page)
    with pytest.raises(KernelBug) as found:
        next(walk)
    bug = found.value
    assert (bug.name, bug.since, bug.way) == ("list-poison", 1, "taken off its list")
    assert bug.says == "the walk over the caller's list goes on through the poisoned link of a"


def test_walk_into_the_head_of_another_list() -> None:
    """
    A page that is alone on the LRU list leads to its head, which is then taken for a page.
    """
    k = list_stage("a", "b")
    walk = _walk(k)
    page = next(walk)
    list_del(page.lru, 1)
    list_add(page.lru, k.lru)
    walk.list_safe_reset_next(page)
    assert _strayed(walk) == (
        "list-head-as-page",
        (
            "the walk over the caller's list goes on from a to the head of the LRU list, and "
            "takes it for a page"
        ),
        False,
    )


def test_walk_into_another_list() -> None:
    """
    A page on the LRU list leads to the next page there, which nobody isolated.
    """
    k = list_stage("a", "b")
    walk = _walk(k)
    for name in ("b", "a"):
        list_del(k.listed[name].lru, 1)
        list_add(k.listed[name].lru, k.lru)
    walk.ahead = k.listed["a"].lru.next
    assert _strayed(walk) == (
        "wrong-list",
        (
            "the walk over the caller's list goes on from the caller's list to b, which is on "
            "the LRU list, and nobody isolated it"
        ),
        False,
    )


def test_walk_to_a_page_on_no_list() -> None:
    """
    A lookahead that was deleted meanwhile is still gone to.
    """
    k = list_stage("a", "b")
    walk = _walk(k)
    next(walk)
    list_del(k.listed["b"].lru, 1)
    assert _strayed(walk)[:2] == (
        "wrong-list",
        "the walk over the caller's list goes on from a to b, which is on no list",
    )
