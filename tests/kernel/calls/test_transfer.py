# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.page import NULL
from errpath.vocabulary.errno import spell
from tests.kernel.stage import ISOLATED, held, spans, stage, taken, trace

BOTH = *ISOLATED, "page_ref(dst)", "PG_locked(src)", "PG_locked(dst)"


def test_get_new_page_gives_a_page_with_a_reference() -> None:
    """
    get_new_page() gives dst, whose first reference is the caller's; it is on no list.
    """
    k, src, dst = stage()
    assert (k.get_new_page(src, 0), trace(k), taken(k), k.on) == (
        dst,
        ["get_new_page(src) = dst"],
        {"page_ref(dst)": 1},
        {"src": "from_list", "dst": None},
    )


def test_get_new_page_without_memory() -> None:
    """
    get_new_page() gives NULL if no memory is left, and then there is no dst.
    """
    k, src, _ = stage(answers={"get_new_page(src)": "NULL"})
    assert (k.get_new_page(src, 0), trace(k), taken(k), k.on) == (
        NULL,
        ["get_new_page(src) = NULL"],
        {},
        {"src": "from_list"},
    )


def test_put_new_page_takes_the_page_back() -> None:
    """
    put_new_page() ends the reference of the allocation: the page is its giver's again.
    """
    k, src, dst = stage()
    k.put_new_page(k.get_new_page(src, 0), 0)
    assert (trace(k)[1], spans(k), k.on["dst"], dst.name) == (
        "put_new_page(dst)",
        [("page_ref(dst)", 1, 2)],
        "caller",
        "dst",
    )


def test_move_to_new_page_carries_the_data() -> None:
    """
    move_to_new_page() that gives 0 has moved the data.
    """
    k, src, dst = stage(*BOTH)
    assert (k.move_to_new_page(dst, src, "MIGRATE_SYNC"), trace(k), k.carries, held(k)) == (
        0,
        ["move_to_new_page(dst, src) = 0"],
        {"dst"},
        list(BOTH),
    )


@pytest.mark.parametrize("errno", [-11, -16, -12, -5, -22])
def test_move_to_new_page_fails(errno: int) -> None:
    """
    move_to_new_page() that gives an errno has moved nothing.
    """
    k, src, dst = stage(*BOTH, answers={"move_to_new_page(dst, src)": errno})
    assert (k.move_to_new_page(dst, src, "MIGRATE_SYNC"), trace(k), k.carries) == (
        errno,
        [f"move_to_new_page(dst, src) = {spell(errno)}"],
        set(),
    )


def test_move_to_new_page_of_a_movable_page() -> None:
    """
    The driver of a movable page has the new one as soon as it carries the data.
    """
    k, src, dst = stage(*BOTH, answers={"__PageMovable(src)": 1})
    k.__PageMovable(src)
    k.move_to_new_page(dst, src, "MIGRATE_SYNC")
    assert k.on["dst"] == "driver"


def test_set_page_owner_migrate_reason_needs_no_reference() -> None:
    """
    set_page_owner_migrate_reason() writes to page_ext, which outlives every page.
    """
    k, _, dst = stage()
    k.set_page_owner_migrate_reason(dst, "MR_COMPACTION")
    assert (trace(k), held(k)) == (["set_page_owner_migrate_reason(dst)"], list(ISOLATED))
