# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from typing import Any

import pytest

from errpath.contracts.judge import call_of
from errpath.contracts.situation import Situations
from errpath.spec import clause as spec
from errpath.spec.node import Location
from errpath.spec.pattern import Call, Pattern
from errpath.spec.scope import After, While
from tests.toy import VOCABULARY, check_of, run_of

QUIET = Situations(VOCABULARY).situation({})
AT = Location(file="specs/toy.errpath", line=7, column=3)
A, B, C = (Pattern(calls=(Call(primitive=letter, subjects=()),)) for letter in "abc")
TRACE = "a lock(x) b lock(y)"

CLAUSES: dict[str, tuple[spec.Clause, spec.Clause]] = {
    "returns -ENOMEM": (spec.Returns(at=AT, codes=(0,)), spec.Returns(at=AT, codes=(-12,))),
    "never a()": (spec.Never(at=AT, pattern=C), spec.Never(at=AT, pattern=A)),
    "calls a() exactly 2 times": (
        spec.Calls(at=AT, pattern=A, at_most=1),
        spec.Calls(at=AT, pattern=A, at_least=2, at_most=2),
    ),
    "b() precedes a()": (
        spec.Precedes(at=AT, first=(A,), then=(B,)),
        spec.Precedes(at=AT, first=(B,), then=(A,)),
    ),
    "b() leads to a()": (
        spec.LeadsTo(at=AT, cause=(A,), effect=(B,)),
        spec.LeadsTo(at=AT, cause=(B,), effect=(A,)),
    ),
    "order b() < a()": (
        spec.Order(at=AT, patterns=(A, B)),
        spec.Order(at=AT, patterns=(B, A)),
    ),
    "never b() while LOCK(x)": (
        spec.Never(at=AT, pattern=A, scope=After(start=B)),
        spec.Never(at=AT, pattern=B, scope=While(hold="LOCK", subject="x")),
    ),
    "finally x on nothing": (
        spec.FinallyOn(at=AT, subject="x", place="shelf"),
        spec.FinallyOn(at=AT, subject="x", place="nothing"),
    ),
    "finally x not sold": (
        spec.FinallyState(at=AT, subject="x", state="sold"),
        spec.FinallyState(at=AT, subject="x", state="sold", negated=True),
    ),
    "finally STOCK changed by 1": (
        spec.FinallyCount(at=AT, counter="STOCK", change=-1),
        spec.FinallyCount(at=AT, counter="STOCK", change=1),
    ),
}


@pytest.mark.parametrize("text", CLAUSES)
def test_clause_of_a_spec_is_judged(text: str) -> None:
    """
    A clause as a spec has it is kept or broken, and worded, as its line of a test would be.
    """
    final: dict[str, dict[str, Any]] = {
        "x": {"on": "shelf", "sold": True},
        "counters": {"STOCK": -1},
    }
    check = check_of(run_of(TRACE, final=final))
    for clause in CLAUSES[text]:
        call_of(clause)(check)
    check.breaks("locks", at=str(AT))
    assert [(one.clause, one.at) for one in check.finish(QUIET)] == [(text, str(AT))]


def test_declared_violation_of_a_spec() -> None:
    """
    A violation that a spec declares is one to the check as well.
    """
    check = check_of(run_of(TRACE))
    call_of(spec.Breaks(at=AT, contract="locks", because="It leaks."))(check)
    assert check.finish(QUIET) == []
