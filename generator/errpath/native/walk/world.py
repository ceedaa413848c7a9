# SPDX-License-Identifier: GPL-2.0-only
"""
What is about no page: the caller's arguments, the thread's flags, what the machine supports.

In the first attempt on a list each of it has every answer. Later attempts are walked in one
world only, in which all of it is fixed; the walk over one page has every answer in every place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from errpath.kernel.caller import MIGRATE_SYNC, MODE
from errpath.vocabulary.rule import Rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.vocabulary import Vocabulary

_OTHERWISE: Final[Mapping[str, Value]] = {MODE.text: MIGRATE_SYNC}
"""What is not the first answer in that world: only this mode waits, when it is forced."""


class World:
    """
    That world, for the questions that a vocabulary has.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.answers = {
            text: _OTHERWISE.get(text, choice.default)
            for text, choice in vocabulary.choices.items()
            if choice.subject is None
        }

    def agrees(self, known: Mapping[str, Value]) -> bool:
        """
        Tell whether what was answered so far can be in it.
        """
        return all(known.get(text, value) == value for text, value in self.answers.items())


class LaterRules(Rules):
    """
    Rules under which what is about no page is as it is in the world.
    """

    def __init__(self, rules: Rules, world: World) -> None:
        super().__init__(rules.rules)
        self._answers = world.answers

    def possible(self, choice: Choice, known: Mapping[str, Value]) -> tuple[Value, ...]:
        """
        Give the answers that are walked.
        """
        fixed = self._answers.get(choice.text)
        return super().possible(choice, known) if fixed is None else (fixed,)
