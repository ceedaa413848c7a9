# SPDX-License-Identifier: GPL-2.0-only
"""
Which pairs of paths a condition holds on.

The answer is a set of pairs, an int with a bit for each. A pair answers what its runs asked,
and leaves the rest open: a condition holds on all completions of a pair, or on some.
"""

from __future__ import annotations

from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from errpath.explore.difference.differences import bits
from errpath.spec import condition as spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.contracts.events import Patterns
    from errpath.explore.difference.attempts import JointAttempt
    from errpath.explore.difference.pairs import Pair
    from errpath.kernel.event import Event
    from errpath.spec.pattern import Pattern
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary


class Bound(NamedTuple):
    """
    The pairs that meet a condition on `some` of their completions, and those that do on `all`.
    """

    some: int
    all: int


class Binding:
    """
    The pairs of two semantics, arranged for conditions.

    A call is made on a pair if either run makes it.
    """

    def __init__(
        self, pairs: Sequence[Pair | JointAttempt], *, vocabulary: Vocabulary, patterns: Patterns
    ) -> None:
        self._pairs = pairs
        self._patterns = patterns
        self._rules = vocabulary.rules
        self._words = {
            (aspect.name, word.name): word.answers
            for aspect in vocabulary.aspects
            for word in aspect.words
        }
        self._ruled = {text for rule in self._rules.rules for text in rule.excludes}
        self._every = (1 << len(pairs)) - 1
        self._answers: dict[str, dict[Value, int]] = {}

    def of(self, condition: spec.Condition | None) -> Bound:
        """
        Give the pairs that a condition binds; all of them, if there is none.

        A condition on how a run ends is a ValueError: the runs of a pair have an end each.
        """
        match condition:
            case None:
                return Bound(self._every, self._every)
            case spec.Made():
                return self._calls(condition.pattern)
            case spec.Is():
                return self._said(condition)
            case spec.Not():
                inner = self.of(condition.condition)
                return Bound(self._every & ~inner.all, self._every & ~inner.some)
            case spec.Returned() | spec.Stopped():
                message = "two runs have no end in common"
                raise ValueError(message)
        return self._combined(condition)

    @property
    def ambiguous(self) -> frozenset[str]:
        """
        The calls with a result that does not tell how the question was answered.

        A page that was mapped is unmapped, and a later `page_mapped(src)` is 0.
        """
        found = set()
        for event in self._patterns.every:
            given = self._given(event.call)
            others = reduce(or_, (mask for value, mask in given.items() if value != event.value), 0)
            if event.value is not None and self._made(event) & others:
                found.add(event.call)
        return frozenset(found)

    def _combined(self, condition: spec.All | spec.Some) -> Bound:
        together = isinstance(condition, spec.All)
        some = every = self._every if together else 0
        for one in map(self.of, condition.conditions):
            some = some & one.some if together else some | one.some
            every = every & one.all if together else every | one.all
        return Bound(some, every)

    def _calls(self, pattern: Pattern) -> Bound:
        mask = 0
        for event in self._patterns.meant_by(str(pattern)):
            mask |= self._made(event)
        return Bound(mask, mask)

    def _said(self, condition: spec.Is) -> Bound:
        some = every = 0
        for word in condition.words:
            bound = self._word(condition.aspect, word)
            some |= bound.some
            every |= bound.all
        return Bound(some, every)

    def _word(self, aspect: str, word: str) -> Bound:
        answers = self._words[aspect, word]
        every = otherwise = 0
        for number, (text, value) in enumerate(answers.items()):
            given = self._given(text)
            so = given.get(value, 0)
            every = every & so if number else so
            otherwise |= reduce(or_, given.values(), 0) & ~so
        open_ = self._every & ~otherwise & ~every
        ruled = open_ if not self._ruled.isdisjoint(answers) else 0
        for number in bits(ruled):
            if self._rules.broken_by({**self._pairs[number].choices, **answers}):
                open_ &= ~(1 << number)
        return Bound(every | open_, every)

    def _given(self, text: str) -> dict[Value, int]:
        """
        Give, for each answer to a choice, the pairs that have it.
        """
        found = self._answers.get(text)
        if found is None:
            found = self._answers[text] = {}
            for number, pair in enumerate(self._pairs):
                value = pair.choices.get(text)
                if value is not None:
                    found[value] = found.get(value, 0) | 1 << number
        return found

    def _made(self, event: Event) -> int:
        """
        Give the pairs on which either run has an event.
        """
        mask = 0
        for word, pairs in self._words_of_runs.items():
            if event.letter in word:
                mask |= pairs
        return mask

    @cached_property
    def _words_of_runs(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, pair in enumerate(self._pairs):
            for word in (pair.old.word, pair.new.word):
                found[word] = found.get(word, 0) | 1 << number
        return found
