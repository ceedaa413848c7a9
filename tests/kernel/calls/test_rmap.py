# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.calls.rmap import ANON_VMA
from errpath.kernel.page import NULL
from tests.kernel.stage import ISOLATED, spans, stage, taken, trace

LOCKED = *ISOLATED, "PG_locked(src)"


def test_page_get_anon_vma_takes_a_reference() -> None:
    """
    page_get_anon_vma() gives the anon_vma, with a reference to it.
    """
    k, src, _ = stage()
    assert (k.page_get_anon_vma(src), trace(k), taken(k)) == (
        ANON_VMA,
        ["page_get_anon_vma(src) = anon_vma"],
        {"anon_vma_ref(anon_vma)": 1},
    )


def test_page_get_anon_vma_of_a_page_that_nobody_maps() -> None:
    """
    page_get_anon_vma() gives NULL, and no reference, if the anon_vma is gone.
    """
    k, src, _ = stage(answers={"page_get_anon_vma(src)": "NULL"})
    assert (k.page_get_anon_vma(src), trace(k), taken(k)) == (
        NULL,
        ["page_get_anon_vma(src) = NULL"],
        {},
    )


def test_put_anon_vma_drops_the_reference() -> None:
    """
    put_anon_vma() closes the row of the reference.
    """
    k, src, _ = stage()
    k.put_anon_vma(k.page_get_anon_vma(src))
    assert (trace(k)[1:], spans(k)) == (
        ["put_anon_vma(anon_vma)"],
        [("anon_vma_ref(anon_vma)", 1, 2)],
    )


def test_second_reference_has_a_row_of_its_own() -> None:
    """
    A reference that is taken twice is held twice, and the later one is dropped first.
    """
    k, src, _ = stage()
    k.page_get_anon_vma(src)
    k.page_get_anon_vma(src)
    twice = [(item.text, step) for item, step in k.ledger.more]
    k.put_anon_vma(ANON_VMA)
    assert (twice, k.ledger.more, spans(k), taken(k)) == (
        [("anon_vma_ref(anon_vma)", 2)],
        [],
        [("anon_vma_ref(anon_vma)", 2, 3)],
        {"anon_vma_ref(anon_vma)": 1},
    )


@pytest.mark.parametrize(("value", "mapped"), [("true", 0), ("false", 1)])
def test_try_to_unmap_leaves_entries(value: str, mapped: int) -> None:
    """
    try_to_unmap() leaves migration entries also if some page table still maps the page.
    """
    k, src, _ = stage(*LOCKED, answers={"try_to_unmap(src)": value})
    found = (k.page_mapped(src), k.try_to_unmap(src), k.page_mapped(src), trace(k), taken(k))
    assert found == (
        1,
        value == "true",
        mapped,
        ["page_mapped(src) = 1", f"try_to_unmap(src) = {value}", f"page_mapped(src) = {mapped}"],
        {"migration_entries(src)": 2},
    )


def test_remove_migration_ptes_maps_again() -> None:
    """
    remove_migration_ptes() closes the row of the entries, and the page is mapped again.
    """
    k, src, _ = stage(*LOCKED)
    k.try_to_unmap(src)
    k.remove_migration_ptes(src, src, 0)
    assert (k.page_mapped(src), trace(k)[1], spans(k)) == (
        1,
        "remove_migration_ptes(src, src)",
        [("migration_entries(src)", 1, 2)],
    )


def test_remove_migration_ptes_maps_the_new_page() -> None:
    """
    The entries of the old page can become mappings of the new one: the old stays unmapped.
    """
    k, src, dst = stage(*LOCKED, "page_ref(dst)")
    k.try_to_unmap(src)
    k.remove_migration_ptes(src, dst, 0)
    assert (k.page_mapped(src), trace(k)[1], spans(k)) == (
        0,
        "remove_migration_ptes(src, dst)",
        [("migration_entries(src)", 1, 2)],
    )
