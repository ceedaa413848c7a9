# SPDX-License-Identifier: GPL-2.0-only
"""
A law, judged on all paths over a list of pages that were merged.

Paths of a class return the same, end by the same bug, break the same cleanup contracts and make the
calls of the law's marks as often. So what is judged are laws of `keeps`, `returns`, and `never`
and `calls` without a scope, whose conditions are about calls and return codes. Any other
is an EntangledError: what it reads of a path is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from errpath.contracts.check import Check
from errpath.contracts.condition import EVERY_PATH, Terms
from errpath.contracts.judge import about, calls_of, condition_of
from errpath.explore.merged.leaf import EntangledError
from errpath.spec import clause as clauses
from errpath.spec import condition as conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errpath.contracts.broken import Broken
    from errpath.contracts.events import Patterns
    from errpath.explore.merged.merged import Class, Merged
    from errpath.kernel.target import Model
    from errpath.spec.contract import Law


def marks_of(laws: Iterable[Law], semantics: str) -> tuple[tuple[str, int], ...]:
    """
    Give the patterns that the laws count in a semantics, and how far each is counted.
    """
    found: dict[str, int] = {}
    for law in laws:
        if semantics in law.semantics:
            for pattern, cap in _marks(law, semantics):
                found[pattern] = max(cap, found.get(pattern, 0))
    return tuple(found.items())


def _marks(law: Law, semantics: str) -> Iterator[tuple[str, int]]:
    for clause in law.clauses_in(semantics):
        match clause:
            case clauses.Keeps() | clauses.Returns():
                pass
            case clauses.Never(scope=None):
                yield str(clause.pattern), 1
            case clauses.Calls(scope=None):
                yield str(clause.pattern), max(clause.at_least, clause.at_most or 0) + 1
            case _:
                message = (
                    f"{clause.at}: a clause about the order or the place of calls is not judged"
                )
                raise EntangledError(message)
    if law.when is not None:
        yield from _asked(law.when)
    for exception in law.exceptions:
        if semantics in exception.semantics:
            yield from _asked(exception.when)


def _asked(said: conditions.Condition) -> Iterator[tuple[str, int]]:
    match said:
        case conditions.Made():
            yield str(said.pattern), 1
        case conditions.Returned():
            pass
        case conditions.Not():
            yield from _asked(said.condition)
        case conditions.All() | conditions.Some():
            for one in said.conditions:
                yield from _asked(one)
        case _:
            message = f"{said.at}: a condition about the situation is not judged"
            raise EntangledError(message)


@dataclass(slots=True)
class Verdict:
    """
    What comes of a law: exact numbers of paths, and the classes that break it unexcused.

    `bound` are the paths that the law binds; of each exception, in its order, `excused` are
    those that break the law and `kept` those that do not.
    """

    bound: int = 0
    broken: list[tuple[Class, list[Broken]]] = field(default_factory=list)
    excused: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)

    @property
    def broken_paths(self) -> int:
        """
        The number of paths that break the law without an excuse.
        """
        return sum(one.paths for one, _ in self.broken)


def judged(law: Law, semantics: str, found: Merged, *, model: Model, patterns: Patterns) -> Verdict:
    """
    Judge a law on every class; `found` was merged with the law's marks, `model` is the list's.
    """
    about(law, model.vocabulary)
    missing = {text for text, _ in marks_of([law], semantics)} - set(found.marks)
    if missing:
        message = f"the paths were merged without counting {', '.join(sorted(missing))}"
        raise ValueError(message)
    terms = Terms(model.vocabulary, patterns)
    when = EVERY_PATH if law.when is None else condition_of(law.when)
    excuses = [condition_of(e.when) for e in law.exceptions if semantics in e.semantics]
    calls = calls_of(law, semantics)
    verdict = Verdict(excused=[0] * len(excuses), kept=[0] * len(excuses))
    for one in found.classes:
        if not when.holds(one.run, terms):
            continue
        verdict.bound += one.paths
        check = Check(one.run, model=model, patterns=patterns)
        for call in calls:
            call(check)
        broken = check.judged()
        excuse = next((i for i, e in enumerate(excuses) if e.holds(one.run, terms)), None)
        if excuse is not None:
            (verdict.excused if broken else verdict.kept)[excuse] += one.paths
        elif broken:
            verdict.broken.append((one, broken))
    return verdict
