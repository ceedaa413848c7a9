# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts import ordering
from errpath.contracts.ordering import VACUOUS, Fault
from errpath.contracts.window import Window
from tests.toy import PATTERNS, events

meant_by = PATTERNS.meant_by


def _chain(text: str) -> tuple[str, ...]:
    return tuple(f"{letter}()" for letter in text)


NEVER: list[tuple[str, str, Fault | None]] = [
    ("", "a()", None),
    ("b c", "a()", None),
    ("b a", "a()", ("it is called: {2}", (2,))),
    ("a b a", "a()", ("it is called: {1} and {3}", (1, 3))),
    ("a b c", "a() | c()", ("it is called: {1} and {3}", (1, 3))),
    ("try(x) = 1", "try(x) fails", None),
    ("try(x) = 0", "try(x) fails", ("it is called: {1}", (1,))),
]


@pytest.mark.parametrize(("trace", "pattern", "expected"), NEVER)
def test_absence(trace: str, pattern: str, expected: Fault | None) -> None:
    """
    Absence is broken by each call of the pattern, and all are told.
    """
    assert ordering.never(events(trace), None, meant_by(pattern)) == expected


CALLS: list[tuple[str, int, int | None, Fault | None]] = [
    ("a", 1, None, None),
    ("b a b a", 2, 2, None),
    ("b", 0, 1, None),
    ("b b", 1, None, ("it is never called", (2,))),
    ("", 1, None, ("it is never called", ())),
    ("a b", 2, None, ("it is called once: {1}", (1,))),
    ("a b a", 1, 1, ("it is called twice: {1} and {3}", (1, 3))),
    ("a a a", 0, 2, ("it is called 3 times: {1} and {2} and {3}", (1, 2, 3))),
]


@pytest.mark.parametrize(("trace", "at_least", "at_most", "expected"), CALLS)
def test_existence(trace: str, at_least: int, at_most: int | None, expected: Fault | None) -> None:
    """
    Existence, bounded or not, counts calls; one that is missing was due at the end.
    """
    found = ordering.calls(events(trace), None, meant_by("a()"), (at_least, at_most))
    assert found == expected


PRECEDES: list[tuple[str, str, str, Fault | None]] = [
    ("a b", "a", "b", None),
    ("a b b", "a", "b", None),
    ("b a", "a", "b", ("{1} comes with no a() before it", (1,))),
    ("c b a b", "a", "b", ("{2} comes with no a() before it", (2,))),
    ("a c", "a", "b", VACUOUS),
    ("", "a", "b", VACUOUS),
    ("a b c d", "ab", "cd", None),
    ("a c b d", "ab", "cd", ("{2} comes with no b() before it", (2,))),
    ("b a c d", "ab", "cd", ("{3} comes with no b() before it", (3,))),
    ("c a b d", "ab", "cd", ("{1} comes with no a() before it", (1,))),
    ("c a b", "ab", "cd", VACUOUS),
]


@pytest.mark.parametrize(("trace", "first", "then", "expected"), PRECEDES)
def test_precedence(trace: str, first: str, then: str, expected: Fault | None) -> None:
    """
    A chain begins only after the whole other one; one that is not made binds nothing.
    """
    chains = PATTERNS.chain(_chain(first)), PATTERNS.chain(_chain(then))
    assert ordering.precedes(events(trace), None, *chains) == expected


LEADS_TO: list[tuple[str, str, str, Fault | None]] = [
    ("a b", "a", "b", None),
    ("a a b", "a", "b", None),
    ("a b a", "a", "b", ("no b() comes after {3}", (3,))),
    ("b a", "a", "b", ("no b() comes after {2}", (2,))),
    ("b c", "a", "b", VACUOUS),
    ("a b c d", "ab", "cd", None),
    ("a c b d", "ab", "cd", ("no c() comes after {3}", (3,))),
    ("a b c", "ab", "cd", ("no d() comes after {2}", (2,))),
    ("a b c d a b c", "ab", "cd", ("no d() comes after {6}", (6,))),
    ("a c d", "ab", "cd", VACUOUS),
]


