# SPDX-License-Identifier: GPL-2.0-only
"""
What an attempt of a lone page owes by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.any_of import AnyEvent
from errpath.explore.merged.lone.forced import FORCED
from errpath.explore.merged.lone.reads import UNKNOWN, Among, too_late
from errpath.kernel.ledger import Ledger
from errpath.kernel.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.explore.merged.lone.scripted import Scripted
    from errpath.kernel.target import Obligation


class Answers(dict[str, Any]):
    """
    What an attempt read, for obligations; what it did not read tells nothing.
    """

    def get(self, text: str, default: Any = None) -> Any:
        """
        Give what was read; an EntangledError tells that it was not.
        """
        del default
        if text not in self:
            raise EntangledError(f"it is judged by {text}, which the attempt does not read")
        return self[text]


class Judge:
    """
    Holds what a machine did in an attempt to obligations.
    """

    def __init__(self, machine: Any, semantics: str, obligations: Iterable[Obligation]) -> None:
        self._k = machine
        self._semantics = semantics
        self._obligations = tuple(obligations)

    def broken(self, alone: Scripted) -> frozenset[str]:
        """
        Name the contracts that an attempt has broken by itself.
        """
        k = self._k
        ledger = Ledger(())
        ledger.spans = k.spans[alone.spans :]
        answers = Answers()
        for text, _, value, other, _ in alone.log:
            if other is None and value is not UNKNOWN and text != FORCED and text not in answers:
                answers[text] = value
        for text, among in alone.told.items():
            answers[text] = Among(text, among.values, too_late)
        for _, value in alone.any_of:
            answers[value.text] = value
        trace = k.trace
        if alone.any_of:
            trace = trace.copy()
            for step, value in alone.any_of:
                trace[step] = AnyEvent(trace[step], value)
        run = Run(
            self._semantics,
            choices=answers,
            trace=trace,
            returns=None,
            ledger=ledger,
            entitled=frozenset(),
            final=dict,
            touched=tuple(k.touched[alone.touched :]),
        )
        found = self._obligations
        return frozenset(one.contract for obligation in found for one in obligation(run))
