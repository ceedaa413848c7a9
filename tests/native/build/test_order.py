# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.native.build.order import called, with_helpers
from errpath.native.refusal import RefusedError
from errpath.native.tree.functions import all_functions, functions

FILE = """\
static int helper(int a) { return deeper(a) + lock_page(a); }
static int lock_page(int a) { return 0; }
static int deeper(int a) { return a; }
static int unused(int a) { return a; }
int entry(int a) { return helper(a) + unknown(a) + helper(a); }
"""


def _order(*names: str) -> list[str]:
    found = with_helpers(functions(FILE, names), all_functions(FILE), ["lock_page"], "mm/migrate.c")
    return [function.name for function in found]


def test_function_stands_behind_those_that_it_calls() -> None:
    """
    A function stands behind those that it calls.
    """
    assert _order("entry") == ["deeper", "helper", "entry"]


def test_primitive_that_the_file_defines_is_not_built() -> None:
    """
    A primitive that the file defines is not built.
    """
    assert "lock_page" not in _order("entry")


def test_primitive_under_contract_is_built() -> None:
    """
    A primitive under contract is built.
    """
    assert _order("lock_page", "helper") == ["deeper", "lock_page", "helper"]


def test_calls_are_named_once_each() -> None:
    """
    Calls are named once each.
    """
    assert called(functions(FILE, ["entry"])["entry"]) == ["helper", "unknown"]


def test_helper_that_is_there_twice_is_refused() -> None:
    """
    What is called has to be one function, and one that can be parsed.
    """
    text = f"{FILE}static int deeper(int a) {{ return a + 1; }}\n".replace("+ unknown(a)", "+")
    entry = {"helper": functions(text, ["helper"])["helper"]}
    with pytest.raises(RefusedError) as refused:
        with_helpers(entry, all_functions(text), [], "mm/migrate.c")
    assert str(refused.value) == (
        "mm/migrate.c:6: deeper() is defined 2 times, at lines 3 and 6; errpath cannot tell which "
        "is built"
    )
