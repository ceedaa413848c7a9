# SPDX-License-Identifier: GPL-2.0-only
"""
Whether the semantics can make the calls that a contract is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lark import Token

from errpath.language.meaning.contradictions import Placed
from errpath.language.meaning.lexicon import Lexicon
from errpath.language.meaning.parts import Failing, Part
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Span
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.spec.condition import Condition
from errpath.spec.named import calls_in, patterns_in
from errpath.spec.pattern import Pattern


class Reach:
    """
    What checks clauses and faults against the calls that each semantics makes.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._reach = lexicon.vocabulary.reach
        self._even = lexicon.everywhere >= set(lexicon.vocabulary.primitives)

    def clauses(
        self, clauses: Iterable[Placed], semantics: Sequence[str], problems: Problems
    ) -> None:
        """
        Report clauses that are about calls which the semantics does not make.

        Of alternatives, each semantics has to make one, and each has to be made by one.
        """
        if not self._even:
            for clause, token in clauses:
                for pattern in patterns_in(clause):
                    self._pattern(pattern, clause.semantics or semantics, token, problems)

    def condition(
        self,
        condition: Condition | None,
        semantics: Sequence[str],
        token: Token,
        problems: Problems,
    ) -> None:
        """
        Report a condition on what no semantics calls; `token` is its `when`.
        """
        if not self._even and condition is not None:
            for pattern in calls_in(condition):
                self._lost(pattern, semantics, token, problems)

    def _pattern(
        self, pattern: Pattern, semantics: Sequence[str], token: Token, problems: Problems
    ) -> None:
        primitives = _primitives(pattern)
        if not primitives:
            # None of its calls has made sense, which is told already.
            return
        missing = [name for name in semantics if self._of(name).isdisjoint(primitives)]
        if not self._lost(pattern, semantics, token, problems) and missing:
            self._report(Code.UNREACHABLE_CALL, primitives, missing, token, problems)

    def _lost(
        self, pattern: Pattern, semantics: Sequence[str], token: Token, problems: Problems
    ) -> bool:
        reached = frozenset[str]().union(*map(self._of, semantics))
        lost = [primitive for primitive in _primitives(pattern) if primitive not in reached]
        if lost:
            self._report(Code.UNREACHABLE_CALL, lost, semantics, token, problems)
        return bool(lost)

    def _of(self, name: str) -> frozenset[str]:
        return self._reach.get(name, frozenset())

    def _report(
        self,
        code: Code,
        primitives: Sequence[str],
        semantics: Sequence[str],
        at: Token | Span,
        problems: Problems,
    ) -> None:
        verb = "is" if len(primitives) == 1 else "are"
        facts = []
        for primitive in primitives:
            callers = [name for name, reach in self._reach.items() if primitive in reach]
            where = listed(callers) if callers else "no semantics"
            facts.append(f"`{primitive}` is called in {where}")
        message = f"{listed(primitives)} {verb} not called in {listed(semantics)}"
        problems.report(code, message, at, help="; ".join(facts))

    def faults(self, parts: Iterable[Part], semantics: Sequence[str], problems: Problems) -> None:
        """
        Report faults that cannot happen, for nobody makes the call.
        """
        if self._even:
            return
        for part in parts:
            if isinstance(part, Failing):
                primitive = part.injection.call.partition("(")[0]
                missing = [name for name in semantics if primitive not in self._of(name)]
                if missing:
                    self._report(Code.UNREACHABLE_FAULT, [primitive], missing, part.at, problems)


def _primitives(pattern: Pattern) -> list[str]:
    return list(dict.fromkeys(call.primitive for call in pattern.calls))
