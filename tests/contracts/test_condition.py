# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.contracts.condition import (
    EVERY_PATH,
    All,
    Condition,
    Made,
    Not,
    Returned,
    Said,
    Some,
    Terms,
)
from errpath.kernel.run import Run
from errpath.vocabulary.choice import Value
from errpath.vocabulary.rule import Rule, Rules
from tests.toy import PATTERNS, VOCABULARY, run_of

NO_BLUE_WHEN_FULL = Rules([Rule(excludes={"is_full(x)": 1, "colour": "blue"}, says="it is so")])
TERMS = Terms(replace(VOCABULARY, rules=NO_BLUE_WHEN_FULL), PATTERNS)

TRUE, FALSE, OPEN = Returned(0), Returned(-12), Said("colour", "red")
VERDICTS: dict[bool | None, Condition] = {True: TRUE, False: FALSE, None: OPEN}
VERDICT = st.sampled_from([True, False, None])
RUN = run_of("a try(x) = 0")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("a()", True), ("b()", False), ("try(x) fails", True), ("try(x) = 1", False)],
)
def test_made(pattern: str, expected: bool) -> None:  # noqa: FBT001 - what is expected
    """
    A call was made or not: what a path has done is never open.
    """
    assert Made(pattern).holds(RUN, TERMS) is expected


def test_made_of_what_is_no_call() -> None:
    """
    A pattern that means no call is a KeyError, not a condition that never holds.
    """
    with pytest.raises(KeyError, match=r"^'drop\(x\)'$"):
        Made("drop(x)").holds(RUN, TERMS)


@pytest.mark.parametrize(("codes", "expected"), [((0,), True), ((-12,), False), ((-12, 0), True)])
def test_returned(codes: tuple[int, ...], expected: bool) -> None:  # noqa: FBT001
    """
    The return code is one of those, or it is not.
    """
    assert Returned(*codes).holds(RUN, TERMS) is expected


@pytest.mark.parametrize(
    ("choices", "words", "expected"),
    [
        ({"colour": "red"}, ("red",), True),
        ({"colour": "blue"}, ("red",), False),
        ({"colour": "blue"}, ("red", "blue"), True),
        ({}, ("red",), None),
        ({"is_full(x)": 1}, ("blue",), False),
        ({"is_full(x)": 1}, ("red",), None),
        ({"is_full(x)": 1}, ("red", "blue"), None),
        ({"is_full(x)": 0}, ("blue",), None),
    ],
)
def test_said(
    choices: dict[str, Value],
    words: tuple[str, ...],
    expected: bool | None,  # noqa: FBT001 - what is expected
) -> None:
    """
    What a path did not ask is open, unless what it was answered excludes the word.
    """
    assert Said("colour", *words).holds(run_of("a", choices=choices), TERMS) is expected


def test_said_of_what_is_no_word() -> None:
    """
    A word that the vocabulary does not have is a KeyError.
    """
    with pytest.raises(KeyError):
        Said("colour", "green").holds(RUN, TERMS)


@pytest.mark.parametrize(("inner", "expected"), [(True, False), (False, True), (None, None)])
def test_not(inner: bool | None, expected: bool | None) -> None:  # noqa: FBT001
    """
    The opposite of what is open is open.
    """
    assert Not(VERDICTS[inner]).holds(RUN, TERMS) is expected


@given(st.lists(VERDICT, max_size=4))
def test_all(verdicts: list[bool | None]) -> None:
    """
    All hold unless one does not; one that is open leaves the rest open.
    """
    expected = False if False in verdicts else None if None in verdicts else True
    assert All(*(VERDICTS[one] for one in verdicts)).holds(RUN, TERMS) is expected


@given(st.lists(VERDICT, max_size=4))
def test_some(verdicts: list[bool | None]) -> None:
    """
    One that holds is enough; otherwise one that is open leaves it open.
    """
    expected = True if True in verdicts else None if None in verdicts else False
    assert Some(*(VERDICTS[one] for one in verdicts)).holds(RUN, TERMS) is expected


@given(st.lists(VERDICT, max_size=4))
def test_all_and_some_are_each_other_s_opposite(verdicts: list[bool | None]) -> None:
    """
    Not all is some not, also for what is open (De Morgan).
    """
    conditions = [VERDICTS[one] for one in verdicts]
    all_, some = Not(All(*conditions)), Some(*map(Not, conditions))
    assert all_.holds(RUN, TERMS) is some.holds(RUN, TERMS)


@pytest.mark.parametrize("run", [run_of(""), run_of("a", returns=-12)], ids=["empty", "failed"])
def test_every_path(run: Run) -> None:
    """
    The condition of a law that has none holds on every path.
    """
    assert EVERY_PATH.holds(run, TERMS) is True
