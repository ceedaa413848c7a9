# SPDX-License-Identifier: GPL-2.0-only
"""
Answers in the words of the language: what is printed can stand behind `when`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.explore.difference.formula import Answer, Term
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary


class Wording:
    """
    Words the conditions of one vocabulary.

    A call whose result is `ambiguous` is worded as a setting, if its answers have words.
    """

    def __init__(self, vocabulary: Vocabulary, ambiguous: Collection[str] = ()) -> None:
        self._vocabulary = vocabulary
        self._words = {
            (text, value): (aspect.subject or aspect.name, word.name)
            for aspect in vocabulary.aspects
            for word in aspect.words
            if len(word.answers) == 1
            for text, value in word.answers.items()
        }
        worded = {
            text
            for text in ambiguous
            if all((text, value) in self._words for value in vocabulary.choices[text].values)
        }
        self.settings = frozenset(vocabulary.choices) - frozenset(vocabulary.calls) | worded

    def rank(self, text: str) -> int:
        """
        Tell which of two choices says more to a reader: the lower one.
        """
        call = self._vocabulary.calls.get(text.partition("#")[0])
        if call is None:
            return 1
        return 2 if call.test else 0

    def condition(self, terms: Sequence[Term]) -> str:
        """
        Word a condition, with terms in a row that `or` joins; "" for one that always holds.
        """
        return self._either([list(term) for term in terms])

    def answer(self, answer: Answer) -> str:
        """
        Word the answers that a choice may have.
        """
        text, values = answer
        if text in self.settings:
            words = [self._words[text, value] for value in self._in_order(text, values)]
            return f"{words[0][0]} is {' | '.join(word for _, word in words)}"
        call = text.partition("#")[0]
        answers = self._vocabulary.calls[call].answers
        faults = {one.value for one in answers if one.fault}
        if values == {one.value for one in answers}:
            return f"{call} is asked" if self._vocabulary.calls[call].test else call
        # A test that finds a page under writeback has not failed.
        if faults and not self._vocabulary.calls[call].test:
            if values == faults:
                return f"{call} fails"
            if values == {one.value for one in answers} - faults:
                return f"{call} succeeds"
        shown = [one.shown for one in answers if one.value in values]
        return " | ".join(f"{call} = {result}" for result in shown)

    def unusual(self, choices: Mapping[str, Value]) -> str:
        """
        Word the settings, and what tests found, where they are not what a spec leaves unsaid.
        """
        calls = self._vocabulary.calls
        said = []
        for text, value in choices.items():
            name = text.partition("#")[0]
            shown = name in calls and not calls[name].test
            if not shown and value != self._default(name):
                said.append(self.answer((text, frozenset({value}))))
        return ", ".join(said)

    def _default(self, choice: str) -> Value:
        for aspect in self._vocabulary.aspects:
            if choice in aspect.default.answers:
                return aspect.default.answers[choice]
        return self._vocabulary.choices[choice].default

    def _either(self, terms: list[list[Answer]]) -> str:
        """
        Word alternatives; what several of them have in common is said once.
        """
        counts = Counter(answer for term in terms for answer in term)
        shared, times = max(counts.items(), key=lambda row: row[1], default=(None, 0))
        if shared is None or times == 1:
            texts = [self._together(term) for term in terms]
            return " or ".join(sorted(texts, key=lambda text: (len(text), text)))
        inside = [[one for one in term if one != shared] for term in terms if shared in term]
        others = [term for term in terms if shared not in term]
        common = [a for a in inside[0] if all(a in term for term in inside)]
        rests = [[a for a in term if a not in common] for term in inside]
        text = self._together([shared, *common])
        if all(rests):
            text += f" and ({self._either(rests)})" if len(rests) > 1 else ""
        return f"{text} or {self._either(others)}" if others else text

    def _together(self, answers: Sequence[Answer]) -> str:
        ordered = sorted(answers, key=lambda answer: answer[0] in self.settings)
        return " and ".join(map(self.answer, ordered))

    def _in_order(self, text: str, values: frozenset[Value]) -> list[Value]:
        return [value for value in self._vocabulary.choices[text].values if value in values]
