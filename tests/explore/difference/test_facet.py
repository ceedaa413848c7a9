# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from errpath.explore.difference.facet import WEIGHTS, Facet, Facets, Weight
from errpath.explore.difference.pairs import Pair
from errpath.kernel.findings import KernelBug
from errpath.kernel.run import Run
from errpath.spec.change import CHANGES
from errpath.vocabulary.choice import Value
from errpath.vocabulary.hold import item
from errpath.vocabulary.situation import State
from tests.explore.difference.comparing import TOY, beside, traces
from tests.toy import LOCK, VOCABULARY, run_of

BUG = KernelBug("vm-bug-on", "it does not hold", at_event=False)
OTHER_BUG = KernelBug("use-after-put", "touches x", at_event=False)

ABSENT = State(name="absent", subjects=("y",), says="it was not gotten", effort=True)
GIVEN_BACK = State(name="given_back", subjects=("y",), says="it was", effort=True)
COUNTED = State(name="counted", subjects=("x",), says="it is", hinges_on="is_full(x)")
STATES = replace(TOY, states=(ABSENT, GIVEN_BACK, COUNTED), back=frozenset({"shelf"}))


def _facets(pair: Pair) -> list[Facet]:
    found, _ = Facets(STATES).of(pair)
    return list(found)


def _says(pair: Pair) -> list[str]:
    return [facet.says for facet in _facets(pair)]


def _final(
    subject: str,
    was: dict[str, Any],
    now: dict[str, Any],
    answers: tuple[dict[str, Value], dict[str, Value]] = ({}, {}),
) -> Pair:
    """
    Give the pair of two runs that differ in the state of one subject.
    """
    return beside(
        run_of("a", final={subject: was}, choices=answers[0]),
        run_of("a", final={subject: now}, choices=answers[1]),
    )


def test_every_kind_of_change_has_a_weight() -> None:
    """
    What a delta can declare is what is found, and each kind has its weight.
    """
    assert (list(WEIGHTS), {*WEIGHTS.values()}) == (
        ["returns", "final", "touches", "calls", "holds", "order"],
        {*Weight},
    )
    assert WEIGHTS.keys() == CHANGES.keys()


@pytest.mark.parametrize("text", ["", "a b", "lock(x) nap(x) unlock(x)", "try(x) = 0 get(x)"])
def test_runs_that_do_the_same(text: str) -> None:
    """
    Two runs that do the same have no facet, and no call that changed its place.
    """
    assert Facets(STATES).of(traces(text, text)) == ((), frozenset())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (run_of("a", returns=0), run_of("a", returns=-12), "returns -ENOMEM, not 0"),
        (run_of("a", returns=-12), run_of("a", returns=-11), "returns -EAGAIN, not -ENOMEM"),
        (
            run_of("a"),
            run_of("a", returns=None, bug=BUG),
            "stops on vm-bug-on, where it returned 0",
        ),
        (
            run_of("a", returns=None, bug=BUG),
            run_of("a", returns=None, bug=OTHER_BUG),
            "stops on use-after-put, not on vm-bug-on",
        ),
        (
            run_of("a", returns=None, bug=BUG),
            run_of("a", returns=-12),
            "returns -ENOMEM, where it stopped on vm-bug-on",
        ),
    ],
)
def test_returns(old: Run, new: Run, expected: str) -> None:
    """
    A run returns another code, or a debug check stops it before it returns.
    """
    assert _facets(beside(old, new)) == [Facet("returns", "", expected)]


def test_bug_that_both_stop_on() -> None:
    """
    Two runs that the same debug check stops end alike.
    """
    stopped = run_of("a", returns=None, bug=BUG)
    assert _facets(beside(stopped, stopped)) == []


def test_bugs_are_told_apart_behind_one_trace() -> None:
    """
    Of pairs that called the same, each has the bug that it stops on.
    """
    facets = Facets(STATES)
    found = [
        [facet.says for facet in facets.of(pair)[0]]
        for bug in (BUG, OTHER_BUG)
        for pair in [beside(run_of("a"), run_of("a", returns=None, bug=bug))]
    ]
    assert found == [
        ["stops on vm-bug-on, where it returned 0"],
        ["stops on use-after-put, where it returned 0"],
    ]


