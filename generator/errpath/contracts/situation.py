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

    With `passes` or `from_pass`, every call in these passes over a list fails, and no other.
    """

    result: str
    on_call: int = 1
    times: int | None = None
    passes: tuple[int, ...] = ()
    from_pass: int | None = None

    @property
    def in_passes(self) -> bool:
        """
        Whether it is bound to passes, and not to calls.
        """
        return bool(self.passes) or self.from_pass is not None

    def covers(self, call: int, pass_: int = 0) -> bool:
        """
        Tell whether the call of that number is to fail, in that pass; both count from 1.
        """
        if self.passes:
            return pass_ in self.passes
        if self.from_pass is not None:
            return pass_ >= self.from_pass
        last = None if self.times is None else self.on_call + self.times
        return call >= self.on_call and (last is None or call < last)

    def __str__(self) -> str:
        """
        Say which calls it is about, as a spec does.
        """
        if self.passes:
            return f" in pass {' | '.join(map(str, self.passes))}"
        if self.from_pass is not None:
            return f" from pass {self.from_pass}"
        if self.times is None:
            return "" if self.on_call == 1 else f" from call {self.on_call}"
        if self.on_call == 1:
            return f" {self.times} times"
        return f" on call {self.on_call}" + ("" if self.times == 1 else f", {self.times} times")


Faults: TypeAlias = Mapping[str, str | Nth | tuple[Nth, ...]]
"""The result that each call is to fail with, as a trace spells it; or several, at their times."""

NO_FAULTS: Faults = {}


class Situation:
    """
    Every answer of a scenario: the words that it says, its faults, the defaults.

    `faults` are the choices that go against the caller, with the answer that does; of those that
    do so at some times only, `nth` has the times, with the answer at each.
    """

    __slots__ = ("answers", "faults", "nth")

    def __init__(self, answers: dict[Choice, Value], faults: dict[str, Value]) -> None:
        self.answers = answers
        self.faults = faults
        self.nth: dict[str, tuple[tuple[Nth, Value], ...]] = {}

    def environment(self) -> Callable[[Choice], Value]:
        """
        Give what answers one run.
        """
        return Counting(self) if self.nth else self.answers.__getitem__


class Counting:
    """
    The environment of one run whose answers depend on the call, or on the pass.
    """

    __slots__ = ("_answers", "_calls", "_nth", "_pass")

    def __init__(self, situation: Situation) -> None:
        self._answers = situation.answers
        self._nth = situation.nth
        self._calls = dict.fromkeys(situation.nth, 0)
        self._pass = 0

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        text = choice.text
        if text not in self._calls:
            return self._answers[choice]
        call = self._calls[text] = self._calls[text] + 1
        for nth, value in self._nth[text]:
            if nth.covers(call, self._pass):
                return value
        return choice.default

    def begin_pass(self, number: int) -> None:
        """
        Take notice that a pass begins.
        """
        self._pass = number


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
            if call in choices
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
            if isinstance(result, str):
                choice, value = self._results[call, result]
            else:
                nths = (result,) if isinstance(result, Nth) else result
                rows = [(nth, self._results[call, nth.result]) for nth in nths]
                choice, value = rows[0][1]
                found.nth[call] = tuple((nth, row[1]) for nth, row in rows)
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
