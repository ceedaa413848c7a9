# SPDX-License-Identifier: GPL-2.0-only
"""
What a law can read of a run: two runs that agree in it are the same to the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from errpath.contracts.cleanup import contracts_broken
from errpath.spec import clause as said
from errpath.spec import condition
from errpath.spec.scope import After, Before, Between, Scope, While

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Law
    from errpath.spec.pattern import Pattern
    from errpath.vocabulary.vocabulary import Vocabulary

Key: TypeAlias = tuple[object, ...]
"""Equal for runs that a law cannot tell apart."""

_FINAL = (said.FinallyOn, said.FinallyState, said.FinallyCount)


class Reading:
    """
    A run as laws read it: its trace as a word, and the cleanup contracts that it breaks.
    """

    __slots__ = ("contracts", "run", "word")

    def __init__(self, run: Run, model: Model) -> None:
        self.run = run
        self.word = run.word
        self.contracts = frozenset() if run.bug else frozenset(contracts_broken(run, model))


class Footprint:
    """
    The events, items, choices and contracts that one law names.

    Events that it does not name are nothing to it. A clause that holds as long as an item
    is held reads those, too, that take the item or give it up.
    """

    def __init__(self, law: Law, vocabulary: Vocabulary, patterns: Patterns) -> None:
        conditions = [*_conditions(law)]
        scopes = [scope for one in law.clauses if (scope := getattr(one, "scope", None))]
        letters = {
            made.letter
            for pattern in (*_named(law.clauses, scopes), *_made(conditions))
            for made in patterns.meant_by(str(pattern))
        }
        held = {scope.hold for scope in scopes if isinstance(scope, While)}
        moving = {hold: list(_moving(hold, vocabulary)) for hold in held}
        letters |= {
            made.letter
            for calls in moving.values()
            for call in calls
            for made in patterns.meant_by(call)
        }
        # What is taken by no call of a declaration is taken as part of some other event.
        whole = not all(moving.values())
        others = f"[^{''.join(sorted(letters))}]+" if letters else ".+"
        self._others = re.compile("(?!)" if whole else others)
        self.final = any(isinstance(one, _FINAL) for one in law.clauses)
        self._contracts = frozenset(
            one.contract for one in law.clauses if isinstance(one, said.Keeps | said.Breaks)
        )
        self.choices = tuple(sorted(_choices(conditions, vocabulary)))

    def key(self, reading: Reading) -> Key:
        """
        Give all that the law can read of a run.
        """
        run = reading.run
        key: Key = (
            self._others.sub("", reading.word),
            run.returns,
            run.bug is None,
            self._contracts & reading.contracts,
        )
        if self.choices:
            key += (tuple([run.choices.get(text) for text in self.choices]),)
        if self.final:
            key += (repr(run.final),)
        return key


def _moving(hold: str, vocabulary: Vocabulary) -> Iterator[str]:
    """
    Give the calls that take something, or give it up.
    """
    for primitive in vocabulary.primitives.values():
        if hold in {one.name for one in (primitive.takes, primitive.gives_up) if one}:
            yield from primitive.calls()


def _conditions(law: Law) -> Iterator[condition.Condition]:
    for one in (law.when, *(one.when for one in law.exceptions)):
        if one is not None:
            yield from _flat(one)


def _flat(one: condition.Condition) -> Iterator[condition.Condition]:
    yield one
    match one:
        case condition.Not():
            yield from _flat(one.condition)
        case condition.All() | condition.Some():
            for inner in one.conditions:
                yield from _flat(inner)


def _made(conditions: Iterable[condition.Condition]) -> Iterator[Pattern]:
    for one in conditions:
        if isinstance(one, condition.Made):
            yield one.pattern


def _named(clauses: Iterable[said.Clause], scopes: Iterable[Scope]) -> Iterator[Pattern]:
    for clause in clauses:
        match clause:
            case said.Never() | said.Calls():
                yield clause.pattern
            case said.Precedes():
                yield from (*clause.first, *clause.then)
            case said.LeadsTo():
                yield from (*clause.cause, *clause.effect)
            case said.Order():
                yield from clause.patterns
    for scope in scopes:
        match scope:
            case Before():
                yield scope.end
            case After():
                yield scope.start
            case Between():
                yield from (scope.start, scope.end)


def _choices(conditions: Iterable[condition.Condition], vocabulary: Vocabulary) -> set[str]:
    """
    Give the choices that words read, and the rules, by which an open word cannot be.
    """
    aspects = {one.aspect for one in conditions if isinstance(one, condition.Is)}
    words = {
        text
        for aspect in vocabulary.aspects
        if aspect.name in aspects
        for word in aspect.words
        for text in word.answers
    }
    rules = {text for rule in vocabulary.rules.rules for text in rule.excludes}
    return words | rules if words else set()