@pytest.mark.parametrize(("trace", "cause", "effect", "expected"), LEADS_TO)
def test_response(trace: str, cause: str, effect: str, expected: Fault | None) -> None:
    """
    After each chain of causes comes the chain of effects; without a cause nothing is bound.
    """
    chains = PATTERNS.chain(_chain(cause)), PATTERNS.chain(_chain(effect))
    assert ordering.leads_to(events(trace), None, *chains) == expected


ORDER: list[tuple[str, str, Fault | None]] = [
    ("a b", "ab", None),
    ("d a d b d", "ab", None),
    ("a b a", "aba", None),
    ("b a", "ab", ("{1} comes where a() should", (1,))),
    ("a c b", "abc", ("{2} comes where b() should", (2,))),
    ("a", "ab", ("b() is not called after {1}", (1,))),
    ("a b d", "abc", ("c() is not called after {2}", (2,))),
    ("d d", "ab", ("a() is not called", (2,))),
    ("", "ab", ("a() is not called", ())),
    ("a b d a", "ab", ("after the last of them, there is still {4}", (4,))),
    ("a b a b", "ab", ("after the last of them, there is still {3} and {4}", (3, 4))),
]


@pytest.mark.parametrize(("trace", "chain", "expected"), ORDER)
def test_order(trace: str, chain: str, expected: Fault | None) -> None:
    """
    Of the calls that an order names exactly these are made, and in this order.
    """
    assert ordering.order(events(trace), None, PATTERNS.chain(_chain(chain))) == expected


def test_order_with_alternatives() -> None:
    """
    A place of an order can be taken by any of its alternatives.
    """
    chain = PATTERNS.chain(("a() | b()", "c()"))
    found = [ordering.order(events(trace), None, chain) for trace in ("a c", "b c", "a b c")]
    assert found == [None, None, ("{2} comes where c() should", (2,))]


HALVES = [Window(0, 3), Window(3, 6)]


def test_each_window_counts_for_itself() -> None:
    """
    In each window of a scope the pattern has to hold, as if there were nothing else.
    """
    a, b = PATTERNS.chain(("a()",)), PATTERNS.chain(("b()",))
    trace = events("a b c b a c")
    found = [
        ordering.never(trace, HALVES[:1], meant_by("a()")),
        ordering.never(trace, HALVES, meant_by("d()")),
        ordering.calls(trace, HALVES, meant_by("a()"), (1, 1)),
        ordering.calls(trace, HALVES, meant_by("d()"), (1, None)),
        ordering.precedes(trace, HALVES, a, b),
        ordering.leads_to(trace, HALVES, a, b),
        ordering.order(trace, HALVES, PATTERNS.chain(("a()", "b()"))),
        ordering.precedes(trace, HALVES, a, PATTERNS.chain(("d()",))),
    ]
    assert found == [
        ("it is called: {1}", (1,)),
        None,
        None,
        ("it is never called", (3,)),
        ("{4} comes with no a() before it", (4,)),
        ("no b() comes after {5}", (5,)),
        ("{4} comes where a() should", (4,)),
        VACUOUS,
    ]


def test_call_missing_in_an_empty_window() -> None:
    """
    A window without an event has no event to mark.
    """
    empty = [Window(2, 2)]
    assert [
        ordering.calls(events("a b"), empty, meant_by("a()"), (1, None)),
        ordering.order(events("a b"), empty, PATTERNS.chain(("a()", "b()"))),
    ] == [("it is never called", ()), ("a() is not called", ())]


@pytest.mark.parametrize(
    ("together", "expected"),
    [
        (False, ("it is never called", (6,))),
        (True, None),
    ],
)
def test_windows_counted_together(together: bool, expected: Fault | None) -> None:  # noqa: FBT001
    """
    The windows of something that is held are counted as one.
    """
    found = ordering.calls(
        events("a b c b d c"), HALVES, meant_by("a()"), (1, 1), together=together
    )
    assert found == expected
