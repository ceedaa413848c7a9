# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast

import pytest

from errpath.migrate.semantics import SEMANTICS
from errpath.migrate.words import VOCABULARY
from tests.migrate.sources import functions_of

# The calls of each function of mm/migrate.c, Linux 5.8, in the order of its text; and the
# same with the patch applied.
CALLS = {
    ("pre", "__unmap_and_move"): """
        __PageMovable trylock_page lock_page PageWriteback wait_on_page_writeback PageAnon
        PageKsm page_get_anon_vma trylock_page move_to_new_page VM_BUG_ON_PAGE PageAnon
        page_has_private try_to_free_buffers page_mapped VM_BUG_ON_PAGE PageAnon PageKsm
        try_to_unmap page_mapped move_to_new_page remove_migration_ptes unlock_page
        put_anon_vma unlock_page put_page putback_lru_page
    """,
    ("pre", "unmap_and_move"): """
        thp_migration_supported PageTransHuge page_count ClearPageActive ClearPageUnevictable
        __PageMovable lock_page PageMovable __ClearPageIsolated unlock_page get_new_page
        __unmap_and_move set_page_owner_migrate_reason list_del __PageMovable
        mod_node_page_state page_pgdat page_is_file_lru hpage_nr_pages put_page
        set_hwpoison_free_buddy_page num_poisoned_pages_inc __PageMovable putback_lru_page
        lock_page PageMovable putback_movable_page __ClearPageIsolated unlock_page put_page
        put_new_page put_page
    """,
    ("post", "__unmap_and_move"): """
        __PageMovable PageAnon PageKsm page_get_anon_vma get_new_page trylock_page
        move_to_new_page VM_BUG_ON_PAGE PageAnon page_has_private try_to_free_buffers
        page_mapped VM_BUG_ON_PAGE PageAnon PageKsm try_to_unmap page_mapped move_to_new_page
        remove_migration_ptes unlock_page set_page_owner_migrate_reason put_page
        putback_lru_page put_new_page put_page put_anon_vma
    """,
    ("post", "unmap_and_move"): """
        thp_migration_supported PageTransHuge page_count ClearPageActive ClearPageUnevictable
        __PageMovable lock_page PageMovable __ClearPageIsolated unlock_page trylock_page
        lock_page PageWriteback wait_on_page_writeback __unmap_and_move unlock_page list_del
        __PageMovable mod_node_page_state page_pgdat page_is_file_lru hpage_nr_pages put_page
        set_hwpoison_free_buddy_page num_poisoned_pages_inc __PageMovable putback_lru_page
        lock_page PageMovable putback_movable_page __ClearPageIsolated unlock_page put_page
    """,
}


def _calls(function: ast.FunctionDef) -> list[str]:
    found = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    found.sort(key=lambda called: (called.end_lineno or 0, called.end_col_offset or 0))
    names = [
        called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
        for called in found
    ]
    return [name for name in names if name != "goto"]


@pytest.mark.parametrize(("semantics", "name"), CALLS)
def test_calls_stand_in_the_c_s_order(semantics: str, name: str) -> None:
    """
    A function makes the calls that its C makes, all of them and in the same order.
    """
    assert _calls(functions_of(semantics)[name]) == CALLS[semantics, name].split()


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_reach_is_what_is_called(semantics: str) -> None:
    """
    The primitives that a semantics can reach are those that its functions call.
    """
    called = {name for key, names in CALLS.items() if key[0] == semantics for name in names.split()}
    assert VOCABULARY.reach[semantics] == called - {"__unmap_and_move", "VM_BUG_ON_PAGE"}


def test_semantics_are_named_by_what_they_are() -> None:
    """
    The registry has each version under its name, with a line that says which it is.
    """
    assert {name: (s.name, s.says) for name, s in SEMANTICS.items()} == {
        "pre": ("pre", "Linux 5.8"),
        "post": (
            "post",
            'Linux 5.8 with "mm/migrate: Defer allocating new page until needed"',
        ),
    }
