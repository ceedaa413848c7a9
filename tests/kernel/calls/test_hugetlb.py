# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed_page import ListedPage
from tests.kernel.list_stage import bug_of, list_stage, listing


def _stage(*names: str) -> tuple[ListMachine, ListedPage]:
    k = list_stage(*names, said={"PageHuge(a)": 1})
    page = k.listed["a"]
    k.PageHuge(page)
    return k, page


def test_hugetlb_page_is_compound_and_not_counted() -> None:
    """
    isolate_huge_page() does not touch NR_ISOLATED, and nobody asks whether the page is huge.
    """
    k, page = _stage("a")
    assert [row.text for row in k.held] == ["page_ref(a)", "from_list(a)"]
    assert (k.compound(page), [*k.choices]) == (True, ["PageHuge(a)"])


def test_putback_active_hugepage() -> None:
    """
    It moves the page to the end of hugepage_activelist, and drops the isolation's reference.
    """
    k, page = _stage("a", "b")
    k.putback_active_hugepage(page)
    assert (listing(k, "from_"), listing(k, "active"), k.on["a"]) == (["b"], ["a"], "hugetlb")
    assert [row.text for row in k.held if row.subject == "a"] == []


def test_last_reference_of_a_migrated_page_frees_it() -> None:
    """
    After the move the old page has no user left, and the new one stays on the active list.
    """
    k, page = _stage("a")
    k.get_new_page(page, 0)
    for one in (page, page.new):
        k.lock_page(one)
    k.move_to_new_page(page.new, page, "MIGRATE_SYNC")
    for one in (page, page.new):
        k.unlock_page(one)
        k.putback_active_hugepage(one)
    assert (listing(k, "active"), k.on) == (["a_new"], {"a": "free", "a_new": "hugetlb"})


def test_last_reference_of_an_unused_new_page_frees_it() -> None:
    """
    A new page that carries nothing goes back to the pool by its last reference.
    """
    k, page = _stage("a")
    k.get_new_page(page, 0)
    k.putback_active_hugepage(page.new)
    assert (listing(k, "active"), k.on["a_new"]) == ([], "free")


def test_putback_twice_is_found() -> None:
    """
    The second putback_active_hugepage() drops a reference that is another's.
    """
    k, page = _stage("a")
    k.putback_active_hugepage(page)
    assert bug_of(lambda: k.putback_active_hugepage(page))[0] == "refcount-underflow"


@pytest.mark.parametrize("value", ["a_mapping", "NULL"])
def test_i_mmap_rwsem_is_taken_with_the_mapping(value: str) -> None:
    """
    hugetlb_page_mapping_lock_write() takes the lock of the mapping that it gives.
    """
    k = list_stage("a", said={"hugetlb_page_mapping_lock_write(a)": value})
    page = k.listed["a"]
    k.lock_page(page)
    mapping = k.hugetlb_page_mapping_lock_write(page)
    held = [row.text for row in k.held if row.hold.name == "i_mmap_rwsem"]
    assert (mapping.name, held) == (value, ["i_mmap_rwsem(a_mapping)"] if mapping else [])
    if mapping:
        k.i_mmap_unlock_write(mapping)
        assert [row.text for row in k.held if row.hold.name == "i_mmap_rwsem"] == []


def test_size_class_is_the_page_s() -> None:
    """
    page_hstate() gives what hugepage_migration_supported() is asked of.
    """
    k = list_stage("a", said={"hugepage_migration_supported(a)": 0})
    page = k.listed["a"]
    assert k.hugepage_migration_supported(k.page_hstate(page)) == 0
