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


@given(TREES, st.data())
def test_condition_is_exact_among_some(tree: object, data: st.DataObject) -> None:
    """
    Among some paths, a condition holds on those of them that are wanted; of others it says nothing.
    """
    paths = leaves(tree, {})
    among = data.draw(st.integers(1, (1 << len(paths)) - 1))
    wanted = among & data.draw(st.integers(0, (1 << len(paths)) - 1)) or among
    settings = data.draw(st.sets(st.sampled_from("pqr")))
    condition = Literals(paths, settings).condition(wanted, among) or ((),)
    held = [number for number, path in enumerate(paths) if _holds(condition, path)]
    assert _bits(*held) & among == wanted


@given(TREES, st.data())
def test_condition_among_some_is_no_longer(tree: object, data: st.DataObject) -> None:
    """
    Whoever need not tell the wanted paths from all others says no more than who has to.
    """
    paths = leaves(tree, {})
    wanted = data.draw(st.integers(1, (1 << len(paths)) - 1))
    literals = Literals(paths, ())
    assert literals.condition(wanted, wanted) == ()
    assert literals.condition(wanted, literals.all) == literals.condition(wanted)


@given(TREES, st.data())
def test_no_term_is_idle(tree: object, data: st.DataObject) -> None:
    """
    Without any of its terms, a condition misses a wanted path.
    """
    paths = leaves(tree, {})
    wanted = data.draw(st.integers(1, (1 << len(paths)) - 1))
    condition = Literals(paths, ()).condition(wanted)
    for left_out in condition:
        rest = [term for term in condition if term is not left_out]
        held = [number for number, path in enumerate(paths) if _holds(rest, path)]
        assert _bits(*held) != wanted


@given(TREES, st.data())
def test_no_answer_is_idle(tree: object, data: st.DataObject) -> None:
    """
    Without any of its answers, a term holds on a path that is not wanted.
    """
    paths = leaves(tree, {})
    wanted = data.draw(st.integers(1, (1 << len(paths)) - 1))
    for term in Literals(paths, ()).condition(wanted):
        for left_out in term:
            rest = tuple(answer for answer in term if answer is not left_out)
            held = [number for number, path in enumerate(paths) if _holds([rest], path)]
            assert _bits(*held) & ~wanted


def test_rank() -> None:
    """
    Of choices that tell the wanted paths as well, the one that says more to a reader is taken.
    """
    paths: list[dict[str, Value]] = [{"a": 0, "b": 0}, {"a": 1, "b": 1}]
    found = [Literals(paths, (), {"a": a, "b": b}.__getitem__) for a, b in [(0, 1), (1, 0)]]
    assert [one.condition(_bits(0)) for one in found] == [(_term(a=0),), (_term(b=0),)]


def test_paths_that_cannot_be_told_apart() -> None:
    """
    Two paths with the same answers are a ValueError: no condition tells one from the other.
    """
    paths: list[dict[str, Value]] = [{"a": 0}, {"a": 0, "b": 1}, {"a": 1}]
    with pytest.raises(ValueError, match=r"^no answer tells the wanted paths from the others$"):
        Literals(paths, ()).condition(_bits(0))
