# SPDX-License-Identifier: GPL-2.0-only
"""
What a failed allocation in post does, and a move that gives -ENOMEM in both.
"""

from __future__ import annotations

import pytest

from errpath.contracts.situation import Words
from errpath.kernel.run import Run
from errpath.vocabulary.errno import EBUSY, ENOMEM
from tests.kernel.list_stage import Said
from tests.migrate.pages.running import (
    SEMANTICS,
    calls,
    changed,
    complaints_of,
    held,
    place,
    run,
    sentences_of,
)

PUT_BACK = """
    cond_resched() | trylock_page(a) = 1 | get_new_page(a) = NULL | unlock_page(a) | list_del(a)
    | mod_node_page_state(a) | putback_lru_page(a)
"""
SPLIT = "lock_page(a) | split_huge_page_to_list(a) = 0 | unlock_page(a)"
END = "count_vm_events(PGMIGRATE_FAIL) | trace_mm_migrate_pages()"
WALK = "the walk over the caller's list goes on"
NO_MEMORY = {"get_new_page(a)": "NULL"}


def _bug(found: Run) -> tuple[str, str]:
    assert found.bug is not None
    assert found.returns is None
    return found.bug.name, found.bug.says


def test_base_page_is_put_back_and_then_read() -> None:
    """
    Post gives the page back to the LRU, and migrate_pages() asks the page whether it is huge.
    """
    found = run("post", "a b", said=NO_MEMORY)
    assert found.calls() == calls(f"{PUT_BACK} | {END}")
    assert (found.returns, place(found, "a", "b")) == (-ENOMEM, {"a": "pagevec", "b": "from_list"})
    assert held(found) == ["page_ref(b)", "from_list(b)", "NR_ISOLATED(b)"]
    says = "touches a, and this thread's last reference went with [putback_lru_page(a)]"
    assert sentences_of(found, "a b") == [f"[PageTransHuge(a) = 0] {says}: only others keep it"]


def test_pre_leaves_the_page_with_its_caller() -> None:
    """
    The same in pre touches nothing that is not the caller's.
    """
    found = run("pre", "a b", said=NO_MEMORY)
    assert (found.returns, place(found, "a"), complaints_of(found, "a b")) == (
        -ENOMEM,
        {"a": "from_list"},
        [],
    )


def test_huge_page_is_put_back_and_not_split() -> None:
    """
    Without a pin of its own the split fails, so what pre migrates in post does not even split.
    """
    found = run("post", "a b", {"a": "thp"}, NO_MEMORY)
    locked = "lock_page(a) | split_huge_page_to_list(a) = -EBUSY | unlock_page(a)"
    assert found.calls() == calls(f"{PUT_BACK} | {locked} | {END}")
    assert (found.returns, place(found, "a", "b")) == (-EBUSY, {"a": "lru", "b": "from_list"})
    assert changed(found) == {"NR_ISOLATED": -2, "PGMIGRATE_FAIL": 1, "passes": 1}
    assert found.final["a"]["PageLRU"]
    says = "touches a, and this thread's last reference went with [putback_lru_page(a)]"
    more = "only others keep it, as 4 later calls do"
    assert sentences_of(found, "a b") == [f"[PageTransHuge(a) = 1] {says}: {more}"]


def test_another_s_pin_lets_the_split_of_a_page_on_the_lru_succeed() -> None:
    """
    The head is tried again where it is: it is deleted from the LRU list, which no lock guards.
    """
    found = run("post", "a b", {"a": ("thp", "pinned")}, NO_MEMORY)
    again = "cond_resched() | trylock_page(a) = 1 | get_new_page(a) = NULL | unlock_page(a)"
    assert found.calls() == calls(f"{PUT_BACK} | {SPLIT} | {again} | list_del(a)")
    assert _bug(found) == (
        "wrong-list",
        "deletes a from the LRU list, from which nobody isolated it",
    )
    assert {name: found.final[name] for name in ("a", "a_tail")} == {
        "a": {
            "on": "lru",
            "locked": False,
            "isolated": False,
            "counted": False,
            "unmapped": False,
            "poisoned": False,
            "PageLRU": True,
            "migrated": False,
        },
        "a_tail": {
            "on": "lru",
            "locked": False,
            "isolated": False,
            "counted": False,
            "unmapped": False,
            "poisoned": False,
            "PageLRU": False,
            "migrated": False,
            "absent": False,
        },
    }
    assert place(found, "b") == {"b": "from_list"}


def test_walk_goes_on_in_the_lru_list() -> None:
    """
    If the head is busy then, the walk takes the head of the LRU list for the next page.
    """
    said = {**NO_MEMORY, "trylock_page(a)": (1, 0)}
    found = run("post", "a b", {"a": ("thp", "pinned")}, said)
    assert found.calls() == calls(f"{PUT_BACK} | {SPLIT} | cond_resched() | trylock_page(a) = 0")
    assert _bug(found) == (
        "list-head-as-page",
        f"{WALK} from a to the head of the LRU list, and takes it for a page",
    )


def test_walk_goes_on_to_a_page_that_nobody_isolated() -> None:
    """
    With a page on the LRU list, the walk migrates what is not its own.
    """
    words: Words = {"a": "thp", "b": ("thp", "pinned")}
    said = {
        "move_to_new_page(a_new, a)": -EBUSY,
        "get_new_page(b)": "NULL",
        "trylock_page(b)": (1, 0),
    }
    assert _bug(run("post", "a b", words, said)) == (
        "wrong-list",
        f"{WALK} from b to a, which is on the LRU list, and nobody isolated it",
    )


def test_page_that_nobody_keeps_is_gone() -> None:
    """
    Where neither page tables nor cache nor pin keep the page, the read is one after free.
    """
    found = run("post", "a", {"a": ("thp", "unmapped", "no_mapping")}, NO_MEMORY)
    assert found.calls() == calls(PUT_BACK)
    assert _bug(found) == ("use-after-put", "touches a, on which no reference is held")
    assert found.trace[-1].text == "PageTransHuge(a) = 1"


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_move_that_gives_no_memory_does_so_in_both(semantics: str) -> None:
    """
    -ENOMEM of move_to_new_page() has put the page back, too: pre reads it afterwards as well.
    """
    found = run(semantics, "a", said={"move_to_new_page(a_new, a)": -ENOMEM})
    assert (found.returns, place(found, "a")) == (-ENOMEM, {"a": "pagevec"})
    assert complaints_of(found) == ["touch"]


@pytest.mark.parametrize(
    ("said", "touched"),
    [
        ({"move_to_new_page(a_new, a)": -ENOMEM}, ["PageTransHuge(a) = 1", "PageHuge(a) = 1"]),
        ({"get_new_page(a)": "NULL"}, []),
    ],
    ids=["move", "allocation"],
)
def test_hugetlb_page_after_no_memory(said: Said, touched: list[str]) -> None:
    """
    A hugetlb page whose allocation fails is the caller's; one whose move does is not.
    """
    found = run("pre", "a", {"a": "hugetlb"}, said)
    assert [found.trace[step - 1].text for step, _ in found.touched] == touched
