# SPDX-License-Identifier: GPL-2.0-only
"""
Specs made by hand, about the toy model.
"""

from __future__ import annotations

from typing import Any

from errpath.spec.clause import Clause, Returns
from errpath.spec.contract import Law, Scenario, Spec
from errpath.spec.node import Location
from errpath.spec.pattern import Call, Outcome, Pattern
from errpath.spec.situation import Injection, Setting, Situation

FILE = "specs/toy.errpath"


def at(line: int = 1, *, file: str = FILE) -> Location:
    """
    Give a place in a spec file.
    """
    return Location(file=file, line=line, column=1)


def pattern(*texts: str) -> Pattern:
    """
    Give the pattern that means any of the calls: "try(x) fails", "copy(x, y) = -EBUSY".
    """
    return Pattern(calls=tuple(_call(text) for text in texts))


def _call(text: str) -> Call:
    head, _, result = text.partition(")")
    primitive, _, inside = head.partition("(")
    subjects = tuple(filter(None, inside.split(", ")))
    outcome: str | Outcome | None = None
    if result.startswith(" = "):
        outcome = result[3:]
    elif result:
        outcome = Outcome(result.strip())
    return Call(primitive=primitive, subjects=subjects, result=outcome)


def setting(aspect: str, *words: str, subject: str | None = None) -> Setting:
    """
    Give the words of one aspect.
    """
    return Setting(aspect=aspect, subject=subject, words=words)


def fault(call: str, *results: str, **more: Any) -> Injection:
    """
    Give a fault.
    """
    return Injection(at=at(), call=call, results=results, **more)


RETURNS = Returns(at=at(9), codes=(0,))


def scenario(*clauses: Clause, **more: Any) -> Scenario:
    """
    Give a scenario: what is not said is as plain as can be.
    """
    plain: dict[str, Any] = {
        "at": at(3),
        "name": "it works",
        "identifier": "it_works",
        "because": "It works.",
        "situation": Situation(settings=more.pop("settings", ()), faults=more.pop("faults", ())),
        "semantics": ("old",),
        "clauses": clauses or (RETURNS,),
    }
    return Scenario(**(plain | more))


def law(*clauses: Clause, **more: Any) -> Law:
    """
    Give a law: what is not said is as plain as can be.
    """
    plain: dict[str, Any] = {
        "at": at(5),
        "name": "it always works",
        "identifier": "it_always_works",
        "because": "It works.",
        "semantics": ("old",),
        "clauses": clauses or (RETURNS,),
    }
    return Law(**(plain | more))


def spec(*scenarios: Scenario, **more: Any) -> Spec:
    """
    Give a spec of these scenarios.
    """
    plain: dict[str, Any] = {
        "file": FILE,
        "sha256": "0" * 64,
        "model": "toy",
        "says": "What the toy does.",
        "scenarios": scenarios,
    }
    return Spec(**(plain | more))
