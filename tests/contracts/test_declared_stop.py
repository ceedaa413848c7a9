# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from errpath.contracts.broken import Kind
from errpath.contracts.check import Check
from errpath.contracts.situation import Situations
from errpath.kernel.findings import KernelBug
from tests.toy import VOCABULARY, check_of, run_of

AT = "specs/toy.errpath:7"
QUIET = Situations(VOCABULARY).situation({})
FINAL: dict[str, dict[str, Any]] = {"x": {"on": "shelf", "sold": True}, "counters": {"STOCK": -1}}
Clause = Callable[[Check], None]


def _broken(*clauses: Clause, name: str = "bad-taste") -> list[tuple[Kind, str, tuple[str, ...]]]:
    """
    Judge a run that a debug check of that name stopped behind `a()`.
    """
    bug = KernelBug(name, "is done badly")
    check = check_of(run_of("a", returns=None, final=FINAL, bug=bug))
    for clause in clauses:
        clause(check)
    return [(one.kind, one.clause, one.got) for one in check.finish(QUIET)]


def _breaks(contract: str) -> Clause:
    return lambda check: check.breaks(contract, at=AT)


STOPPED = (Kind.KERNEL_BUG, "bad-taste", ("{1} is done badly",))


def test_declared_stop_is_no_finding() -> None:
    """
    A run that stops on what is declared has broken that contract, and has to.
    """
    assert _broken(_breaks("taste")) == []


def test_stop_that_nobody_declared() -> None:
    """
    Without the declaration it is the kernel's bug, whatever else is said of the end.
    """
    assert _broken(lambda check: check.returns(0, at=AT)) == [STOPPED]


def test_another_contract_is_declared() -> None:
    """
    A declaration of another contract does not cover the stop.
    """
    assert _broken(_breaks("locks")) == [STOPPED]


def test_check_that_no_contract_is_about() -> None:
    """
    What a debug check finds and no contract names cannot be declared.
    """
    other = (Kind.KERNEL_BUG, "ugly", ("{1} is done badly",))
    assert _broken(_breaks("taste"), name="ugly") == [other]


def test_second_declaration_is_not_shown() -> None:
    """
    What else is declared has to show, and does not on a run that stops before.
    """
    got = ("the run stops on bad-taste before it shows that",)
    assert _broken(_breaks("taste"), _breaks("locks")) == [(Kind.CONTRACT, "breaks locks", got)]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            lambda check: check.returns(0, at=AT),
            (Kind.CONTRACT, "returns 0", ("it does not return",)),
        ),
        (
            lambda check: check.ends_on("x", "nothing", at=AT),
            (Kind.CONTRACT, "finally x on nothing", ("x ends on shelf",)),
        ),
        (
            lambda check: check.ends("x", "sold", at=AT, so=False),
            (Kind.CONTRACT, "finally x not sold", ("x ends sold",)),
        ),
        (
            lambda check: check.changes("STOCK", 1, at=AT),
            (Kind.CONTRACT, "finally STOCK changed by 1", ("STOCK changes by -1",)),
        ),
        (
            lambda check: check.never("b()", after="c()", at=AT),
            (
                Kind.UNCHECKED,
                "never b() after c()",
                ("the run never calls c(), so the clause checks nothing",),
            ),
        ),
    ],
)
def test_clauses_are_about_the_state_of_the_stop(
    clause: Clause, expected: tuple[Kind, str, tuple[str, ...]]
) -> None:
    """
    If the stop is declared, every clause about the end is judged, and none passes unchecked.
    """
    assert _broken(clause, _breaks("taste")) == [expected]
    assert _broken(_breaks("taste"), clause) == [expected]
    assert _broken(clause) == [STOPPED]
