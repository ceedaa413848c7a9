# SPDX-License-Identifier: GPL-2.0-only
"""
Laws judged path by path, so that what a mutant leaves alone is judged once for all.

What a law says of all paths is a sum over the paths: how many it binds, how many break it,
how many leave a clause idle or an excuse unused. Each path gives its votes; a mutant takes
back those of the paths that it changes, and adds those of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from errpath.contracts.alike import sameness
from errpath.contracts.condition import EVERY_PATH, Condition, Terms
from errpath.contracts.judge import Call, calls_of, condition_of
from errpath.contracts.law import Excuse, Law
from errpath.explore.mutants.footprint import Footprint, Key, Reading

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec import contract

Votes: TypeAlias = "tuple[tuple[int, str], ...]"
"""What one path adds to which counts: the law by its index, and the name of the count."""


class _Prepared(NamedTuple):
    """
    A law with its condition, its calls and the conditions of its excuses.
    """

    number: int
    test: str
    footprint: Footprint
    when: Condition
    calls: tuple[Call, ...]
    excuses: tuple[tuple[Condition, str], ...]


class Laws:
    """
    The laws of a semantics, and the votes of paths on them.
    """

    def __init__(
        self, laws: Mapping[str, contract.Law], semantics: str, model: Model, patterns: Patterns
    ) -> None:
        self._model = model
        self._patterns = patterns
        self._terms = Terms(model.vocabulary, patterns)
        bound = ((test, law) for test, law in laws.items() if semantics in law.semantics)
        self._laws = [
            _Prepared(
                index,
                test,
                Footprint(law, model.vocabulary, patterns),
                EVERY_PATH if law.when is None else condition_of(law.when),
                calls_of(law, semantics),
                tuple(
                    (condition_of(one.when), str(one.at))
                    for one in law.exceptions
                    if semantics in one.semantics
                ),
            )
            for index, (test, law) in enumerate(bound)
        ]
        self.tests = tuple(law.test for law in self._laws)
        self._known: list[dict[Key, Votes]] = [{} for _ in self._laws]
        self._joined = cache(_join)
        prints = [law.footprint for law in self._laws]
        self._choices = tuple(sorted({text for one in prints for text in one.choices}))
        self._all: dict[Key, Votes] = {}

    def votes(self, run: Run) -> Votes:
        """
        Give the votes of a path; what laws cannot tell apart is judged once.
        """
        choices = run.choices
        # Paths that did the same are judged as one by every law; its conditions read words, too.
        key = (sameness(run, self._model), *[choices.get(text) for text in self._choices])
        votes = self._all.get(key)
        if votes is None:
            reading = Reading(run, self._model)
            votes = self._all[key] = self._joined(tuple(self._by_law(reading)))
        return votes

    def _by_law(self, reading: Reading) -> Iterator[Votes]:
        for law, known in zip(self._laws, self._known, strict=True):
            key = law.footprint.key(reading)
            votes = known.get(key)
            if votes is None:
                votes = known[key] = tuple(self._judge(law, reading.run))
            if votes:
                yield votes

    def red(self, votes: Counter[Votes]) -> list[str]:
        """
        Give the tests of the laws that fail on paths with these votes.
        """
        counts: Counter[tuple[int, str]] = Counter()
        for some, times in votes.items():
            for vote in some:
                counts[vote] += times
        idle: dict[int, list[int]] = {}
        for (index, name), times in counts.items():
            if name.startswith("idle "):
                idle.setdefault(index, []).append(times)
        return [
            law.test
            for law in self._laws
            if not counts[law.number, "bound"]
            or counts[law.number, "broken"]
            or counts[law.number, "bound"] in idle.get(law.number, ())
            or any(
                not counts[law.number, f"excused {at}"] or counts[law.number, f"kept {at}"]
                for _, at in law.excuses
            )
        ]

    def _judge(self, law: _Prepared, run: Run) -> Iterator[tuple[int, str]]:
        if law.when.holds(run, self._terms) is False:
            return
        excuses = [Excuse(when, at=at) for when, at in law.excuses]
        verdict = Law(model=self._model, patterns=self._patterns, terms=self._terms)
        for check in verdict.paths(((run,),), EVERY_PATH, excuses):
            # A bug breaks the law, whatever the clauses say besides.
            for call in () if run.bug else law.calls:
                call(check)
        yield law.number, "bound"
        if verdict.broken:
            yield law.number, "broken"
        for at in verdict.idle:
            yield law.number, f"idle {at}"
        for excuse in excuses:
            if excuse.excused:
                yield law.number, f"excused {excuse.at}"
            if excuse.kept:
                yield law.number, f"kept {excuse.at}"


def _join(votes: tuple[Votes, ...]) -> Votes:
    return tuple(chain.from_iterable(votes))
