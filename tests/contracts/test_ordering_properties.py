# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from errpath.contracts import ordering
from errpath.contracts.ordering import VACUOUS
from errpath.contracts.window import Window
from errpath.kernel.event import Event
from tests.toy import PATTERNS, events

TRACE = st.text("abcd", max_size=9)
LETTERS = st.text("abcd", min_size=1, max_size=2)


def _within(letters: str, chain: str) -> bool:
    """
    Tell whether a chain is somewhere in the letters, with whatever else in between.
    """
    rest = iter(letters)
    return all(letter in rest for letter in chain)


def _chain(letters: str) -> tuple[str, ...]:
    return tuple(f"{letter}()" for letter in letters)


def _events(letters: str) -> list[Event]:
    return events(" ".join(letters))


@given(TRACE, LETTERS)
def test_never_is_absence(trace: str, some: str) -> None:
    """
    Absence holds if and only if none of the calls is made.
    """
    found = ordering.never(_events(trace), None, PATTERNS.meant_by(" | ".join(_chain(some))))
    assert (found is None) == (not set(some) & set(trace))


@given(TRACE, st.integers(0, 3), st.none() | st.integers(0, 3))
def test_calls_is_a_count(trace: str, at_least: int, at_most: int | None) -> None:
    """
    Existence holds if and only if the number of calls is within its bounds.
    """
    found = ordering.calls(_events(trace), None, PATTERNS.meant_by("a()"), (at_least, at_most))
    most = len(trace) if at_most is None else at_most
    assert (found is None) == (at_least <= trace.count("a") <= most)


@given(TRACE, LETTERS, LETTERS)
def test_precedes_is_precedence(trace: str, first: str, then: str) -> None:
    """
    Precedence holds if and only if before each occurrence of the one chain there is the other.
    """
    chains = PATTERNS.chain(_chain(first)), PATTERNS.chain(_chain(then))
    starts = [
        place[0]
        for place in combinations(range(len(trace)), len(then))
        if "".join(trace[i] for i in place) == then
    ]
    found = ordering.precedes(_events(trace), None, *chains)
    assert (found is VACUOUS) == (not starts)
    assert (found in {None, VACUOUS}) == all(_within(trace[:start], first) for start in starts)


@given(TRACE, LETTERS, LETTERS)
def test_leads_to_is_response(trace: str, cause: str, effect: str) -> None:
    """
    Response holds if and only if after each cause, as soon as it is complete, comes the effect.
    """
    chains = PATTERNS.chain(_chain(cause)), PATTERNS.chain(_chain(effect))
    ends = []
    for start in (i for i, letter in enumerate(trace) if letter == cause[0]):
        end = start
        for letter in cause[1:]:
            end = trace.find(letter, end + 1)
            if end < 0:
                break
        if end >= 0:
            ends.append(end)
    found = ordering.leads_to(_events(trace), None, *chains)
    assert (found is VACUOUS) == (not ends)
    assert (found in {None, VACUOUS}) == all(_within(trace[end + 1 :], effect) for end in ends)


@given(TRACE, st.text("abcd", min_size=2, max_size=4))
def test_order_is_a_projection(trace: str, chain: str) -> None:
    """
    An order holds if and only if what it names, taken alone, is the order itself.
    """
    found = ordering.order(_events(trace), None, PATTERNS.chain(_chain(chain)))
    assert (found is None) == ("".join(c for c in trace if c in chain) == chain)


@given(TRACE, st.text("abcd", min_size=2, max_size=3))
def test_whole_trace_is_one_window(trace: str, chain: str) -> None:
    """
    Every pattern says of the whole trace what it says of the one window that is all of it.
    """
    made = _events(trace)
    whole = [Window(0, len(made))]
    named = PATTERNS.chain(_chain(chain))
    ends = PATTERNS.chain(_chain(chain[:1])), PATTERNS.chain(_chain(chain[1:]))
    some = PATTERNS.meant_by(f"{chain[0]}()")
    assert [
        ordering.never(made, None, some),
        ordering.calls(made, None, some, (1, 2)),
        ordering.precedes(made, None, *ends),
        ordering.leads_to(made, None, *ends),
        ordering.order(made, None, named),
    ] == [
        ordering.never(made, whole, some),
        ordering.calls(made, whole, some, (1, 2)),
        ordering.precedes(made, whole, *ends),
        ordering.leads_to(made, whole, *ends),
        ordering.order(made, whole, named),
    ]
