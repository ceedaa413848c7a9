# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from errpath.contracts import ordering, regular
from tests.toy import PATTERNS, events

TRACE = st.lists(st.sampled_from(["a", "b", "c", "lock(x)", "lock(y)"]), max_size=9)
PLACE = st.sampled_from(["a()", "b()", "c()", "a() | b()", "lock()", "lock(x)", "lock(y) | c()"])
CHAIN = st.lists(PLACE, min_size=1, max_size=3).map(tuple)


@given(TRACE, PLACE)
def test_absence(trace: Sequence[str], pattern: str) -> None:
    """
    The expression for an absence matches where a walk along the trace finds no call.
    """
    made = events(" ".join(trace))
    kept = regular.never(PATTERNS, pattern)(regular.word(made))
    assert bool(kept) == (ordering.never(made, None, PATTERNS.meant_by(pattern)) is None)


@given(TRACE, PLACE, st.integers(0, 3), st.none() | st.integers(0, 3))
def test_existence(trace: Sequence[str], pattern: str, at_least: int, at_most: int | None) -> None:
    """
    The expression for a bounded existence matches where a walk counts so many calls.
    """
    made = events(" ".join(trace))
    most = None if at_most is None else at_least + at_most
    kept = regular.calls(PATTERNS, pattern, at_least, most)(regular.word(made))
    walked = ordering.calls(made, None, PATTERNS.meant_by(pattern), (at_least, most))
    assert bool(kept) == (walked is None)


@given(TRACE, CHAIN, CHAIN)
def test_precedence(trace: Sequence[str], first: tuple[str, ...], then: tuple[str, ...]) -> None:
    """
    The expression for a precedence matches where a walk finds the one before the other.
    """
    made = events(" ".join(trace))
    kept = regular.precedes(PATTERNS, first, then)(regular.word(made))
    walked = ordering.precedes(made, None, PATTERNS.chain(first), PATTERNS.chain(then))
    assert bool(kept) == (walked is None)


@given(TRACE, CHAIN, CHAIN)
def test_response(trace: Sequence[str], cause: tuple[str, ...], effect: tuple[str, ...]) -> None:
    """
    The expression for a response matches where a walk finds the one after the other.
    """
    made = events(" ".join(trace))
    kept = regular.leads_to(PATTERNS, cause, effect)(regular.word(made))
    walked = ordering.leads_to(made, None, PATTERNS.chain(cause), PATTERNS.chain(effect))
    assert bool(kept) == (walked is None)


@given(TRACE, CHAIN)
def test_order(trace: Sequence[str], chain: tuple[str, ...]) -> None:
    """
    The expression for an order matches where a walk finds exactly its calls, in turn.
    """
    made = events(" ".join(trace))
    kept = regular.order(PATTERNS, chain)(regular.word(made))
    assert bool(kept) == (ordering.order(made, None, PATTERNS.chain(chain)) is None)
