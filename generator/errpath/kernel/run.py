# SPDX-License-Identifier: GPL-2.0-only
"""
What one execution gave.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from errpath.kernel.event import Event
    from errpath.kernel.findings import KernelBug
    from errpath.kernel.ledger import Ledger
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.hold import Item


class Run:
    """
    The choices, the trace, what was returned, the final state. A Run is data.

    `returns` is 0, a negative errno or a count, and None if a `bug` ended the run.
    `entitled` are the items that the return code leaves with the caller. `final` maps each
    subject, and "counters", to what is so at the end. `passes` has for each pass of a run that
    has passes where it begins and ends in the trace: `trace[start:end]` is its own. `touched`
    has each step that touched a page on which no reference was held but others', and the item.
    `counters` are those that changed, by so much, for who needs no more of the final state.
    """

    __slots__ = (
        "_final",
        "_state",
        "_word",
        "bug",
        "choices",
        "counters",
        "entitled",
        "ledger",
        "passes",
        "returns",
        "semantics",
        "touched",
        "trace",
    )

    def __init__(
        self,
        semantics: str,
        *,
        choices: dict[str, Value],
        trace: list[Event],
        returns: int | None,
        ledger: Ledger,
        entitled: frozenset[Item],
        final: Callable[[], dict[str, dict[str, Any]]],
        bug: KernelBug | None = None,
        passes: tuple[tuple[int, int], ...] = (),
        touched: tuple[tuple[int, Item], ...] = (),
        counters: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.semantics = semantics
        self.choices = choices
        self.trace = trace
        self.returns = returns
        self.ledger = ledger
        self.entitled = entitled
        self._final = final
        self._state: dict[str, dict[str, Any]] | None = None
        self._word: str | None = None
        self.bug = bug
        self.passes = passes
        self.touched = touched
        self.counters = counters

    @property
    def final(self) -> dict[str, dict[str, Any]]:
        """
        The final state, worded when somebody asks for it.
        """
        if self._state is None:
            self._state = self._final()
        return self._state

    @property
    def word(self) -> str:
        """
        The trace as text, a letter for each event: what is compared and searched.
        """
        if self._word is None:
            self._word = "".join([event.letter for event in self.trace])
        return self._word

    def answered(self, choice: str, value: Value) -> bool:
        """
        Tell whether a choice was answered so: at its first call, or at a later one.
        """
        choices = self.choices
        if choices.get(choice) == value:
            return True
        later = f"{choice}#"
        return any(text.startswith(later) and choices[text] == value for text in choices)

    def calls(self) -> list[str]:
        """
        Give the trace as text, without the tests: calls that act or take a result.
        """
        return [event.text for event in self.trace if not event.primitive.test]
