# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.calls.page_tests import NR_ISOLATED_ANON
from tests.kernel.stage import ISOLATED, held, spans, stage, trace


def test_list_del_takes_the_page_off_its_list() -> None:
    """
    list_del() ends the place on the caller's list, and the page is on none.
    """
    k, src, _ = stage()
    k.list_del(src)
    assert (trace(k), spans(k), k.on) == (
        ["list_del(src)"],
        [("from_list(src)", 0, 1)],
        {"src": None},
    )


def test_put_page_frees_a_page_that_nobody_has() -> None:
    """
    put_page() of a page on no list drops what it lived by.
    """
    k, src, _ = stage()
    k.list_del(src)
    k.put_page(src)
    assert (trace(k)[1], spans(k)[1], k.on) == (
        "put_page(src)",
        ("page_ref(src)", 0, 2),
        {"src": "free"},
    )


def test_put_page_of_a_page_that_has_an_owner() -> None:
    """
    put_page() of a page that its driver has again leaves it there.
    """
    k, src, _ = stage(*ISOLATED, "PG_locked(src)")
    k.putback_movable_page(src)
    k.put_page(src)
    assert (k.on, spans(k)) == ({"src": "driver"}, [("page_ref(src)", 0, 2)])


def test_putback_lru_page_ends_the_isolation() -> None:
    """
    putback_lru_page() puts the page on its LRU list, and drops the isolation's reference.
    """
    k, src, _ = stage()
    k.putback_lru_page(src)
    assert (trace(k), spans(k), k.on) == (
        ["putback_lru_page(src)"],
        [("page_ref(src)", 0, 1)],
        {"src": "lru"},
    )


@pytest.mark.parametrize(
    ("name", "place"), [("putback_movable_page", "driver"), ("__ClearPageIsolated", "from_list")]
)
def test_end_of_a_movable_page_s_isolation(name: str, place: str) -> None:
    """
    A movable page is its driver's again, or nobody's; in both cases no reference goes.
    """
    locked = *ISOLATED, "PG_locked(src)"
    k, src, _ = stage(*locked)
    getattr(k, name)(src)
    assert (trace(k), held(k), k.on) == ([f"{name}(src)"], list(locked), {"src": place})


@pytest.mark.parametrize("name", ["ClearPageActive", "ClearPageUnevictable"])
def test_clearing_flags_changes_nothing_else(name: str) -> None:
    """
    Clearing a flag is an event, and no more.
    """
    k, src, _ = stage()
    getattr(k, name)(src)
    assert (trace(k), held(k), k.on) == ([f"{name}(src)"], list(ISOLATED), {"src": "from_list"})


@pytest.mark.parametrize("pages", [1, 512])
def test_mod_node_page_state_ends_the_count(pages: int) -> None:
    """
    Subtracting from NR_ISOLATED ends the page's count, by as many base pages as it has.
    """
    k, src, _ = stage()
    k.mod_node_page_state(src, NR_ISOLATED_ANON, -pages)
    assert (trace(k), spans(k), k.counters) == (
        ["mod_node_page_state(src)"],
        [("NR_ISOLATED(src)", 0, 1)],
        {"NR_ISOLATED": -pages},
    )


def test_mod_node_page_state_counts() -> None:
    """
    Adding to NR_ISOLATED counts the page.
    """
    k, src, _ = stage("page_ref(src)")
    k.mod_node_page_state(src, NR_ISOLATED_ANON, 1)
    assert (held(k), k.counters) == (["page_ref(src)", "NR_ISOLATED(src)"], {"NR_ISOLATED": 1})
