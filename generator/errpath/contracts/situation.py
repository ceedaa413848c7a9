# SPDX-License-Identifier: GPL-2.0-only
"""
A situation in words -> the environment that answers as it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from errpath.vocabulary.choice import Choice, Value

if TYPE_CHECKING:
    from errpath.vocabulary.vocabulary import Vocabulary

Words: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""The words on each line of a situation: `{"src": ("anon", "mapped"), "mode": "MIGRATE_SYNC"}`."""


@dataclass(frozen=True, slots=True)
class Nth:
    """
    A result that a call fails with from its `on_call`-th time on, `times` times.
    """

    result: str
    on_call: int = 1
    times: int | None = None

    def covers(self, call: int) -> bool:
        """
        Tell whether the call of that number, from 1, is to fail.
        """
        last = None if self.times is None else self.on_call + self.times
        return call >= self.on_call and (last is None or call < last)


Faults: TypeAlias = Mapping[str, str | Nth]
"""The result that each call is to fail with, as a trace spells it."""

NO_FAULTS: Faults = {}


class Situation:
    """
    Every answer of a scenario: the words that it says, its faults, the defaults.

    `faults` are the choices that go against the caller, with the answer that does.
    """

    __slots__ = ("answers", "faults", "nth")

    def __init__(self, answers: dict[Choice, Value], faults: dict[str, Value]) -> None:
        self.answers = answers
        self.faults = faults
        self.nth: dict[str, Nth] = {}

    def environment(self) -> Callable[[Choice], Value]:
        """
        Give what answers one run.
        """
        answers = self.answers
        if not self.nth:
            return answers.__getitem__
        counts = dict.fromkeys(self.nth, 0)
        nth = self.nth

        def answer(choice: Choice) -> Value:
            text = choice.text
            if text in counts:
                counts[text] += 1
                return answers[choice] if nth[text].covers(counts[text]) else choice.default
            return answers[choice]

        return answer


class Situations:
    """
    Makes situations of a vocabulary.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        choices = vocabulary.choices
        self._default: dict[Choice, Value] = {c: c.default for c in choices.values()}
        self._said = cache(self._line)
        self._words: dict[tuple[str, str], tuple[dict[Choice, Value], dict[str, Value]]] = {}
        for aspect in vocabulary.aspects:
            for word in aspect.words:
                faults = {
                    text: value
                    for text, value in word.answers.items()
                    if vocabulary.fault_at(text, value)
                }
                key = (aspect.subject or aspect.name, word.name)
                answers = {choices[text]: value for text, value in word.answers.items()}
                self._words[key] = (answers, faults)
                if word is aspect.default:
                    self._default.update(answers)
        self._results: dict[tuple[str, str], tuple[Choice, Value]] = {
            (call, answer.shown): (choices[call], answer.value)
            for call, primitive in vocabulary.calls.items()
            for answer in primitive.answers
        }

    def situation(self, words: Words, faults: Faults = NO_FAULTS) -> Situation:
        """
        Answer as the words and the faults say; a KeyError names a word that is none.
        """
        found = Situation(self._default.copy(), {})
        for line, said in words.items():
            answers, bad = self._said(line, said)
            found.answers |= answers
            found.faults |= bad
        for call, result in faults.items():
            if isinstance(result, Nth):
                found.nth[call] = result
                result = result.result  # noqa: PLW2901 - both ways lead to the same answer
            choice, value = self._results[call, result]
            found.answers[choice] = found.faults[call] = value
        return found

    def _line(
        self, line: str, said: str | tuple[str, ...]
    ) -> tuple[dict[Choice, Value], dict[str, Value]]:
        """
        Give the answers of all words on a line, and those of them that are faults.
        """
        answers: dict[Choice, Value] = {}
        bad: dict[str, Value] = {}
        for word in (said,) if isinstance(said, str) else said:
            some, faults = self._words[line, word]
            answers |= some
            bad |= faults
        return answers, bad
