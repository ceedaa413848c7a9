# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.explore.difference.formula import Literals, Term
from errpath.vocabulary.choice import Value
from tests.explore.trees import TREES, leaves

PATHS: list[dict[str, Value]] = [
    {"lock": 0, "mode": 1},
    {"lock": 0, "mode": 2},
    {"lock": 1, "memory": 1},
    {"lock": 1, "memory": 0},
]


def _term(**answers: int | set[int]) -> Term:
    return tuple(
        (text, frozenset(values if isinstance(values, set) else {values}))
        for text, values in answers.items()
    )


def _bits(*numbers: int) -> int:
    return sum(1 << number for number in numbers)


def _holds(condition: Sequence[Term], path: Mapping[str, Value]) -> bool:
    return any(all(path.get(text) in values for text, values in term) for term in condition)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (_bits(0, 1, 2, 3), ()),
        (_bits(2, 3), (_term(lock=1),)),
        (_bits(3), (_term(memory=0),)),
        (_bits(1), (_term(mode=2),)),
        (_bits(0, 3), (_term(mode=1), _term(memory=0))),
        (_bits(), ()),
    ],
)
def test_shortest_condition(wanted: int, expected: tuple[Term, ...]) -> None:
    """
    A few answers tell the wanted paths from the others; all paths need none.
    """
    assert Literals(PATHS, ()).condition(wanted) == expected


def test_condition_on_a_setting() -> None:
    """
    A setting that a path does not read is not excluded by its value: more has to be said.
    """
    condition = Literals(PATHS, ["mode"]).condition(_bits(1))
    assert [dict(term) for term in condition] == [dict(_term(lock=0, mode=2))]


@given(TREES, st.data())
def test_condition_is_exact(tree: object, data: st.DataObject) -> None:
    """
    Whatever the paths of a program, a condition holds on those that are wanted and no other.
    """
    paths = leaves(tree, {})
    wanted = data.draw(st.integers(1, (1 << len(paths)) - 1))
    condition = Literals(paths, ()).condition(wanted)
    held = [number for number, path in enumerate(paths) if _holds(condition or [()], path)]
    assert _bits(*held) == wanted


@given(TREES, st.data())
def test_condition_is_exact_with_settings(tree: object, data: st.DataObject) -> None:
    """
    With settings, no other path is let pass, whatever value it would have for what it left unread.
    """
    paths = leaves(tree, {})
    wanted = data.draw(st.integers(1, (1 << len(paths)) - 1))
    condition = Literals(paths, ["p"]).condition(wanted) or ((),)
    for number, path in enumerate(paths):
        for value in [path["p"]] if "p" in path else (0, 1, 2):
            if not wanted >> number & 1:
                assert not _holds(condition, {**path, "p": value})
    held = [number for number, path in enumerate(paths) if _holds(condition, path)]
    assert _bits(*held) == wanted