@pytest.mark.parametrize(
    ("subject", "was", "now", "expected"),
    [
        ("x", {"on": "shelf"}, {"on": "nothing"}, ("x", "finally x on nothing, not on shelf")),
        ("x", {"sold": False}, {"sold": True}, ("x", "finally x sold")),
        ("x", {"sold": True}, {"sold": False}, ("x", "finally x not sold")),
        (
            "counters",
            {"STOCK": 0},
            {"STOCK": -2},
            ("STOCK", "finally STOCK changed by -2, not by 0"),
        ),
    ],
)
def test_final(
    subject: str, was: dict[str, Any], now: dict[str, Any], expected: tuple[str, str]
) -> None:
    """
    A subject is elsewhere, or in another state; a counter changed by another number.
    """
    assert _facets(_final(subject, was, now)) == [Facet("final", *expected)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"is_full(x)": 1}, {"is_full(x)": 1}, ["finally x counted"]),
        ({"is_full(x)": 1}, {}, []),
        ({}, {"is_full(x)": 1}, []),
        ({}, {}, []),
    ],
)
def test_state_that_hinges_on_a_question(
    old: dict[str, Value], new: dict[str, Value], expected: list[str]
) -> None:
    """
    A state that hinges on a question differs only where both runs asked it.
    """
    pair = _final("x", {"counted": False}, {"counted": True}, (old, new))
    assert _says(pair) == expected


NOT_GOTTEN = {"on": "nothing", "absent": True, "given_back": False}


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        (NOT_GOTTEN, {"on": "shelf", "absent": False, "given_back": True}, []),
        ({"on": "shelf", "absent": False, "given_back": True}, NOT_GOTTEN, []),
        (
            NOT_GOTTEN,
            {"on": "till", "absent": False, "given_back": False},
            ["finally y on till, not on nothing"],
        ),
        (
            {"on": "till", "absent": False, "given_back": False},
            {"on": "shelf", "absent": False, "given_back": True},
            ["finally y on shelf, not on till"],
        ),
    ],
)
def test_what_is_gotten_and_given_back(
    was: dict[str, Any], now: dict[str, Any], expected: list[str]
) -> None:
    """
    What one run got and gave back, and the other never got, is effort; where else it is counts.
    """
    assert _says(_final("y", was, now)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a", "a get(x)", ["finally REF(x) still held", "now calls get(x)"]),
        ("a lock(x)", "a", ["finally LOCK(x) no longer held", "no longer calls lock(x)"]),
        ("lock(x)", "lock(x)", []),
        ("lock(x) unlock(x)", "lock(x) unlock(x)", []),
    ],
)
def test_what_is_left_held(old: str, new: str, expected: list[str]) -> None:
    """
    What one run alone took and still holds at its end is a difference of state.
    """
    assert _says(traces(old, new)) == expected


def test_what_is_left_held_is_told_in_the_order_in_which_it_was_taken() -> None:
    """
    Several items that are left have one order, on every machine.
    """
    taken = "lock(y) get(x) lock(x) get(y)"
    assert _says(traces("", taken))[:4] == [
        f"finally {item} still held" for item in ("LOCK(y)", "REF(x)", "LOCK(x)", "REF(y)")
    ]
    assert _says(traces(taken, ""))[:4] == [
        f"finally {item} no longer held" for item in ("LOCK(y)", "REF(x)", "LOCK(x)", "REF(y)")
    ]


def test_what_is_left_is_declared_by_its_subject() -> None:
    """
    What is left held is a state of what it is held on: that is what a delta names.
    """
    assert _facets(traces("", "get(y)"))[0] == Facet("final", "y", "finally REF(y) still held")


@pytest.mark.parametrize("since", [0, 1])
def test_what_was_held_before(since: int) -> None:
    """
    What was held before the run is no difference if it is still held, but by a later taking.
    """
    old, new = run_of("a"), run_of("a")
    new.ledger.held[item(LOCK, "x")] = since
    assert bool(_says(beside(old, new))) is (since > 0)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "a", "now calls a()"),
        ("", "a a", "now calls a() 2 times"),
        ("a", "", "no longer calls a()"),
        ("a a", "", "no longer calls a()"),
        ("a", "a a", "calls a() 2 times, not once"),
        ("a a a", "a", "calls a() once, not 3 times"),
        ("a a a", "a a", "calls a() 2 times, not 3 times"),
    ],
)
def test_calls(old: str, new: str, expected: str) -> None:
    """
    A call is made by one run alone, or by both and not as often.
    """
    assert _facets(traces(old, new)) == [Facet("calls", "a()", expected)]


