# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.kernel.pages.list_head import (
    LIST_POISON1,
    LIST_POISON2,
    ListHead,
    list_add,
    list_add_tail,
    list_del,
    list_del_init,
    list_move_tail,
)
from tests.kernel.list_stage import bug_of, list_stage, listing


def test_caller_s_list_has_its_pages_in_order() -> None:
    """
    A run starts with the named pages on the caller's list, in their order.
    """
    assert listing(list_stage("a", "b", "c"), "from_") == ["a", "b", "c"]


def test_list_add_puts_a_node_in_front() -> None:
    """
    list_add() puts a node behind the head, list_add_tail() before it.
    """
    k = list_stage("a", "b")
    for name, add in (("a_new", list_add), ("b_new", list_add), ("a_tail", list_add_tail)):
        add(k.listed[name].lru, k.lru)
    assert listing(k, "lru") == ["b_new", "a_new", "a_tail"]
    assert k.listed["a_tail"].lru.list is k.lru


def test_list_add_tail_beside_a_page() -> None:
    """
    Before a page that is on a list, the node is on that page's list.
    """
    k = list_stage("a", "b")
    list_add_tail(k.listed["b_tail"].lru, k.listed["b"].lru)
    assert listing(k, "from_") == ["a", "b_tail", "b"]
    assert k.listed["b_tail"].lru.list is k.from_


def test_list_del_poisons() -> None:
    """
    list_del() takes the node out and leaves poison in it.
    """
    k = list_stage("a", "b", "c")
    link = k.listed["b"].lru
    list_del(link, 7)
    assert listing(k, "from_") == ["a", "c"]
    assert (link.next, link.prev) == (LIST_POISON1, LIST_POISON2)
    assert (link.list, link.poisoned) == (None, 7)


def test_list_del_of_a_poisoned_node() -> None:
    """
    CONFIG_DEBUG_LIST stops at the second list_del() of a node, and at a move of it.
    """
    k = list_stage("a")
    link = k.listed["a"].lru
    list_del(link, 3)
    expected = ("list-del-off-list", "deletes a, whose link is poisoned: it is on no list")
    assert bug_of(lambda: list_del(link, 4)) == expected
    assert bug_of(lambda: list_move_tail(link, k.active)) == expected


def test_list_del_init_leaves_the_node_to_itself() -> None:
    """
    list_del_init() takes the node out, and it points at itself.
    """
    k = list_stage("a", "b")
    link = k.listed["a"].lru
    list_del_init(link)
    assert listing(k, "from_") == ["b"]
    assert (link.next, link.prev, link.list) == (link, link, None)


def test_list_move_tail() -> None:
    """
    list_move_tail() takes the node out of its list and puts it at the end of another.
    """
    k = list_stage("a", "b", "c")
    for name in ("c", "a"):
        list_move_tail(k.listed[name].lru, k.active)
    assert (listing(k, "from_"), listing(k, "active")) == (["b"], ["c", "a"])


def test_node_on_two_lists() -> None:
    """
    A node that is added while it is on a list is found when it is added.
    """
    k = list_stage("a", "b")
    expected = ("list-double-add", "adds a to a list, and it is on the caller's list")
    assert bug_of(lambda: list_add(k.listed["a"].lru, k.lru)) == expected
    assert bug_of(lambda: list_add_tail(k.listed["a"].lru, k.from_)) == expected


def test_next_run_starts_with_clean_lists() -> None:
    """
    Nothing of the lists of a run is left in the next.
    """
    k = list_stage("a", "b")
    for name in ("a_tail", "a_new"):
        list_add(k.listed[name].lru, k.lru)
    list_del(k.listed["b"].lru, 1)
    k.start(k.environment)
    assert (listing(k, "from_"), listing(k, "lru")) == (["a", "b"], [])
    assert k.listed["a_tail"].lru.list is None


def test_node_reads_as_what_it_is() -> None:
    """
    A node shows the list that it heads, or its page.
    """
    assert repr(ListHead("the LRU list")) == "the LRU list"
