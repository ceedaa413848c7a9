# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.situation import Situations
from tests.toy import VOCABULARY, check_of, run_of

AT = "specs/toy.errpath:7"
QUIET = Situations(VOCABULARY).situation({})
FINAL: dict[str, dict[str, Any]] = {
    "x": {"on": "shelf", "sold": True},
    "y": {"on": "nothing", "sold": False},
    "counters": {"STOCK": -1},
}

Clause: TypeAlias = Callable[[Check], None]


def _finish(trace: str, clause: Clause, **more: Any) -> list[Broken]:
    check = check_of(run_of(trace, final=FINAL, **more))
    clause(check)
    return check.finish(QUIET)


KEPT: dict[str, tuple[str, Clause]] = {
    "returns": ("a", lambda run: run.returns(0, at=AT)),
    "returns one of": ("a", lambda run: run.returns(-12, 0, at=AT)),
    "never": ("a", lambda run: run.never("b()", at=AT)),
    "never, in a scope": ("a b", lambda run: run.never("a()", after="a()", at=AT)),
    "calls": ("a", lambda run: run.calls("a()", at=AT)),
    "calls twice": ("a a", lambda run: run.calls("a()", at_least=2, at_most=2, at=AT)),
    "calls at most": ("b", lambda run: run.calls("a()", at_least=0, at_most=1, at=AT)),
    "calls while held": (
        "lock(x) a unlock(x) lock(x) unlock(x) a",
        lambda run: run.calls("a()", at_most=1, held="LOCK(x)", at=AT),
    ),
    "precedes": ("a b", lambda run: run.precedes(("a()",), ("b()",), at=AT)),
    "leads to": ("a b", lambda run: run.leads_to(("a()",), ("b()",), at=AT)),
    "order": ("c a d b", lambda run: run.order("a()", "b()", at=AT)),
    "order, in a scope": (
        "b a c b",
        lambda run: run.order("a()", "b()", after="b()", at=AT),
    ),
    "ends on": ("a", lambda run: run.ends_on("x", "shelf", at=AT)),
    "ends not on": ("a", lambda run: run.ends_on("x", "nothing", so=False, at=AT)),
    "ends": ("a", lambda run: run.ends("x", "sold", at=AT)),
    "ends not": ("a", lambda run: run.ends("y", "sold", so=False, at=AT)),
    "changes": ("a", lambda run: run.changes("STOCK", -1, at=AT)),
}


@pytest.mark.parametrize("name", KEPT)
def test_clause_that_is_kept(name: str) -> None:
    """
    A run that keeps its clause has nothing broken.
    """
    trace, clause = KEPT[name]
    assert _finish(trace, clause) == []


def _broken(clause: str, got: str, *marks: int) -> Broken:
    return Broken(kind=Kind.CONTRACT, clause=clause, got=(got,), at=AT, marks=marks)


def _held_to_the_end(run: Check) -> None:
    run.never("a()", held="LOCK(x)", at=AT)
    run.breaks("locks", at=AT)


