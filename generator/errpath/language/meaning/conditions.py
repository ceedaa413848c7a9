# SPDX-License-Identifier: GPL-2.0-only
"""
Conditions with their names resolved.
"""

from __future__ import annotations

from typing import Final

from lark import Token

from errpath.language.meaning.calls import Calls
from errpath.language.meaning.clauses import location, return_codes
from errpath.language.meaning.lexicon import Lexicon
from errpath.language.report.code import Code
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.language.syntax import tree
from errpath.spec.condition import All, Condition, Is, Made, Not, Returned, Some, Stopped

_DEEPEST: Final = 20


class Conditions:
    """
    What resolves conditions.
    """

    def __init__(self, lexicon: Lexicon, calls: Calls) -> None:
        self._lexicon = lexicon
        self._calls = calls

    def when(self, when: tree.When | tree.Except, problems: Problems) -> Condition | None:
        """
        Resolve the condition of a law or delta; None if it says nothing that makes sense.
        """
        condition = when.condition
        if isinstance(condition, tree.Combined) and condition.depth > _DEEPEST:
            problems.report(
                Code.NESTED_TOO_DEEP,
                f"the condition is nested {condition.depth} deep",
                when.keyword,
                help=f"conditions nest at most {_DEEPEST} deep",
            )
            return None
        return self._condition(condition, when.keyword, problems)

    def _condition(
        self, condition: tree.Condition, keyword: Token, problems: Problems
    ) -> Condition | None:
        match condition:
            case tree.Made():
                return self._made(condition, problems)
            case tree.Asked(call):
                return self._asked(call, problems)
            case tree.Returned():
                return self._returned(condition, problems)
            case tree.Stopped(keyword=token):
                return Stopped(at=location(token, problems))
            case tree.WordIs():
                return self._is(condition, problems)
            case tree.Combined():
                return self._combined(condition, keyword, problems)

    def _combined(
        self, condition: tree.Combined, keyword: Token, problems: Problems
    ) -> Condition | None:
        found = [self._condition(c, keyword, problems) for c in condition.conditions]
        good = tuple(c for c in found if c)
        if len(good) < len(found):
            return None
        at = good[0].at
        if condition.kind == "not":
            return Not(at=at, condition=good[0])
        return (All if condition.kind == "all" else Some)(at=at, conditions=good)

    def _returned(self, condition: tree.Returned, problems: Problems) -> Returned:
        codes = return_codes(condition.codes, problems, counts=self._lexicon.counts)
        return Returned(at=location(condition.keyword, problems), codes=codes)

    def _made(self, condition: tree.Made, problems: Problems) -> Made:
        for call in condition.pattern:
            self._has_result(call, problems)
        at = location(condition.pattern[0].tokens[0], problems)
        return Made(at=at, pattern=self._calls.pattern(condition.pattern, problems))

    def _asked(self, call: tree.Call, problems: Problems) -> Made:
        name = call.tokens[0]
        found = self._lexicon.vocabulary.primitives.get(name.value)
        if found is not None and not found.answers:
            says = f"`{name}` gives no result, so it asks nothing"
            problems.report(Code.UNKNOWN_RESULT, says, name)
        return Made(at=location(name, problems), pattern=self._calls.pattern([call], problems))

    def _has_result(self, call: tree.Call, problems: Problems) -> None:
        """
        Report a test alone: it would read as if it had found what it looks for.
        """
        name = call.tokens[0]
        found = self._lexicon.vocabulary.primitives.get(name.value)
        if found is None or not found.test or not found.answers or call.ending:
            return
        text = f"{name}({', '.join(call.tokens[1:])})"
        problems.report(
            Code.BARE_TEST,
            f"`{text}` does not say what the test found",
            name,
            help=f"`{text} = {found.answers[-1].shown}` is what it found, "
            f"`{text} is asked` that it was made",
        )

    def _is(self, condition: tree.WordIs, problems: Problems) -> Is | None:
        name = condition.subject.value
        aspects = self._lexicon.aspects_on(name)
        if not aspects:
            unknown_line(condition.subject, self._lexicon, problems)
            return None
        words = self._lexicon.words_on(name)
        for token in condition.words:
            if token.value not in words:
                what, plural = f"word of `{name}`", f"words of `{name}`"
                problems.unknown(Code.UNKNOWN_WORD, what, token, words, plural=plural)
                return None
        first = words[condition.words[0].value][0]
        for token in condition.words[1:]:
            other = words[token.value][0]
            if other is not first:
                mixed_aspects(first.short, other.short, token, problems)
                return None
        return Is(
            at=location(condition.subject, problems),
            aspect=first.name,
            words=tuple(dict.fromkeys(str(token.value) for token in condition.words)),
        )


def unknown_line(token: Token, lexicon: Lexicon, problems: Problems) -> None:
    """
    Report a name that neither a page nor a setting has.
    """
    what, plural = "page or setting", "pages and settings"
    problems.unknown(Code.UNKNOWN_SETTING, what, token, lexicon.described, plural=plural)


def mixed_aspects(one: str, other: str, at: Token, problems: Problems) -> None:
    """
    Report alternatives that do not exclude each other.
    """
    problems.report(
        Code.MIXED_ASPECTS,
        f"words of {listed((one, other))} are no alternatives",
        at,
        help="words of different aspects hold together; a comma is between them",
    )