def test_calls_by_their_names() -> None:
    """
    Several calls are told in the order of their names.
    """
    assert _says(traces("d b", "c a")) == [
        "now calls a()",
        "no longer calls b()",
        "now calls c()",
        "no longer calls d()",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("try(x) = 0 b", "try(x) = 0 is_full(x) = 1 b"),
        ("is_full(x) = 0", "is_full(x) = 1 is_full(y) = 0"),
    ],
)
def test_tests_are_no_calls(old: str, new: str) -> None:
    """
    A test reads and does nothing: nobody else sees whether it is made.
    """
    assert _facets(traces(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "swaps"),
    [
        ("a b", "b a", {("a()", "b()")}),
        ("a b c", "b c a", {("a()", "b()"), ("a()", "c()")}),
        ("a b c", "c b a", {("a()", "b()"), ("a()", "c()"), ("b()", "c()")}),
        ("a b a", "a a b", {("b()", "a()")}),
        ("a b", "b a a", set()),
        ("a b c", "b a a c", set()),
        ("is_full(x) = 0 a", "a is_full(x) = 0", set()),
        ("try(x) = 0 a", "a try(x) = 1", {("try(x)", "a()")}),
    ],
)
def test_calls_that_changed_places(old: str, new: str, swaps: set[tuple[str, str]]) -> None:
    """
    A swap names the call that comes later, and the one that it passed; both make them as often.
    """
    assert Facets(STATES).of(traces(old, new))[1] == swaps


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "nap(x) lock(x) unlock(x)",
            "lock(x) nap(x) unlock(x)",
            [Facet("holds", "LOCK(x)", "now holds LOCK(x) across nap(x)")],
        ),
        (
            "get(y) nap(x) put(y)",
            "nap(x) get(y) put(y)",
            [Facet("holds", "REF(y)", "no longer holds REF(y) across nap(x)")],
        ),
        ("a lock(x) unlock(x)", "lock(x) a unlock(x)", []),
        ("nap(x) nap(x) lock(x) unlock(x)", "nap(x) nap(x) lock(x) unlock(x)", []),
        (
            "nap(x) nap(x) lock(x) unlock(x)",
            "nap(x) lock(x) nap(x) unlock(x)",
            [Facet("holds", "LOCK(x)", "now holds LOCK(x) across nap(x)")],
        ),
    ],
)
def test_holds(old: str, new: str, expected: list[Facet]) -> None:
    """
    What is held across a call that may sleep differs; across a call that may not, nobody asks.
    """
    assert _facets(traces(old, new)) == expected


def test_holds_across_a_call_that_one_run_makes() -> None:
    """
    What is held across a call that the other run does not make is said by the calls.
    """
    pair = traces("lock(x) unlock(x)", "lock(x) nap(x) unlock(x)")
    assert _says(pair) == ["now calls nap(x)"]


def test_holds_to_the_end() -> None:
    """
    What is never given up is held across all that follows.
    """
    assert _says(traces("nap(x) lock(x)", "lock(x) nap(x)")) == ["now holds LOCK(x) across nap(x)"]


def test_holds_of_two_calls_on_two_subjects() -> None:
    """
    Calls are told apart by their subjects, and told in the order of their names.
    """
    pair = traces("nap(y) nap(x) lock(x) unlock(x)", "lock(x) nap(y) nap(x) unlock(x)")
    assert _says(pair) == [
        "now holds LOCK(x) across nap(x)",
        "now holds LOCK(x) across nap(y)",
    ]


def test_what_differs_is_told_in_one_order() -> None:
    """
    The state at the end comes first, then the return code, what is left, calls, and holds.
    """
    old = run_of("nap(x) lock(x) unlock(x)", final={"x": {"sold": False}})
    new = run_of("lock(x) nap(x) a unlock(x) get(x)", final={"x": {"sold": True}}, returns=-12)
    assert _says(beside(old, new)) == [
        "finally x sold",
        "returns -ENOMEM, not 0",
        "finally REF(x) still held",
        "now calls a()",
        "now calls get(x)",
        "now holds LOCK(x) across nap(x)",
    ]


def test_toy_states_are_declared() -> None:
    """
    A state without a word about it counts as it is.
    """
    found, _ = Facets(VOCABULARY).of(_final("x", {"absent": True}, {"absent": False}))
    assert [facet.says for facet in found] == ["finally x not absent"]
