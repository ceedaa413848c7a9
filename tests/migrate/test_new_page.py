# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.run import Run
from errpath.migrate.new_page import one_fate
from errpath.vocabulary.choice import Value
from tests.kernel.stage import ISOLATED, stage

UNUSED: dict[str, Value] = {"move_to_new_page(dst, src)": -11}
BY_CALLBACK = "the new page is not used, and the caller gives put_new_page()"
BY_PUT_PAGE = "the new page is not used, and the caller gives no put_new_page()"
STEP = "so {0}() is to let go of it, but {{4}} does"


def _run(way: str, returns: int, answers: dict[str, Value], *, asked: bool = True) -> Run:
    """
    Allocate a page, try to move the data, and let go of it in some way.
    """
    k, src, dst = stage(*ISOLATED, "PG_locked(src)", "PG_locked(dst)", answers=answers)
    k.__PageMovable(src)
    new = k.get_new_page(src, 0)
    if new:
        k.move_to_new_page(dst, src, "MIGRATE_SYNC")
        if asked and "put_new_page" in answers:
            k.choices["put_new_page"] = answers["put_new_page"]
        getattr(k, way)(dst, *([0] if way == "put_new_page" else []))
    return Run(
        "pre",
        choices=k.choices,
        trace=k.trace,
        returns=returns,
        ledger=k.ledger,
        entitled=frozenset(),
        final=dict,
    )


@pytest.mark.parametrize(
    ("way", "returns", "answers"),
    [
        ("putback_lru_page", 0, {}),
        ("put_page", 0, {"__PageMovable(src)": 1}),
        ("put_new_page", -11, UNUSED),
        ("put_new_page", -11, UNUSED | {"put_new_page": "given"}),
        ("put_page", -11, UNUSED | {"put_new_page": "NULL"}),
        ("none", -12, {"get_new_page(src)": "NULL"}),
    ],
)
def test_right_fates(way: str, returns: int, answers: dict[str, Value]) -> None:
    """
    A page that carries the data goes as its kind asks; one that does not, to whom gave it.
    """
    assert list(one_fate(_run(way, returns, answers))) == []


@pytest.mark.parametrize(
    ("way", "answers", "says"),
    [
        ("put_page", UNUSED, f"{BY_CALLBACK}, {STEP.format('put_new_page')}"),
        ("putback_lru_page", UNUSED, f"{BY_CALLBACK}, {STEP.format('put_new_page')}"),
        (
            "putback_lru_page",
            UNUSED | {"put_new_page": "NULL"},
            f"{BY_PUT_PAGE}, {STEP.format('put_page')}",
        ),
    ],
)
def test_unused_page_let_go_of_in_the_wrong_way(
    way: str, answers: dict[str, Value], says: str
) -> None:
    """
    An unused page goes back through put_new_page(), or through put_page() without one.
    """
    found = [(c.contract, c.says, c.marks) for c in one_fate(_run(way, -11, answers))]
    assert found == [("new_page", says, (4,))]


@pytest.mark.parametrize(
    ("way", "movable", "says"),
    [
        (
            "put_page",
            0,
            f"the new page carries the data of an LRU page, {STEP.format('putback_lru_page')}",
        ),
        (
            "putback_lru_page",
            1,
            f"the new page carries the data of a movable page, {STEP.format('put_page')}",
        ),
        (
            "put_new_page",
            0,
            f"the new page carries the data of an LRU page, {STEP.format('putback_lru_page')}",
        ),
    ],
)
def test_used_page_let_go_of_in_the_wrong_way(way: str, movable: int, says: str) -> None:
    """
    A page that carries the data goes on its LRU list, or stays with the driver it is for.
    """
    found = one_fate(_run(way, 0, {"__PageMovable(src)": movable}))
    assert [(c.contract, c.says, c.marks) for c in found] == [("new_page", says, (4,))]


def test_data_carried_by_a_failure() -> None:
    """
    A return code of failure belies a page that carries the data.
    """
    (complaint,) = one_fate(_run("putback_lru_page", -11, {}))
    assert (complaint.says, complaint.marks) == (
        "the new page carries the data, but the return code tells of a failure",
        (),
    )


@pytest.mark.parametrize("answers", [UNUSED, {"get_new_page(src)": "NULL"}])
def test_success_without_data(answers: dict[str, Value]) -> None:
    """
    A return code of success belies a page that does not carry the data, or is not there.
    """
    (complaint,) = one_fate(_run("put_new_page", 0, answers))
    assert (complaint.says, complaint.marks) == (
        "the return code tells of success, but the new page does not carry the data",
        (),
    )


def test_no_allocation_no_fate() -> None:
    """
    Where nothing was to be allocated, success needs no new page.
    """
    k, src, _ = stage()
    k.list_del(src)
    run = Run(
        "pre",
        choices=k.choices,
        trace=k.trace,
        returns=0,
        ledger=k.ledger,
        entitled=frozenset(),
        final=dict,
    )
    assert list(one_fate(run)) == []
