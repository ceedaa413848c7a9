# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given

from errpath.explore.paths.enumerate import Enumeration, paths
from errpath.kernel.machine import Environment
from errpath.kernel.run import Run
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.rule import Rule, Rules
from tests.explore.trees import TREES, P, Q, R, leaves, walk
from tests.toy import run_of

NO_RULES = Rules(())


def _walk(program: Callable[[Environment], object], rules: Rules) -> list[dict[str, Value]]:
    """
    Enumerate the paths of a program, and give the choices of each.
    """

    def run(environment: Environment) -> Run:
        choices: dict[str, Value] = {}

        def noted(choice: Choice) -> Value:
            value = choices[choice.text] = environment(choice)
            return value

        program(noted)
        return run_of("a", choices=choices)

    return [found.choices for found in paths(run, rules)]


def _asks_nothing(_: Environment) -> None:
    return


def _asks_in_turn(ask: Environment) -> None:
    ask(P)
    ask(Q)


def _asks_as_needed(ask: Environment) -> None:
    if ask(P) == 1 or ask(R) == 2:
        ask(Q)


def test_no_choice_is_one_path() -> None:
    """
    What asks nothing has one path.
    """
    assert _walk(_asks_nothing, NO_RULES) == [{}]


def test_product_in_order() -> None:
    """
    Independent choices multiply; the last one asked changes first.
    """
    found = _walk(_asks_in_turn, NO_RULES)
    assert found == [{"p": p, "q": q} for p, q in product((0, 1, 2), repeat=2)]


def test_only_what_is_asked() -> None:
    """
    A choice that a path does not ask is no part of it.
    """
    assert _walk(_asks_as_needed, NO_RULES) == [
        {"p": 0, "r": 0},
        {"p": 0, "r": 1},
        *({"p": 0, "r": 2, "q": q} for q in (0, 1, 2)),
        *({"p": 1, "q": q} for q in (0, 1, 2)),
        {"p": 2, "r": 0},
        {"p": 2, "r": 1},
        *({"p": 2, "r": 2, "q": q} for q in (0, 1, 2)),
    ]


@pytest.mark.parametrize(
    ("excludes", "left"),
    [
        ({"p": 0}, [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]),
        ({"p": 0, "q": 0}, [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]),
        ({"q": 1}, [(0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (2, 2)]),
        ({"q": 1, "r": 0}, list(product((0, 1, 2), repeat=2))),
    ],
)
def test_rules_prune(excludes: dict[str, Value], left: list[tuple[int, int]]) -> None:
    """
    A path on which a rule's answers would meet is left out, and no other.
    """
    rules = Rules([Rule(excludes=excludes, says="it cannot be")])
    assert _walk(_asks_in_turn, rules) == [{"p": p, "q": q} for p, q in left]


def test_known_answers_are_those_of_the_path() -> None:
    """
    What an earlier path answered excludes nothing on a later one.
    """
    rules = Rules([Rule(excludes={"q": 0, "r": 0}, says="not both")])

    def program(ask: Environment) -> None:
        if ask(P) == 0:
            ask(Q)
        ask(R)

    found = _walk(program, rules)
    assert [path for path in found if path["p"] == 1] == [{"p": 1, "r": r} for r in (0, 1, 2)]


def test_paths_come_one_by_one() -> None:
    """
    A path is run when it is asked for, not before.
    """
    ran: list[Value] = []

    def run(environment: Environment) -> Run:
        ran.append(environment(P))
        return run_of("a")

    walk = paths(run, NO_RULES)
    seen = []
    for _ in range(2):
        next(walk)
        seen.append(list(ran))
    assert seen == [[0], [0, 1]]


@pytest.mark.parametrize(
    ("excluded", "left"),
    [
        ([0, 1, 2], [{"p": 1}, {"p": 2}]),
        ([0, 1], [{"p": 0, "q": 2}, {"p": 1}, {"p": 2}]),
    ],
)
def test_no_way_on_is_no_path(excluded: list[int], left: list[dict[str, Value]]) -> None:
    """
    Where the rules leave no answer there is no path, and the walk goes on behind it.
    """
    rules = Rules([Rule(excludes={"p": 0, "q": q}, says="it cannot be") for q in excluded])

    def program(ask: Environment) -> None:
        if ask(P) == 0:
            ask(Q)

    assert _walk(program, rules) == left


def test_no_way_at_all() -> None:
    """
    Rules that exclude everything leave no path.
    """
    rules = Rules([Rule(excludes={"p": p}, says="it cannot be") for p in (0, 1, 2)])
    assert _walk(_asks_in_turn, rules) == []


@given(TREES)
def test_every_leaf_once_and_in_order(tree: object) -> None:
    """
    Whatever a program asks, in whatever order, each of its paths is run once.
    """
    assert _walk(lambda ask: walk(tree, ask), NO_RULES) == leaves(tree, {})


def test_answer_that_is_out_of_date_excludes_nothing() -> None:
    """
    A rule holds an answer against what is known; what is forgotten is known no more.
    """
    first, second = P.values[0], Q.values[0]
    rules = Rules((Rule(excludes={P.text: first, Q.text: second}, says=""),))
    found = {}
    for forgets in (False, True):
        enumeration = Enumeration(rules)

        def run(
            answer: Environment,
            *,
            forgets: bool = forgets,
            enumeration: Enumeration = enumeration,
        ) -> tuple[Value, Value]:
            one = answer(P)
            if forgets:
                enumeration.forget((P.text, "never asked"))
            return one, answer(Q)

        found[forgets] = (first, second) in [*enumeration.paths(run)]
    assert found == {False: False, True: True}
