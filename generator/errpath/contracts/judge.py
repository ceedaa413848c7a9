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

    from errpath.contracts.alike import Alike
    from errpath.contracts.check import Check
    from errpath.contracts.events import Patterns
    from errpath.kernel.target import Model
    from errpath.spec import contract
    from errpath.spec.clause import Clause
    from errpath.vocabulary.vocabulary import Vocabulary

Call: TypeAlias = "Callable[[Check], None]"
"""A clause as the call that judges it."""


def call_of(clause: Clause) -> Call:
    """
    Give the call that judges a clause: the same that a generated test makes.
    """
    how = judgement(clause)
    arguments, keywords = how.arguments, {"at": str(clause.at), **how.keywords}

    def call(check: Check) -> None:
        getattr(check, how.method)(*arguments, **keywords)

    return call


def calls_of(said: contract.Contract, semantics: str) -> tuple[Call, ...]:
    """
    Give the calls that judge all clauses which hold in a semantics, in the spec's order.
    """
    return tuple(map(call_of, said.clauses_in(semantics)))


def about(said: contract.Contract, vocabulary: Vocabulary) -> None:
    """
    Hold a contract and a vocabulary to be about the same function, on the same pages.

    A ValueError tells that they are not: the one would mean nothing in the words of the other.
    """
    wanted = (said.entry.name, said.entry.pages) if said.entry else None
    given = (vocabulary.entry, vocabulary.pages) if vocabulary.pages else None
    if wanted != given:
        whole = str(said.entry) if said.entry else "the function that the model is of"
        message = f"`{said.name}` is about {whole}, and is not judged in other words"
        raise ValueError(message)


def condition_of(said: spec.Condition) -> meant.Condition:  # noqa: PLR0911 - one a kind
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
        case spec.Stopped():
            return meant.Stopped()
        case spec.Not():
            return meant.Not(condition_of(said.condition))
        case spec.All():
            return meant.All(*map(condition_of, said.conditions))
        case spec.Some():
            return meant.Some(*map(condition_of, said.conditions))


def excuses_of(law: contract.Law, semantics: str) -> Sequence[Excuse]:
    """
    Give the excuses that a law declares in a semantics.
    """
    return [
        Excuse(condition_of(exception.when), at=str(exception.at))
        for exception in law.exceptions
        if semantics in exception.semantics
    ]


def judged(
    law: contract.Law, semantics: str, classes: Iterable[Alike], *, model: Model, patterns: Patterns
) -> tuple[Law, Sequence[Excuse]]:
    """
    Judge a law on every path of a semantics; give what came of it, and its excuses.

    A ValueError tells that the law is about another function than the model.
    """
    about(law, model.vocabulary)
    excuses = excuses_of(law, semantics)
    calls = calls_of(law, semantics)
    terms = meant.Terms(model.vocabulary, patterns)
    found = Law(model=model, patterns=patterns, terms=terms)
    when = meant.EVERY_PATH if law.when is None else condition_of(law.when)
    for check in found.paths(classes, when, excuses):
        for call in calls:
            call(check)
    return found, excuses
