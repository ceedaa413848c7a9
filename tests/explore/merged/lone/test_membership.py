# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable

import pytest

from errpath.explore.merged.lone.reads import Among
from errpath.vocabulary.choice import Value

A, B, C, D = "a", "b", "c", "d"


def _asked(code: Callable[[Among], object], says: Callable[[Value], bool] = lambda _: False) -> str:
    """
    Name what code compares with, and with `+` what one test compares with further.
    """
    found = []

    def ask(_text: str, _values: tuple[Value, ...], other: Value, further: bool) -> bool:  # noqa: FBT001
        found.append(f"+{other}" if further else f"{other}")
        return says(other)

    code(Among("mode", (A, B, C, D), ask))
    return " ".join(found)


def _each_alone(mode: Among) -> None:
    for one in (A, B):
        _ = mode in (one,)  # noqa: FURB171 - it is one test each


def _twice(mode: Among) -> None:
    for one, other in ((A, B), (C, "x")):
        _ = mode in (one, other)


CODE: dict[str, tuple[Callable[[Among], object], str]] = {
    "in two": (lambda mode: mode in (A, B), "a +b"),
    "not in three": (lambda mode: mode not in (A, B, C), "a +b +c"),
    "in what it is not": (lambda mode: mode in (A, "x", B), "a +b"),
    "two tests": (lambda mode: mode in (A, B) or mode in (C, D), "a +b c"),
    "equal or equal": (lambda mode: mode == A or mode == B, "a b"),  # noqa: PLR1714, SIM109 - two
    "one of two tuples": (lambda mode: mode in ((A, B) if A else (C,)), "a b"),
    "a tuple from elsewhere": (lambda mode, pair=(A, B): mode in pair, "a b"),  # type: ignore[misc]
    "in one, in a loop": (_each_alone, "a b"),
    "in two, in a loop": (_twice, "a +b c"),
}


@pytest.mark.parametrize(("code", "asked"), CODE.values(), ids=CODE)
def test_what_one_test_compares_with_is_one(code: Callable[[Among], object], asked: str) -> None:
    """
    A test whether a value is in a tuple that is spelled out there compares with all of it.
    """
    assert _asked(code) == asked


def test_test_is_over_when_it_is_met() -> None:
    """
    A value that is in a tuple is compared with no more of it, and the next test begins anew.
    """
    in_pairs: Callable[[Among], object] = lambda mode: (mode in (A, B, C), mode in (A, B))  # noqa: E731
    assert _asked(in_pairs, lambda other: other == A) == "a"
    among = Among("mode", (A, B, C, D), lambda *_: (A, B))
    assert among in (A, B)
    assert among.values == (A, B)
