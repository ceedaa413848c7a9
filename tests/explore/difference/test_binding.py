# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.contracts.condition import Terms
from errpath.contracts.events import Patterns
from errpath.contracts.judge import condition_of
from errpath.explore.difference.binding import Binding
from errpath.explore.difference.pairs import Pair
from errpath.kernel.ledger import Ledger
from errpath.kernel.run import Run
from errpath.spec import condition as spec
from errpath.spec.node import Location
from errpath.spec.pattern import Call, Outcome, Pattern
from errpath.vocabulary.choice import Value
from tests.explore.difference.comparing import (
    MIGRATION,
    TOY,
    beside,
    binding,
    binding_of,
    claim,
    mask_of,
)
from tests.toy import run_of

AT = Location(file="a.errpath", line=1, column=1)
TERMS = Terms(MIGRATION, Patterns(MIGRATION))
RED = spec.Is(at=AT, aspect="colour", words=("red",))
EMPTY = spec.Is(at=AT, aspect="fill", words=("empty",))


def _made(primitive: str, *subjects: str, result: str | Outcome | None = None) -> spec.Made:
    call = Call(primitive=primitive, subjects=subjects, result=result)
    return spec.Made(at=AT, pattern=Pattern(calls=(call,)))


def _asking(text: str = "a", new: str = "a", **choices: Value) -> Pair:
    return beside(run_of(text, choices=choices), run_of(new))


PAIRS = [
    _asking(colour="red"),
    _asking(colour="blue"),
    _asking("a", "b"),
    _asking("try(x) = 0", "try(x) = 1"),
]
TOY_BINDING = binding_of(PAIRS, TOY)


@pytest.mark.parametrize(
    ("condition", "some", "every"),
    [
        (None, mask_of(0, 1, 2, 3), mask_of(0, 1, 2, 3)),
        (RED, mask_of(0, 2, 3), mask_of(0)),
        (spec.Not(at=AT, condition=RED), mask_of(1, 2, 3), mask_of(1)),
        (_made("a"), mask_of(0, 1, 2), mask_of(0, 1, 2)),
        (_made("b"), mask_of(2), mask_of(2)),
        (_made("try", "x", result=Outcome.FAILS), mask_of(3), mask_of(3)),
        (_made("try", "x", result="1"), mask_of(3), mask_of(3)),
        (_made("d"), 0, 0),
        (spec.All(at=AT, conditions=(RED, _made("b"))), mask_of(2), 0),
        (spec.Some(at=AT, conditions=(RED, _made("b"))), mask_of(0, 2, 3), mask_of(0, 2)),
        (EMPTY, mask_of(0, 1, 2, 3), 0),
    ],
)
def test_pairs_that_meet_a_condition(
    condition: spec.Condition | None, some: int, every: int
) -> None:
    """
    A call is made if either run makes it; what neither asked is open.
    """
    assert TOY_BINDING.of(condition) == (some, every)


def test_answer_of_either_run() -> None:
    """
    What only one of the runs asked is answered for the pair.
    """
    red = run_of("a", choices={"colour": "red"})
    found = binding_of([beside(red, run_of("a")), beside(run_of("a"), red)], TOY).of(RED)
    assert found == (mask_of(0, 1), mask_of(0, 1))


def test_condition_on_a_return_code() -> None:
    """
    A return code is no part of the situation that two runs share.
    """
    returned = spec.Returned(at=AT, codes=(0,))
    with pytest.raises(ValueError, match=r"^two runs have no end in common$"):
        TOY_BINDING.of(spec.Not(at=AT, condition=returned))


def test_results_that_do_not_tell_the_answer() -> None:
    """
    A call that gave another result than the question was answered with is ambiguous.
    """
    asked: dict[str, Value] = {"try(x)": 1, "try(y)": 0}
    pair = beside(
        run_of("try(x) = 1 try(y) = 0", choices=asked), run_of("try(x) = 0", choices=asked)
    )
    assert binding_of([pair], TOY).ambiguous == {"try(x)"}
    assert binding("pre", "post").ambiguous == {"page_mapped(src)"}


def test_what_cannot_be_is_not_open() -> None:
    """
    A pair on which a word can not be does not meet it, though nobody asked.
    """
    sampled: list[dict[str, Value]] = [
        {"__PageMovable(src)": 1},
        {"__PageMovable(src)": 0},
        {"PageAnon(src)": 1},
    ]
    pairs = [beside(run_of("", choices=choices), run_of("")) for choices in sampled]
    anonymous = spec.Is(at=AT, aspect="kind", words=("anon",))
    assert binding_of(pairs).of(anonymous) == (mask_of(1, 2), 0)


@cache
def _sampled() -> tuple[Binding, list[Run]]:
    """
    Give every eleventh pair of the patch: for conditions, and as runs that did what either did.
    """
    pairs = claim("pre", "post").differences.pairs[::11]
    runs = [
        Run(
            "both",
            choices=pair.choices,
            trace=[*pair.old.trace, *pair.new.trace],
            returns=None,
            ledger=Ledger(()),
            entitled=frozenset(),
            final=dict,
        )
        for pair in pairs
    ]
    return binding_of(pairs), runs


def _results(call: str) -> list[str | Outcome | None]:
    answers = MIGRATION.calls[call].answers
    shown: list[str | Outcome | None] = [answer.shown for answer in answers]
    return [None, *shown, *([*Outcome] if any(answer.fault for answer in answers) else [])]


def _call(call: str) -> st.SearchStrategy[Call]:
    name, _, rest = call.partition("(")
    subjects = tuple(filter(None, rest.removesuffix(")").split(", ")))
    return st.sampled_from(_results(call)).map(
        lambda result: Call(primitive=name, subjects=subjects, result=result)
    )


CALLS = st.sampled_from(sorted(MIGRATION.calls)).flatmap(_call)
MADE = st.lists(CALLS, min_size=1, max_size=2).map(
    lambda calls: spec.Made(at=AT, pattern=Pattern(calls=tuple(calls)))
)
IS = st.sampled_from(MIGRATION.aspects).flatmap(
    lambda aspect: st.sets(st.sampled_from([word.name for word in aspect.words]), min_size=1).map(
        lambda words: spec.Is(at=AT, aspect=aspect.name, words=tuple(sorted(words)))
    )
)
CONDITIONS: st.SearchStrategy[spec.Condition] = st.recursive(
    st.one_of(MADE, IS),
    lambda inner: st.one_of(
        inner.map(lambda one: spec.Not(at=AT, condition=one)),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda some: spec.All(at=AT, conditions=tuple(some))
        ),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda some: spec.Some(at=AT, conditions=tuple(some))
        ),
    ),
    max_leaves=6,
)


@given(CONDITIONS)
def test_sets_of_pairs_are_what_each_pair_says(condition: spec.Condition) -> None:
    """
    The pairs that a condition binds are those that meet it when each is asked by itself.
    """
    sampled, runs = _sampled()
    asked = condition_of(condition)
    verdicts = [asked.holds(run, TERMS) for run in runs]
    assert sampled.of(condition) == (
        mask_of(*(number for number, verdict in enumerate(verdicts) if verdict is not False)),
        mask_of(*(number for number, verdict in enumerate(verdicts) if verdict is True)),
    )