BROKEN: dict[str, tuple[str, Clause, Broken]] = {
    "returns": (
        "a",
        lambda run: run.returns(-12, -16, at=AT),
        _broken("returns -ENOMEM | -EBUSY", "it returns 0"),
    ),
    "never": (
        "b a",
        lambda run: run.never("a()", at=AT),
        _broken("never a()", "it is called: {2}", 2),
    ),
    "never, before": (
        "a b",
        lambda run: run.never("a()", before="b()", at=AT),
        _broken("never a() before b()", "it is called: {1}", 1),
    ),
    "never, while held": (
        "lock(x) a unlock(x)",
        lambda run: run.never("a()", held="LOCK(x)", at=AT),
        _broken("never a() while LOCK(x)", "it is called: {2}; LOCK(x) is held since {1}", 2),
    ),
    "never, while held for good": (
        "lock(x) unlock(x) lock(x) a unlock(x) lock(x) unlock(x)",
        lambda run: run.never("a()", held="LOCK(x)", at=AT),
        _broken("never a() while LOCK(x)", "it is called: {4}; LOCK(x) is held since {3}", 4),
    ),
    "never, while held to the end": (
        "a lock(x) b a",
        _held_to_the_end,
        _broken("never a() while LOCK(x)", "it is called: {4}; LOCK(x) is held since {2}", 4),
    ),
    "calls": (
        "b",
        lambda run: run.calls("a()", at=AT),
        _broken("calls a()", "it is never called", 1),
    ),
    "calls once": (
        "a a",
        lambda run: run.calls("a()", at_most=1, at=AT),
        _broken("calls a() once", "it is called twice: {1} and {2}", 1, 2),
    ),
    "calls exactly": (
        "a",
        lambda run: run.calls("a()", at_least=2, at_most=2, at=AT),
        _broken("calls a() exactly 2 times", "it is called once: {1}", 1),
    ),
    "calls at least": (
        "a",
        lambda run: run.calls("a()", at_least=2, at=AT),
        _broken("calls a() at least 2 times", "it is called once: {1}", 1),
    ),
    "calls at most once": (
        "a a",
        lambda run: run.calls("a()", at_least=0, at_most=1, at=AT),
        _broken("calls a() at most once", "it is called twice: {1} and {2}", 1, 2),
    ),
    "calls at most": (
        "a a a",
        lambda run: run.calls("a()", at_least=0, at_most=2, at=AT),
        _broken("calls a() at most 2 times", "it is called 3 times: {1} and {2} and {3}", 1, 2, 3),
    ),
    "precedes": (
        "b",
        lambda run: run.precedes(("a()", "c()"), ("b()",), at=AT),
        _broken("a(), c() precedes b()", "{1} comes with no a() before it", 1),
    ),
    "leads to": (
        "a",
        lambda run: run.leads_to(("a()",), ("b()", "c()"), at=AT),
        _broken("a() leads to b(), c()", "no b() comes after {1}", 1),
    ),
    "order, between": (
        "c b a d",
        lambda run: run.order("a()", "b()", between=("c()", "d()"), at=AT),
        _broken("order a() < b() between c() and d()", "{2} comes where a() should", 2),
    ),
    "ends on": (
        "lock(x) unlock(x) is_full(x) = 0 a",
        lambda run: run.ends_on("x", "nothing", at=AT),
        _broken("finally x on nothing", "x ends on shelf", 2),
    ),
    "ends not on": (
        "a",
        lambda run: run.ends_on("x", "shelf", so=False, at=AT),
        _broken("finally x not on shelf", "x ends on shelf"),
    ),
    "ends": (
        "a",
        lambda run: run.ends("y", "sold", at=AT),
        _broken("finally y sold", "y ends not sold"),
    ),
    "ends not": (
        "a",
        lambda run: run.ends("x", "sold", so=False, at=AT),
        _broken("finally x not sold", "x ends sold"),
    ),
    "changes": (
        "a",
        lambda run: run.changes("STOCK", 2, at=AT),
        _broken("finally STOCK changed by 2", "STOCK changes by -1"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_clause_that_is_broken(name: str) -> None:
    """
    A broken clause is worded as in the spec, with what the run did and where.
    """
    trace, clause, expected = BROKEN[name]
    assert _finish(trace, clause) == [expected]


def test_everything_broken_is_told() -> None:
    """
    One clause that is broken hides no other.
    """

    def clauses(run: Check) -> None:
        run.returns(-12, at=AT)
        run.calls("a()", at=AT)
        run.never("b()", at=AT)

    assert [one.clause for one in _finish("b", clauses)] == [
        "returns -ENOMEM",
        "calls a()",
        "never b()",
    ]


UNKNOWN: dict[str, Clause] = {
    "never": lambda run: run.never("drop(x)", at=AT),
    "order": lambda run: run.order("a()", "drop(x)", at=AT),
    "scope": lambda run: run.never("a()", before="drop(x)", at=AT),
    "subject": lambda run: run.ends_on("z", "shelf", at=AT),
    "state": lambda run: run.ends("x", "lent", at=AT),
    "counter": lambda run: run.changes("DEMAND", 1, at=AT),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_clause_about_what_there_is_not(name: str) -> None:
    """
    A name that the vocabulary does not have is a KeyError: no clause passes by a typo.
    """
    with pytest.raises(KeyError):
        _finish("a", UNKNOWN[name])
