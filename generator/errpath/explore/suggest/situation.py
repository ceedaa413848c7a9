# SPDX-License-Identifier: GPL-2.0-only
"""
The choices of a path as the situation of a scenario: words, and faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.contracts.situation import Situation, Situations
    from errpath.vocabulary.choice import Fault, Value
    from errpath.vocabulary.situation import Aspect, Word
    from errpath.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    A situation as a spec tells it.

    `words` are those to state, none of them a default; `implied` those that follow, since
    the default cannot be beside them. `faults` map a call to the result that it fails with.
    """

    words: tuple[tuple[Aspect, Word], ...]
    implied: tuple[tuple[Aspect, Word], ...]
    faults: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[str, ...]:
        """
        What is stated, by its names.
        """
        words = [f"{aspect.name} {word.name}" for aspect, word in self.words]
        return (*words, *(f"{call} {result}" for call, result in self.faults))

    @property
    def size(self) -> int:
        """
        How much there is to tell.
        """
        return len(self.words) + len(self.faults)

    def lines(self, vocabulary: Vocabulary) -> Iterator[str]:
        """
        Write it as the lines of a spec.
        """
        said: dict[str, list[str]] = {}
        for aspect, word in self.words:
            said.setdefault(aspect.subject or aspect.name, []).append(word.name)
        for line, words in said.items():
            yield f"{line}: {', '.join(words)}"
        for call, result in self.faults:
            several = len(vocabulary.calls[call].faults()) > 1
            yield f"fail {call} with {result}" if several else f"fail {call}"

    def situation(self, situations: Situations) -> Situation:
        """
        Give the situation, as the generated test has it.
        """
        said: dict[str, tuple[str, ...]] = {}
        for aspect, word in (*self.words, *self.implied):
            line = aspect.subject or aspect.name
            said[line] = (*said.get(line, ()), word.name)
        return situations.situation(said, dict(self.faults))

    def name(self, vocabulary: Vocabulary) -> str:
        """
        Word what is special about it, in one phrase.
        """
        words = [_phrase(aspect, word) for aspect, word in self.words]
        faults = [
            f"{call}: {fault.says}"
            for call, result in self.faults
            if (fault := _fault(vocabulary, call, result))
        ]
        return "; ".join([*words, *faults]) or "everything goes the caller's way"


def told(choices: Mapping[str, Value], vocabulary: Vocabulary) -> Told | None:
    """
    Tell the choices of a path; None if the language has no words for them.
    """
    if any("#" in text for text in choices):
        return None
    known = dict(choices)
    stated: list[tuple[Aspect, Word]] = []
    implied: list[tuple[Aspect, Word]] = []
    for aspect in vocabulary.aspects:
        word = _word(aspect, known, vocabulary)
        if word is None:
            return None
        if word is not aspect.default:
            asked = any(
                text in choices and aspect.default.answers.get(text) != value
                for text, value in word.answers.items()
            )
            (stated if asked else implied).append((aspect, word))
        known |= word.answers
    worded = {text for a in vocabulary.aspects for w in a.words for text in w.answers}
    faults = []
    for text, value in choices.items():
        if text not in worded and value != vocabulary.choices[text].default:
            shown = [one.shown for one in vocabulary.calls[text].faults() if one.value == value]
            if not shown:
                return None
            faults.append((text, shown[0]))
    return Told(words=tuple(stated), implied=tuple(implied), faults=tuple(faults))


def _word(aspect: Aspect, known: Mapping[str, Value], vocabulary: Vocabulary) -> Word | None:
    """
    Give the first word of an aspect that agrees with what is known, and can be beside it.
    """
    for word in aspect.words:
        agrees = all(known.get(text, value) == value for text, value in word.answers.items())
        if agrees and vocabulary.rules.broken_by({**known, **word.answers}) is None:
            return word
    return None


def _phrase(aspect: Aspect, word: Word) -> str:
    return word.says if aspect.subject else f"{aspect.name} {word.name}"


def _fault(vocabulary: Vocabulary, call: str, result: str) -> Fault | None:
    answers = vocabulary.calls[call].faults()
    return next((one.fault for one in answers if one.shown == result), None)
