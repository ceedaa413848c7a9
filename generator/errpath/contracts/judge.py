# SPDX-License-Identifier: GPL-2.0-only
"""
Clauses and conditions as a spec has them, judged at once: what a generated test does, without one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from errpath.contracts import condition as meant
from errpath.contracts.law import Excuse, Law
from errpath.spec import condition as spec
from errpath.spec.judgement import judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from errpath.contracts.check import Check
    from errpath.contracts.events import Patterns
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec import contract
    from errpath.spec.clause import Clause

Call: TypeAlias = "Callable[[Check], None]"
"""A clause as the call that judges it."""


def call_of(clause: Clause) -> Call:
    """
    Give the call that judges a clause: the same that a generated test makes.
    """
    how = judgement(clause)
    method, arguments, keywords = how.method, how.arguments, how.keywords
    at = str(clause.at)

    def call(check: Check) -> None:
        getattr(check, method)(*arguments, at=at, **keywords)

    return call


def calls_of(said: contract.Contract, semantics: str) -> tuple[Call, ...]:
    """
    Give the calls that judge all clauses which hold in a semantics, in the spec's order.
    """
    return tuple(map(call_of, said.clauses_in(semantics)))


def condition_of(said: spec.Condition) -> meant.Condition:
    """
    Give a condition that can be put to paths.
    """
    match said:
        case spec.Made():
            return meant.Made(str(said.pattern))
        case spec.Is():
            return meant.Said(said.aspect, *said.words)
        case spec.Returned():
            return meant.Returned(*said.codes)
        case spec.Not():
            return meant.Not(condition_of(said.condition))
        case spec.All():
            return meant.All(*map(condition_of, said.conditions))
        case spec.Some():
            return meant.Some(*map(condition_of, said.conditions))


def judged(
    law: contract.Law, semantics: str, runs: Iterable[Run], *, model: Model, patterns: Patterns
) -> tuple[Law, Sequence[Excuse]]:
    """
    Judge a law on every path of a semantics; give what came of it, and its excuses.
    """
    excuses = [
        Excuse(condition_of(exception.when), at=str(exception.at))
        for exception in law.exceptions
        if semantics in exception.semantics
    ]
    calls = calls_of(law, semantics)
    terms = meant.Terms(model.vocabulary, patterns)
    found = Law(model=model, patterns=patterns, terms=terms)
    when = meant.EVERY_PATH if law.when is None else condition_of(law.when)
    for check in found.paths(runs, when, excuses):
        for call in calls:
            call(check)
    return found, excuses
