# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.caller import (
    FORCE,
    MIGRATE_ASYNC,
    MIGRATE_SYNC,
    MODE,
    PF_MEMALLOC,
    PUT_NEW_PAGE,
)
from errpath.kernel.findings import KernelBug
from errpath.kernel.parameter import Parameter
from tests.kernel.stage import stage


def test_unread_parameter_is_no_choice() -> None:
    """
    A parameter that the code hands on without reading it asks nothing.
    """
    k, *_ = stage()
    parameters = [Parameter(k, choice) for choice in (MODE, FORCE, PUT_NEW_PAGE)]
    assert ([type(p) for p in parameters], k.choices) == ([Parameter] * 3, {})


def test_parameter_is_asked_once() -> None:
    """
    However often it is read, in whatever way, a parameter is decided once.
    """
    k, *_ = stage(answers={"mode": MIGRATE_SYNC})
    mode = Parameter(k, MODE)
    found = [mode == MIGRATE_ASYNC, mode in (MIGRATE_ASYNC, MIGRATE_SYNC), mode != MIGRATE_SYNC]
    assert (found, k.choices) == ([False, True, False], {"mode": MIGRATE_SYNC})


def test_two_of_one_choice_agree() -> None:
    """
    Two parameters of one choice have one value.
    """
    k, *_ = stage(answers={"force": "yes"})
    assert ([bool(Parameter(k, FORCE)) for _ in range(2)], k.choices) == (
        [True, True],
        {"force": "yes"},
    )


@pytest.mark.parametrize(
    ("force", "put_new_page", "expected"),
    [("no", "NULL", [False, False]), ("yes", "given", [True, True])],
)
def test_truth_is_c_s(force: str, put_new_page: str, expected: list[bool]) -> None:
    """
    0 and NULL are false, as in C.
    """
    k, *_ = stage(answers={"force": force, "put_new_page": put_new_page})
    assert [bool(Parameter(k, FORCE)), bool(Parameter(k, PUT_NEW_PAGE))] == expected


def test_call_passes_arguments() -> None:
    """
    A function pointer that is given calls its function.
    """
    k, src, _ = stage()
    put_new_page = Parameter(k, PUT_NEW_PAGE, lambda page, private: (page, private))
    assert (put_new_page(src, 7), k.choices) == ((src, 7), {"put_new_page": "given"})


def test_call_through_null_is_an_oops() -> None:
    """
    A function pointer that is NULL must not be called.
    """
    k, src, _ = stage(answers={"put_new_page": "NULL"})
    with pytest.raises(KernelBug) as found:
        Parameter(k, PUT_NEW_PAGE, lambda page: page)(src)
    assert (found.value.name, found.value.says, found.value.at_event) == (
        "null-dereference",
        "put_new_page() is called, and it is NULL",
        False,
    )


def test_call_of_a_value() -> None:
    """
    Calling what is no function is a bug of the model's, not of the kernel's.
    """
    k, *_ = stage()
    with pytest.raises(TypeError, match=r"^force is no function$"):
        Parameter(k, FORCE)()


def test_parameter_has_no_hash() -> None:
    """
    A set or dict would not ask: a parameter cannot be put into one.
    """
    k, *_ = stage()
    with pytest.raises(TypeError, match="unhashable"):
        hash(Parameter(k, MODE))


@pytest.mark.parametrize(("value", "expected"), [("clear", False), ("set", True)])
def test_flags_of_current(value: str, expected: bool) -> None:  # noqa: FBT001 - what is expected
    """
    Each flag of current->flags is a choice, asked when it is tested, and once.
    """
    k, *_ = stage(answers={"PF_MEMALLOC": value})
    before = dict(k.choices)
    found = [k.current.flags & PF_MEMALLOC, k.current.flags & PF_MEMALLOC]
    assert (before, found, k.choices) == ({}, [expected] * 2, {"PF_MEMALLOC": value})
