# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.linux import Linux
from errpath.kernel.page import Page
from errpath.vocabulary.choice import Value
from tests.kernel.stage import ISOLATED, held, stage, trace

TESTS: dict[str, tuple[Value, ...]] = {
    "PageTransHuge": (0, 1),
    "page_count": (2, 1),
    "__PageMovable": (0, 1),
    "PageMovable": (1, 0),
    "PageWriteback": (0, 1),
    "PageAnon": (0, 1),
    "PageKsm": (0, 1),
    "page_has_private": (0, 1),
    "page_mapped": (1, 0),
}


def _ask(k: Linux, name: str, page: Page) -> Value:
    answer: Value = getattr(k, name)(page)
    return answer


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in TESTS.items() for value in values]
)
def test_answer_is_asked_once(name: str, value: Value) -> None:
    """
    A test of a page gives what the environment says, and is not asked a second time.
    """
    call = f"{name}(src)"
    k, src, _ = stage(*ISOLATED, "PG_locked(src)", answers={call: value})
    assert ([_ask(k, name, src), _ask(k, name, src)], trace(k), k.choices) == (
        [value, value],
        [f"{call} = {value}"] * 2,
        {call: value},
    )


@pytest.mark.parametrize(("name", "values"), TESTS.items())
def test_default_goes_the_caller_s_way(name: str, values: tuple[Value, ...]) -> None:
    """
    Left alone, a test answers as for an ordinary mapped page.
    """
    k, src, _ = stage(*ISOLATED, "PG_locked(src)")
    assert _ask(k, name, src) == values[0]


@pytest.mark.parametrize("name", [name for name in TESTS if name != "__PageMovable"])
def test_tests_leave_the_ledger_alone(name: str) -> None:
    """
    A test only reads.
    """
    k, src, _ = stage(*ISOLATED, "PG_locked(src)")
    _ask(k, name, src)
    assert held(k) == [*ISOLATED, "PG_locked(src)"]


@pytest.mark.parametrize(("movable", "expected"), [(0, ISOLATED), (1, ISOLATED[:2])])
def test_movable_pages_are_not_counted(movable: int, expected: tuple[str, ...]) -> None:
    """
    NR_ISOLATED counts LRU pages only: what turns out movable was never in it.
    """
    k, src, _ = stage(answers={"__PageMovable(src)": movable})
    _ask(k, "__PageMovable", src)
    assert (held(k), k.ledger.spans) == (list(expected), [])


@pytest.mark.parametrize("value", [1, 0])
def test_thp_migration_supported(value: int) -> None:
    """
    thp_migration_supported() is about the machine, not about a page.
    """
    k, *_ = stage(answers={"thp_migration_supported()": value})
    assert (k.thp_migration_supported(), trace(k)) == (
        value,
        [f"thp_migration_supported() = {value}"],
    )


@pytest.mark.parametrize(("value", "expected"), [("set", True), ("NULL", False)])
def test_mapping(value: str, expected: bool) -> None:  # noqa: FBT001 - what is expected
    """
    A read of page->mapping is a choice, asked once, and no event.
    """
    k, src, _ = stage(answers={"src->mapping": value})
    assert ([src.mapping, src.mapping], trace(k), k.choices) == (
        [expected] * 2,
        [],
        {"src->mapping": value},
    )


def test_page_pgdat_gives_the_page() -> None:
    """
    page_pgdat() stands for the page's node: no choice, but an event.
    """
    k, src, _ = stage()
    assert (k.page_pgdat(src), trace(k), k.choices) == (src, ["page_pgdat(src)"], {})


@pytest.mark.parametrize(("anon", "file"), [(0, 1), (1, 0)])
def test_page_is_file_lru(anon: int, file: int) -> None:
    """
    An anonymous page belongs on no file LRU; that follows, it is not asked.
    """
    k, src, _ = stage(answers={"PageAnon(src)": anon})
    k.PageAnon(src)
    assert (k.page_is_file_lru(src), k.choices) == (file, {"PageAnon(src)": anon})


def test_hpage_nr_pages() -> None:
    """
    The model counts what was isolated as one, whatever its size.
    """
    k, src, _ = stage()

    assert k.hpage_nr_pages(src) == 1
