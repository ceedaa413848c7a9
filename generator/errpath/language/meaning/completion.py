# SPDX-License-Identifier: GPL-2.0-only
"""
The words of the aspects that a situation does not state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from errpath.vocabulary.choice import Value
from errpath.vocabulary.rule import Rule
from errpath.vocabulary.situation import Aspect, Word
from errpath.vocabulary.vocabulary import Vocabulary

Answers: TypeAlias = "Mapping[str, Value]"


class Completion:
    """
    What finds words that agree with the rules.

    Questions that no rule and no aspect ties together are settled apart from each other: what
    is so of one page of a list is mostly no matter of the next, and to try out all pages at
    once would not end.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._parts = _Parts()
        for aspect in vocabulary.aspects:
            self._parts.tie(text for word in aspect.words for text in word.answers)
        for rule in vocabulary.rules.rules:
            self._parts.tie(rule.excludes)
        self._rules: dict[str, list[Rule]] = {}
        for rule in vocabulary.rules.rules:
            self._rules.setdefault(self._parts.of(next(iter(rule.excludes))), []).append(rule)
        self._seen: dict[object, Mapping[str, Word] | None] = {}

    def complete(self, aspects: Sequence[Aspect], answers: Answers) -> list[Word] | None:
        """
        Find a word for each aspect, so that all agree with the rules; defaults come first.

        The answers that are known already break no rule.
        """
        by_part: dict[str, list[Aspect]] = {}
        for aspect in aspects:
            by_part.setdefault(self._part_of(aspect), []).append(aspect)
        found: dict[str, Word] = {}
        for part, some in by_part.items():
            words = self._settled(part, some, answers)
            if words is None:
                return None
            found |= words
        return [found[aspect.name] for aspect in aspects]

    def _settled(
        self, part: str, aspects: Sequence[Aspect], answers: Answers
    ) -> Mapping[str, Word] | None:
        known = {text: v for text, v in answers.items() if self._parts.of(text) == part}
        key = (part, tuple([a.name for a in aspects]), tuple(sorted(known.items(), key=str)))
        if key not in self._seen:
            self._seen[key] = _chosen(aspects, known, self._rules.get(part, []))
        return self._seen[key]

    def _part_of(self, aspect: Aspect) -> str:
        text = next((text for word in aspect.words for text in word.answers), aspect.name)
        return self._parts.of(text)


def _chosen(
    aspects: Sequence[Aspect], answers: Answers, rules: Sequence[Rule]
) -> Mapping[str, Word] | None:
    if not aspects:
        return {}
    first, *rest = aspects
    for word in first.words:
        if all(answers.get(text, value) == value for text, value in word.answers.items()):
            known = {**answers, **word.answers}
            if not any(_broken(rule, known) for rule in rules):
                found = _chosen(rest, known, rules)
                if found is not None:
                    return {first.name: word, **found}
    return None


def _broken(rule: Rule, answers: Answers) -> bool:
    return all(answers.get(text) == value for text, value in rule.excludes.items())


class _Parts:
    """
    Questions in parts that nothing ties together, each named by one of its questions.
    """

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, text: str) -> str:
        """
        Name the part of a question.
        """
        while (above := self._above.get(text, text)) != text:
            text = above
        return text

    def tie(self, texts: Iterable[str]) -> None:
        """
        Make one part of those of some questions.
        """
        first: str | None = None
        for text in texts:
            part = self.of(text)
            if first is None:
                first = part
            elif part != first:
                self._above[part] = first
