# SPDX-License-Identifier: GPL-2.0-only
"""
What has to be followed along merged paths, so that a law can be judged on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errpath.explore.merged.marks.mark import How, Mark
from errpath.kernel.caller import Flag
from errpath.spec.merged import CHAIN, END, PART, SITUATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.contracts.condition import Condition
    from errpath.vocabulary.vocabulary import Vocabulary


class Followed:
    """
    Takes the clauses of a law as a `Check` does, judges nothing, and notes their marks.

    `refused` says of each clause that cannot be judged where paths are merged what it is.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._found: dict[tuple[How, tuple[str, ...], str], int] = {}
        self.refused: list[str] = []

    @property
    def marks(self) -> tuple[Mark, ...]:
        """
        What has to be followed for the clauses and conditions so far.
        """
        return tuple(
            Mark(how, patterns, most, held) for (how, patterns, held), most in self._found.items()
        )

    def conditions(self, conditions: Iterable[Condition], *, at: str) -> None:
        """
        Note what conditions look for; one about the situation of a page cannot be judged.
        """
        settings = self._vocabulary.settings
        for condition in conditions:
            for name in condition.aspects:
                if name not in settings:
                    self._refuse(SITUATION, at)
                    continue
                for text in {text for word in settings[name].words for text in word.answers}:
                    # A flag of the thread is asked on each path before all else.
                    if not isinstance(self._vocabulary.choices[text], Flag):
                        self._follow(How.TOLD, (text,))
            for pattern in condition.patterns:
                self._follow(How.COUNT, (pattern,))

    def returns(self, *codes: int, at: str) -> None:
        """
        Follow nothing: it is known how a path ends.
        """

    def keeps(self, contract: str, *, at: str) -> None:
        """
        Follow nothing: it is known which cleanup contracts a path breaks.
        """

    breaks = keeps

    def never(self, pattern: str, *, at: str, **scope: Any) -> None:
        """
        Follow whether there is a call of the pattern.
        """
        self._calls(pattern, 1, scope, at)

    def calls(
        self,
        pattern: str,
        *,
        at: str,
        at_least: int = 1,
        at_most: int | None = None,
        **scope: Any,
    ) -> None:
        """
        Follow how many calls of the pattern there are.
        """
        most = at_least if at_most is None else max(at_least, at_most + 1)
        self._calls(pattern, most, scope, at)

    def precedes(
        self, first: tuple[str, ...], then: tuple[str, ...], *, at: str, **scope: Any
    ) -> None:
        """
        Follow which of two comes first.
        """
        self._order(How.PRECEDES, (first, then), scope, at)

    def leads_to(
        self, cause: tuple[str, ...], effect: tuple[str, ...], *, at: str, **scope: Any
    ) -> None:
        """
        Follow whether an effect is still due.
        """
        self._order(How.LEADS_TO, (cause, effect), scope, at)

    def order(self, *patterns: str, at: str, **scope: Any) -> None:
        """
        Follow how far the chain has come.
        """
        self._order(How.ORDER, tuple((one,) for one in patterns), scope, at)

    def ends(self, *_: Any, at: str, **__: Any) -> None:
        """
        Refuse a clause about the final state.
        """
        self._refuse(END, at)

    ends_on = changes = ends

    def _calls(self, pattern: str, most: int, scope: dict[str, Any], at: str) -> None:
        match scope:
            case {"after": start}:
                self._follow(How.AFTER, (pattern, start), most)
            case {"before": end}:
                self._follow(How.BEFORE, (pattern, end), most)
            case {"held": held}:
                self._follow(How.HELD, (pattern,), most, held)
            case {}:
                if scope:
                    self._refuse(PART, at)
                self._follow(How.COUNT, (pattern,), most)

    def _order(
        self, how: How, chains: tuple[tuple[str, ...], ...], scope: dict[str, Any], at: str
    ) -> None:
        if scope or any(len(chain) != 1 for chain in chains):
            self._refuse(CHAIN, at)
        else:
            self._follow(how, tuple(chain[0] for chain in chains))

    def _follow(self, how: How, patterns: tuple[str, ...], most: int = 1, held: str = "") -> None:
        key = how, patterns, held
        self._found[key] = max(most, self._found.get(key, 0))

    def _refuse(self, what: str, at: str) -> None:
        self.refused.append(f"{at}: {what} is not judged where paths are merged")
