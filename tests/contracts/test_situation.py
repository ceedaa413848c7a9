# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.situation import Nth, Situation, Situations
from errpath.vocabulary.choice import Value
from tests.toy import VOCABULARY

SITUATIONS = Situations(VOCABULARY)


def _answers(situation: Situation, *texts: str) -> list[Value]:
    environment = situation.environment()
    return [environment(VOCABULARY.choices[text]) for text in texts]


def test_default_situation() -> None:
    """
    A situation that says nothing has every answer at its default, and no fault.
    """
    situation = SITUATIONS.situation({})
    defaults = [choice.default for choice in VOCABULARY.choices.values()]
    assert (_answers(situation, *VOCABULARY.choices), situation.faults) == (defaults, {})


def test_words_answer_their_choices() -> None:
    """
    A word answers its choices; one that goes against the caller is a fault of the situation.
    """
    situation = SITUATIONS.situation({"x": "full", "colour": "blue"})
    assert (_answers(situation, "is_full(x)", "colour", "is_full(y)"), situation.faults) == (
        [1, "blue", 0],
        {"is_full(x)": 1},
    )


def test_several_words_on_a_line() -> None:
    """
    A subject can have several words; of two for one choice the later one holds.
    """
    situation = SITUATIONS.situation({"x": ("full", "empty")})
    assert _answers(situation, "is_full(x)") == [0]


def test_fault_fails_each_call() -> None:
    """
    A fault is the answer to each call of its own, and to no other.
    """
    situation = SITUATIONS.situation({}, {"copy(x, y)": "-EBUSY"})
    assert (
        _answers(situation, "copy(x, y)", "copy(x, y)", "copy(y, x)"),
        situation.faults,
    ) == ([-16, -16, 0], {"copy(x, y)": -16})


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (Nth("0"), [0, 0, 0, 0]),
        (Nth("0", on_call=2), [1, 0, 0, 0]),
        (Nth("0", times=2), [0, 0, 1, 1]),
        (Nth("0", on_call=2, times=1), [1, 0, 1, 1]),
        (Nth("0", on_call=5), [1, 1, 1, 1]),
    ],
)
def test_nth_call_fails(nth: Nth, expected: list[Value]) -> None:
    """
    A fault can begin at a later call, and last for some calls only.
    """
    situation = SITUATIONS.situation({}, {"try(x)": nth})
    assert (_answers(situation, *["try(x)"] * 4), situation.faults) == (expected, {"try(x)": 0})


def test_environments_count_apart() -> None:
    """
    Each run counts its calls anew.
    """
    situation = SITUATIONS.situation({}, {"try(x)": Nth("0", on_call=2)})
    assert [_answers(situation, "try(x)", "try(x)") for _ in range(2)] == [[1, 0], [1, 0]]


def test_nth_leaves_other_choices_alone() -> None:
    """
    Beside a fault of the n-th call, other choices are answered as ever.
    """
    situation = SITUATIONS.situation({"colour": "blue"}, {"try(x)": Nth("0", times=1)})
    assert _answers(situation, "colour", "try(y)", "try(x)", "try(x)") == ["blue", 1, 0, 1]


@pytest.mark.parametrize(
    ("words", "faults", "unknown"),
    [
        ({"x": "half"}, {}, ("x", "half")),
        ({"z": "full"}, {}, ("z", "full")),
        ({}, {"try(x)": "2"}, ("try(x)", "2")),
        ({}, {"lock(x)": "0"}, ("lock(x)", "0")),
    ],
)
def test_unknown_word(
    words: dict[str, str], faults: dict[str, str], unknown: tuple[str, str]
) -> None:
    """
    A word or a result that the vocabulary does not have is a KeyError that names it.
    """
    with pytest.raises(KeyError) as found:
        SITUATIONS.situation(words, faults)
    assert found.value.args == (unknown,)
