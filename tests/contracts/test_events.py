# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.toy import PATTERNS, VOCABULARY, events

MEANT = {
    "a()": ["a()"],
    "lock(x)": ["lock(x)"],
    "lock()": ["lock(x)", "lock(y)"],
    "try(x)": ["try(x) = 0", "try(x) = 1"],
    "try(x) = 0": ["try(x) = 0"],
    "try(x) fails": ["try(x) = 0"],
    "try(x) succeeds": ["try(x) = 1"],
    "try() fails": ["try(x) = 0", "try(y) = 0"],
    "copy(x, y) = -EBUSY": ["copy(x, y) = -EBUSY"],
    "copy(x, y) fails": ["copy(x, y) = -EBUSY", "copy(x, y) = -ENOMEM"],
    "copy(y) = 0": ["copy(x, y) = 0", "copy(y, x) = 0", "copy(y, y) = 0"],
    "a() | b()": ["a()", "b()"],
    "try(x) = 0 | lock(y) | a()": ["a()", "lock(y)", "try(x) = 0"],
}


@pytest.mark.parametrize("pattern", MEANT)
def test_meaning_of_a_pattern(pattern: str) -> None:
    """
    A pattern means the calls with its subjects among theirs, and with its result.
    """
    assert sorted(event.text for event in PATTERNS.meant_by(pattern)) == MEANT[pattern]


@pytest.mark.parametrize("call", VOCABULARY.calls)
def test_every_call_is_meant_by_its_text(call: str) -> None:
    """
    Each call of the vocabulary can be named, and means itself with every result.
    """
    assert {event.call for event in PATTERNS.meant_by(call)} == {call}


@pytest.mark.parametrize(
    ("pattern", "unknown"),
    [
        ("drop(x)", "drop(x)"),
        ("lock(z)", "lock(z)"),
        ("lock(x) = 1", "lock(x) = 1"),
        ("lock(x) fails", "lock(x) fails"),
        ("try(x) = 2", "try(x) = 2"),
        ("a() | drop(x)", "drop(x)"),
        ("", ""),
        ("a", "a"),
    ],
)
def test_unknown_pattern(pattern: str, unknown: str) -> None:
    """
    What means no call of the vocabulary is a KeyError with the text that does not.
    """
    with pytest.raises(KeyError) as found:
        PATTERNS.meant_by(pattern)
    assert found.value.args == (unknown,)


def test_chain_has_its_places_in_order() -> None:
    """
    A chain keeps the text and the events of each place, and those of all together.
    """
    chain = PATTERNS.chain(("b()", "a() | b()"))
    a, b = events("a b")
    assert (chain.places, chain.events, chain.named) == (
        (("b()", frozenset({b})), ("a() | b()", frozenset({a, b}))),
        (frozenset({b}), frozenset({a, b})),
        frozenset({a, b}),
    )


@given(st.lists(st.sampled_from(sorted(MEANT)), min_size=1, max_size=4))
def test_alternatives_are_a_union(patterns: list[str]) -> None:
    """
    Alternatives mean what each of them means, in whatever order they are written.
    """
    union = frozenset().union(*(PATTERNS.meant_by(pattern) for pattern in patterns))
    assert PATTERNS.meant_by(" | ".join(patterns)) == union
