# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast

import pytest

from errpath.migrate.migration import MIGRATE
from tests.migrate.pages.drivers import SOURCE

# The calls of each function of mm/migrate.c, Linux 5.8, in the order of its text.
CALLS = {
    "putback_movable_pages": """
        list_for_each_entry_safe PageHuge putback_active_hugepage list_del __PageMovable
        VM_BUG_ON_PAGE PageIsolated lock_page PageMovable putback_movable_page
        __ClearPageIsolated unlock_page put_page mod_node_page_state page_pgdat
        page_is_file_lru hpage_nr_pages putback_lru_page
    """,
    "unmap_and_move_huge_page": """
        hugepage_migration_supported page_hstate putback_active_hugepage get_new_page
        trylock_page lock_page page_private page_mapping PageAnon page_get_anon_vma
        trylock_page page_mapped hugetlb_page_mapping_lock_write try_to_unmap page_mapped
        move_to_new_page remove_migration_ptes i_mmap_unlock_write unlock_page put_anon_vma
        move_hugetlb_state unlock_page putback_active_hugepage put_new_page
        putback_active_hugepage
    """,
    "migrate_pages": """
        list_for_each_entry_safe cond_resched PageHuge unmap_and_move_huge_page
        unmap_and_move PageTransHuge PageHuge lock_page split_huge_page_to_list unlock_page
        list_safe_reset_next count_vm_events count_vm_events trace_mm_migrate_pages
    """,
}
NOT_IN_C = {"goto", "begin_pass", "attempt_done"}


def _functions() -> dict[str, ast.FunctionDef]:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _calls(function: ast.FunctionDef) -> list[str]:
    found = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    # Of two calls, one inside the other, the outer's name stands first.
    found.sort(key=lambda call: (call.func.end_lineno or 0, call.func.end_col_offset or 0))
    names = [
        call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
        for call in found
    ]
    return [name for name in names if name not in NOT_IN_C]


def test_functions_stand_in_the_c_s_order() -> None:
    """
    The functions are those of the C, in its order.
    """
    assert [*_functions()] == [*CALLS]


@pytest.mark.parametrize("name", CALLS)
def test_calls_stand_in_the_c_s_order(name: str) -> None:
    """
    A function makes the calls that its C makes, all of them and in the same order.
    """
    assert _calls(_functions()[name]) == CALLS[name].split()


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_reach_is_what_is_called(semantics: str) -> None:
    """
    An entry can reach what its functions call, and what an attempt on one page calls.
    """
    below = MIGRATE.vocabulary.reach[semantics]
    no_calls = {
        *("VM_BUG_ON_PAGE", "list_for_each_entry_safe", "list_safe_reset_next"),
        *("unmap_and_move", "unmap_and_move_huge_page"),
    }
    names = {
        "migrate_pages": ("migrate_pages", "unmap_and_move_huge_page"),
        "migrate_pages_and_putback": tuple(CALLS),
    }
    for entry, functions in names.items():
        called = {call for function in functions for call in CALLS[function].split()}
        reach = MIGRATE.at(entry, ("a",)).vocabulary.reach[semantics]
        assert reach == below | (called - no_calls)
