# SPDX-License-Identifier: GPL-2.0-only
"""
What changes for who migrates a list of one page, held against the deltas about that.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from errpath.contracts.events import Patterns
from errpath.explore.difference.attempts import FORCE, WALK, Attempts
from errpath.explore.difference.binding import Binding
from errpath.explore.difference.claim import Claim
from errpath.explore.difference.formula import Literals
from errpath.explore.difference.list_declaration import ListDeclaration
from errpath.explore.difference.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.explore.difference.attempts import JointAttempt, Part
    from errpath.explore.difference.formula import Answer
    from errpath.explore.lockstep.lockstep import Lockstep
    from errpath.kernel.target import Model
    from errpath.spec.contract import Delta
    from errpath.vocabulary.choice import Value


class _Wording(Wording):
    """
    Words results that are computed as well: each is made, or is not.
    """

    def answer(self, answer: Answer) -> str:
        """
        Word the answers that a choice may have.
        """
        text, values = answer
        if " = " not in text:
            return super().answer(answer)
        return text if values == {1} else f"not {text}"


class ListClaim(Claim):
    """
    What changes from an older to a newer semantics on a list, and what is declared of it.

    `model` is the list's. Deltas that are about another function, other pages or other
    semantics are left out.
    """

    def __init__(
        self, lockstep: Lockstep, old: str, new: str, deltas: Iterable[Delta], *, model: Model
    ) -> None:
        self._vocabulary = vocabulary = model.vocabulary.of_attempts
        self.entry = f"{vocabulary.entry}({', '.join(vocabulary.pages)})"
        self._patterns = patterns = Patterns(vocabulary)
        self.attempts = Attempts(lockstep, patterns, old, new)
        self._binding = Binding(self.attempts.all, vocabulary=vocabulary, patterns=patterns)
        about = vocabulary.entry, vocabulary.pages
        declarations = (
            ListDeclaration(delta, self.attempts, self._binding, model=model, patterns=patterns)
            for delta in deltas
            if (delta.old, delta.new) == (old, new)
            and delta.entry
            and (delta.entry.name, delta.entry.pages) == about
        )
        super().__init__(old, new, declarations)

    @property
    def parts(self) -> list[Part]:
        """
        The ways in which the two part; those of a declared regression come first.
        """
        worst = 0
        for one in self.declarations:
            if one.delta.regression:
                worst |= one.bound
        return sorted(self.attempts.parts, key=lambda part: not part.mask & worst)

    def situations(self, mask: int, most: int | None = None) -> str:
        """
        Say which attempts a set is; "" if no condition tells these from all others.
        """
        try:
            return super().situations(mask, most)
        except ValueError:
            return ""

    def _told(self, one: JointAttempt) -> dict[str, Value]:
        """
        Give what conditions can tell of an attempt: first askings, and results that are computed.

        A second asking has no words of its own.
        """
        told = {text: value for text, value in one.choices.items() if "#" not in text}
        made = {event.text for calls in (one.old, one.new) for event in calls.trace}
        return told | {text: int(text in made) for text in self._computed}

    @cached_property
    def _computed(self) -> tuple[str, ...]:
        return tuple(
            event.text
            for event in sorted(self._patterns.every, key=lambda event: event.text)
            if event.primitive.computed
        )

    @cached_property
    def _wording(self) -> Wording:
        return _Wording(self._vocabulary, self._binding.ambiguous)

    @cached_property
    def _literals(self) -> Literals:
        settings = self._wording.settings
        rank = self._wording.rank
        return Literals(
            [self._told(one) for one in self.attempts.all],
            settings,
            lambda text: 3 if text in (FORCE, WALK) else rank(text),
        )
