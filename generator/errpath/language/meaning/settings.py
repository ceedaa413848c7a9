# SPDX-License-Identifier: GPL-2.0-only
"""
Lines of a situation with their names resolved: `src: file | anon, mapped`.
"""

from __future__ import annotations

from lark import Token

from errpath.language.meaning.conditions import mixed_aspects, unknown_line
from errpath.language.meaning.lexicon import Lexicon
from errpath.language.meaning.parts import Stated
from errpath.language.report.code import Code
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.language.syntax import tree
from errpath.vocabulary.situation import Aspect, Word


class Settings:
    """
    What resolves settings.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def setting(self, setting: tree.Setting, problems: Problems) -> list[Stated]:
        """
        Resolve a line; each of its words belongs to an aspect.
        """
        name = setting.keyword.value
        if self._lexicon.aspects_on(name):
            found = [self._alternatives(name, words, problems) for words in setting.words]
            return [stated for stated in found if stated]
        if name in self._lexicon.semantics:
            problems.report(
                Code.UNKNOWN_SETTING,
                f"`{name}` is a semantics, not a page or a setting",
                setting.keyword,
                help=f"a clause stands behind it: `{name}: returns 0`",
            )
        else:
            unknown_line(setting.keyword, self._lexicon, problems)
        return []

    def _alternatives(
        self, name: str, words: list[Token | tree.AnyWord], problems: Problems
    ) -> Stated | None:
        wide = next((word for word in words if isinstance(word, tree.AnyWord)), None)
        if wide is None:
            tokens = [word for word in words if isinstance(word, Token)]
            return self._words(name, tokens, problems)
        if len(words) > 1:
            problems.report(
                Code.ASPECT_TWICE,
                "`any` has every word of an aspect: nothing is an alternative to it",
                wide.keyword,
            )
            return None
        aspect = self._aspect(name, wide, problems)
        if aspect is None:
            return None
        span = problems.span(wide.keyword)
        return Stated(aspect=aspect, words=aspect.words, wide=True, at=span, origin=span)

    def _words(self, name: str, tokens: list[Token], problems: Problems) -> Stated | None:
        known = self._lexicon.words_on(name)
        chosen: dict[str, Word] = {}
        aspect: Aspect | None = None
        for token in tokens:
            if token.value not in known:
                what, plural = f"word of `{name}`", f"words of `{name}`"
                problems.unknown(Code.UNKNOWN_WORD, what, token, known, plural=plural)
                return None
            own, word = known[token.value]
            aspect = aspect or own
            if own is not aspect:
                mixed_aspects(aspect.short, own.short, token, problems)
                return None
            if word.name in chosen:
                problems.report(Code.ASPECT_TWICE, f"`{token}` is stated twice", token)
                return None
            chosen[word.name] = word
        span = problems.span(tokens[0])
        words = tuple(chosen.values())
        return Stated(
            aspect=known[tokens[0].value][0], words=words, wide=False, at=span, origin=span
        )

    def _aspect(self, name: str, wide: tree.AnyWord, problems: Problems) -> Aspect | None:
        aspects = {aspect.short: aspect for aspect in self._lexicon.aspects_on(name)}
        if wide.aspect is not None:
            if wide.aspect.value not in aspects:
                what, plural = f"aspect of `{name}`", f"aspects of `{name}`"
                problems.unknown(Code.UNKNOWN_ASPECT, what, wide.aspect, aspects, plural=plural)
            return aspects.get(wide.aspect.value)
        if len(aspects) > 1:
            problems.report(
                Code.UNKNOWN_ASPECT,
                f"`any` does not say which aspect of `{name}` it is about",
                wide.keyword,
                help=f"the aspects of `{name}` are {listed(aspects)}",
            )
            return None
        return next(iter(aspects.values()))
