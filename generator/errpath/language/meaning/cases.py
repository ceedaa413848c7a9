# SPDX-License-Identifier: GPL-2.0-only
"""
The cases that a scenario multiplies into, without those that cannot be.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from math import log10, prod
from typing import Final, TypeAlias

from errpath.language.meaning.completion import Completion
from errpath.language.meaning.parts import Failing, Part, Stated, note
from errpath.language.meaning.table import Row, Table, table
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Span
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.vocabulary.choice import Value
from errpath.vocabulary.situation import Aspect
from errpath.vocabulary.vocabulary import Vocabulary

MOST_CASES: Final = 10_000
"""The number of cases above which a scenario is not multiplied out."""

_MOST_SPELLED: Final = 10**18

Answers: TypeAlias = "dict[str, Value]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clash:
    """
    Parts that exclude each other, by number and by chosen word or result, and why.
    """

    parts: tuple[tuple[int, int], ...]
    says: str


class Cases:
    """
    What multiplies scenarios; a situation that it has seen before costs nothing.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._rules = vocabulary.rules
        self._completion = Completion(vocabulary)
        answered = Counter(
            text
            for aspect in vocabulary.aspects
            for text in {text for word in aspect.words for text in word.answers}
        )
        ruled = {text for rule in self._rules.rules for text in rule.excludes}
        ruled |= {text for text, times in answered.items() if times > 1}
        # Nothing ties the other aspects: they keep their defaults in any situation.
        self._tied = tuple(
            aspect
            for aspect in vocabulary.aspects
            if any(not ruled.isdisjoint(word.answers) for word in aspect.words)
        )
        self._seen: dict[object, tuple[Table | None, tuple[_Clash, ...]]] = {}

    def multiply(self, parts: list[Part], at: Span, problems: Problems) -> Table | None:
        """
        Put parts together; what cannot be is reported, at `at` if no part is to blame.
        """
        # Results come behind the words, as their columns do.
        parts = sorted(parts, key=lambda part: isinstance(part, Failing))
        count = prod(len(part.answers) for part in parts)
        if count > MOST_CASES:
            problems.report(
                Code.TOO_MANY_CASES,
                f"the scenario has {_shown(count)} cases",
                at,
                help=f"a scenario has at most {MOST_CASES:,} cases",
            )
            return None
        key = tuple([part.key for part in parts])
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._table(parts)
        whole, clashes = found
        for clash in clashes:
            *others, last = [parts[i] for i, _ in clash.parts]
            shown = listed(parts[i].one(parts[i].names[chosen]) for i, chosen in clash.parts)
            problems.report(
                Code.IMPOSSIBLE_SITUATION,
                f"{shown} cannot hold together" if others else f"{shown} cannot be",
                last.at,
                help=clash.says,
                notes=[note(part, "stated here") for part in others],
            )
        if whole is None and not clashes:
            problems.report(
                Code.NO_CASE,
                "no case of the scenario can be",
                at,
                help=f"these exclude each other: {listed(part.shown for part in parts)}",
            )
        return whole

    def _table(self, parts: list[Part]) -> tuple[Table | None, tuple[_Clash, ...]]:
        implied = self._unstated(parts)
        rows: list[Row] = []
        clashes: dict[_Clash, None] = {}
        for chosen in product(*[range(len(part.answers)) for part in parts]):
            answers: Answers = {}
            for part, i in zip(parts, chosen, strict=True):
                answers |= part.answers[i]
            clash = self._clash(parts, chosen, answers)
            if clash is None:
                words = self._completion.complete(implied, answers)
                if words is not None:
                    names = [p.names[i] for p, i in zip(parts, chosen, strict=True)]
                    rows.append((tuple(names), tuple(word.name for word in words)))
            elif not any(parts[i].wide for i, _ in clash.parts):
                clashes[clash] = None
        whole = table(parts, implied, rows) if rows and not clashes else None
        return whole, tuple(clashes)

    def _unstated(self, parts: list[Part]) -> list[Aspect]:
        stated = {part.aspect.name: part.aspect for part in parts if isinstance(part, Stated)}
        failing = {part.injection.call for part in parts if isinstance(part, Failing)}
        return [
            aspect
            for aspect in self._tied
            if stated.get(aspect.name) is not aspect
            # A fault that answers the aspect's question leaves its words nothing to say.
            and all(failing.isdisjoint(word.answers) for word in aspect.words)
        ]

    def _clash(self, parts: list[Part], chosen: tuple[int, ...], answers: Answers) -> _Clash | None:
        own = [part.answers[i] for part, i in zip(parts, chosen, strict=True)]
        for i, given in enumerate(own):
            for text, value in given.items():
                if answers[text] != value:
                    other = max(j for j, later in enumerate(own) if text in later)
                    both = ((i, chosen[i]), (other, chosen[other]))
                    return _Clash(parts=both, says=f"they answer `{text}` differently")
        rule = self._rules.broken_by(answers)
        if rule is None:
            return None
        guilty = tuple(
            (i, chosen[i])
            for i, given in enumerate(own)
            if not rule.excludes.keys().isdisjoint(given)
        )
        return _Clash(parts=guilty, says=rule.says)


def _shown(count: int) -> str:
    return f"{count:,}" if count < _MOST_SPELLED else f"about 10^{int(log10(count))}"
