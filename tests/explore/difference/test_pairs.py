# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.explore.difference.pairs import pairs
from errpath.kernel.machine import Environment
from errpath.kernel.run import Run
from errpath.migrate.reference import Reference
from errpath.migrate.situation import RULES
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.rule import Rules
from tests.explore.trees import P, Q, R
from tests.runs import trace_of
from tests.toy import run_of


class _Asking:
    """
    A target whose semantics ask these questions, one after another.
    """

    def __init__(self, **asked: list[Choice]) -> None:
        self._asked = asked

    def run(self, semantics: str, environment: Environment) -> Run:
        """
        Ask, and write the n-th asking of a question down under its number.
        """
        choices: dict[str, Value] = {}
        for choice in self._asked[semantics]:
            again = sum(text.partition("#")[0] == choice.text for text in choices)
            key = f"{choice.text}#{again + 1}" if again else choice.text
            choices[key] = environment(choice)
        return run_of("a", choices=choices)


def _pairs(target: _Asking) -> list[tuple[dict[str, Value], dict[str, Value], dict[str, Value]]]:
    found = pairs(target, "old", "new", Rules(()))
    return [(pair.old.choices, pair.new.choices, pair.choices) for pair in found]


def test_both_get_the_same_answer() -> None:
    """
    A question that both ask is answered alike, in whichever order they ask.
    """
    found = _pairs(_Asking(old=[P, Q], new=[Q, P]))
    assert (len(found), [old == new for old, new, _ in found]) == (9, [True] * 9)


def test_what_only_one_asks() -> None:
    """
    What only one asks is a choice of the pair, and no choice of the other.
    """
    found = _pairs(_Asking(old=[P], new=[P, R]))
    assert found == [
        ({"p": p}, {"p": p, "r": r}, {"p": p, "r": r}) for p in (0, 1, 2) for r in (0, 1, 2)
    ]


def test_repeated_question() -> None:
    """
    The n-th asking of a question is answered like the n-th asking of the other run.
    """
    found = _pairs(_Asking(old=[P, P], new=[P, P]))
    assert (len(found), [old == new for old, new, _ in found]) == (9, [True] * 9)


def test_pair_of_a_semantics_with_itself() -> None:
    """
    A semantics beside itself has the pairs that it has paths, and no difference.
    """
    found = list(pairs(Reference(), "pre", "pre", RULES))
    differing = [
        pair.choices
        for pair in found
        if (trace_of(pair.old), pair.old.returns) != (trace_of(pair.new), pair.new.returns)
    ]
    assert (len(found), differing) == (3151, [])


def test_pairs_project_onto_paths() -> None:
    """
    The pairs hold every path of either semantics, and none that can not be.
    """
    found = list(pairs(Reference(), "pre", "post", RULES))
    sides = [
        {tuple(sorted(run.choices.items())) for run in runs}
        for runs in zip(*((pair.old, pair.new) for pair in found), strict=True)
    ]
    impossible = [pair.choices for pair in found if RULES.broken_by(pair.choices)]
    assert ([len(side) for side in sides], impossible) == ([3151, 3185], [])
