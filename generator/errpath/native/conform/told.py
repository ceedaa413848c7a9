# SPDX-License-Identifier: GPL-2.0-only
"""
A run as data: what is compared, and what a certificate has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from errpath.kernel.ledger import Ledger
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Value

ASPECTS: Final = {
    "calls": "a call that acts, or its result",
    "tests": "a call that only reads",
    "choices": "what was asked",
    "returns": "what is returned",
    "finding": "what ends the run before its return",
    "state": "the final state",
    "holds": "what is held, and from when to when",
}
"""What can differ between two runs, the worst first."""


@dataclass(frozen=True, slots=True)
class Told:
    """
    The choices in the order in which they were asked, the trace, and how the run ended.

    `calls` has the events of the trace that act, `bug` the name of what ended the run, and
    `says` what is said of it. `holds` are the rows of the ledger, with the step that took each
    and the one that gave it up.
    """

    choices: Mapping[str, Value]
    trace: tuple[str, ...]
    calls: tuple[str, ...]
    returns: int | None
    bug: str | None
    final: Mapping[str, Mapping[str, Any]]
    holds: tuple[str, ...] = ()
    says: str = ""

    def differs_from(self, other: Told) -> tuple[str, ...]:
        """
        Name the aspects in which two runs differ, in the order of `ASPECTS`.
        """
        rows = {
            "calls": self.calls != other.calls,
            "tests": self.calls == other.calls and self.trace != other.trace,
            "choices": self.choices != other.choices,
            "returns": self.returns != other.returns,
            "finding": self.bug != other.bug,
            "state": self.final != other.final,
            "holds": self.holds != other.holds,
        }
        return tuple(name for name in ASPECTS if rows[name])


def told(run: Run) -> Told:
    """
    Tell a run.
    """
    return Told(
        choices=dict(run.choices),
        trace=tuple(event.text for event in run.trace),
        calls=tuple(run.calls()),
        returns=run.returns,
        bug=run.bug.name if run.bug else None,
        final=run.final,
        holds=tuple(sorted(_holds(run))),
        says=run.bug.says if run.bug else "",
    )


def _holds(run: Run) -> Iterator[str]:
    ledger = run.ledger
    for item, start, end in ledger.spans:
        yield f"{item.text} from {start} to {end}"
    for item, start in ledger.open_rows():
        yield f"{item.text} from {start} on"


def same(one: Run, other: Run) -> bool:
    """
    Tell quickly whether two runs are told alike.
    """
    return (
        one.trace == other.trace
        and one.choices == other.choices
        and one.returns == other.returns
        and (one.bug and one.bug.name) == (other.bug and other.bug.name)
        and one.final == other.final
        and _rows(one.ledger) == _rows(other.ledger)
    )


def _rows(ledger: Ledger) -> tuple[object, ...]:
    return ledger.held, ledger.more, ledger.spans


def first_other(some: tuple[str, ...], others: tuple[str, ...]) -> int:
    """
    Give the index at which two sequences differ first; behind the end of the shorter one, too.
    """
    for index, (one, other) in enumerate(zip(some, others, strict=False)):
        if one != other:
            return index
    return min(len(some), len(others))
