# SPDX-License-Identifier: GPL-2.0-only
"""
An environment that answers as another run was answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


class Replay:
    """
    The n-th asking of a question gets the answer that it got in the other run.

    `choices` are that run's. A question that it never asked gets the first answer that is
    possible, and is noted in `extra`.
    """

    __slots__ = ("_asked", "_choices", "_rules", "extra", "known")

    def __init__(self, choices: Mapping[str, Value], rules: Rules) -> None:
        self._choices = choices
        self._rules = rules
        self._asked: dict[str, int] = {}
        self.known: dict[str, Value] = {}
        self.extra: list[str] = []

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        text = choice.text
        number = self._asked[text] = self._asked.get(text, 0) + 1
        key = text if number == 1 else f"{text}#{number}"
        value = self._choices.get(key)
        if value is None:
            self.extra.append(key)
            value = (self._rules.possible(choice, self.known) or choice.values)[0]
        self.known[text] = value
        return value

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered: that was before.
        """
        for text in texts:
            self.known.pop(text, None)
