# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.contracts.window import Scope, Window
from tests.toy import PATTERNS, events, run_of

WINDOWS: dict[str, tuple[Scope, str, list[tuple[int, int]]]] = {
    "globally": (Scope(), "a b", [(0, 2)]),
    "globally, nothing happens": (Scope(), "", [(0, 0)]),
    "before the first": (Scope(before="b()"), "a a b a b", [(0, 2)]),
    "before what comes first": (Scope(before="a()"), "a b", [(0, 0)]),
    "before what never comes": (Scope(before="c()"), "a b", []),
    "after the first": (Scope(after="a()"), "b a b a", [(2, 4)]),
    "after what comes last": (Scope(after="a()"), "b a", [(2, 2)]),
    "after what never comes": (Scope(after="c()"), "a b", []),
    "between": (Scope(between=("a()", "b()")), "c a c c b c", [(2, 4)]),
    "between, again": (Scope(between=("a()", "b()")), "a c b c a b", [(1, 2), (5, 5)]),
    "between, opened twice": (Scope(between=("a()", "b()")), "a a c b", [(1, 3)]),
    "between, never closed": (Scope(between=("a()", "b()")), "a c b a c", [(1, 2)]),
    "between, closed only": (Scope(between=("a()", "b()")), "b c", []),
    "between the same": (Scope(between=("a()", "a()")), "a b a c a", [(1, 2), (3, 4)]),
    "while held": (Scope(held="LOCK(x)"), "a lock(x) b c unlock(x) d", [(2, 4)]),
    "while held, again": (
        Scope(held="LOCK(x)"),
        "lock(x) unlock(x) a lock(x) b unlock(x)",
        [(1, 1), (4, 5)],
    ),
    "while held, never released": (Scope(held="LOCK(x)"), "a lock(x) b c", [(2, 4)]),
    "while held, by a trylock": (Scope(held="LOCK(x)"), "try(x) = 1 a unlock(x)", [(1, 2)]),
    "while held, never taken": (Scope(held="LOCK(x)"), "try(x) = 0 lock(y) a", []),
    "in a pass": (Scope(passes=(2,)), "a b c d", [(2, 2)]),
    "in passes": (Scope(passes=(1, 3)), "a b c d", [(0, 2), (2, 3)]),
    "in a pass that is not there": (Scope(passes=(4,)), "a b c d", []),
    "in passes of which one is not there": (Scope(passes=(1, 4)), "a b c d", [(0, 2)]),
    "from a pass on": (Scope(from_pass=2), "a b c d", [(2, 2), (2, 3)]),
    "from a pass on that is not there": (Scope(from_pass=4), "a b c d", []),
    "while held twice": (Scope(held="REF(x)"), "get(x) a get(x) b put(x) c put(x) d", [(1, 6)]),
    "while held twice, one kept": (Scope(held="REF(x)"), "get(x) get(x) a put(x) b", [(1, 5)]),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_of_a_scope(name: str) -> None:
    """
    A scope is made of these windows; one that is never entered has none.
    """
    scope, trace, expected = WINDOWS[name]
    run = run_of(trace)
    run.passes = ((0, 2), (2, 2), (2, 3))
    assert scope.windows(run, PATTERNS) == [Window(*pair) for pair in expected]


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (Scope(), ""),
        (Scope(before="a()"), " before a()"),
        (Scope(after="a()"), " after a()"),
        (Scope(between=("a()", "b()")), " between a() and b()"),
        (Scope(held="LOCK(x)"), " while LOCK(x)"),
        (Scope(passes=(1, 3)), " in pass 1 | 3"),
        (Scope(from_pass=2), " from pass 2"),
    ],
)
def test_scope_as_a_spec_words_it(scope: Scope, text: str) -> None:
    """
    A scope shows as the words of the language that stand for it.
    """
    assert str(scope) == text


@given(st.text("abcd", max_size=12))
def test_windows_between_have_their_ends(letters: str) -> None:
    """
    Between two calls means: the first before it, the second behind it, and none inside.
    """
    trace = " ".join(letters)
    found = Scope(between=("a()", "b()")).windows(run_of(trace), PATTERNS)
    assert [(letters[start - 1], letters[end]) for start, end in found] == [("a", "b")] * len(found)
    assert all("b" not in letters[start:end] for start, end in found)


@given(st.lists(st.sampled_from(["get(x)", "put(x)", "a"]), max_size=12))
def test_windows_while_held_are_those_of_a_count(calls: list[str]) -> None:
    """
    An event is inside if and only if the count is above zero before it and after it.
    """
    count = 0
    legal: list[str] = []
    inside: list[int] = []
    for call in calls:
        if call == "put(x)" and not count:
            continue
        after = count + {"get(x)": 1, "put(x)": -1}.get(call, 0)
        if count and after:
            inside.append(len(legal))
        count = after
        legal.append(call)
    run = run_of(" ".join(legal))
    found = Scope(held="REF(x)").windows(run, PATTERNS)
    assert [step for start, end in found for step in range(start, end)] == inside
    assert run.trace == events(" ".join(legal))
