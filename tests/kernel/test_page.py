# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.kernel.page import NULL
from tests.kernel.stage import stage


def test_page_is_true_and_null_is_not() -> None:
    """
    Pointers are tested as in C: NULL alone is false.
    """
    _, src, _ = stage()
    assert [bool(src), bool(NULL)] == [True, False]


def test_page_shows_as_its_name() -> None:
    """
    A page, and NULL, show under the names that a trace gives them.
    """
    _, src, dst = stage()
    assert [repr(src), repr(dst), NULL.name] == ["src", "dst", "NULL"]


def test_page_keeps_its_items() -> None:
    """
    A page has at hand each item that the ledger can count for it.
    """
    _, src, _ = stage()
    found = [src.PG_locked, src.ref, src.from_list, src.count, src.entries]
    assert [item.text for item in found] == [
        "PG_locked(src)",
        "page_ref(src)",
        "from_list(src)",
        "NR_ISOLATED(src)",
        "migration_entries(src)",
    ]
