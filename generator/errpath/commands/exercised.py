# SPDX-License-Identifier: GPL-2.0-only
"""
What scenarios exercise, as it is told: a table, lists, findings, an object.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from errpath.commands.finding import Code, Finding
from errpath.commands.loading import counted
from errpath.commands.screen import fold
from errpath.explore.exercised.coverage import Kind

if TYPE_CHECKING:
    from errpath.explore.exercised.above import AboveCoverage
    from errpath.explore.exercised.coverage import Coverage, Row
    from errpath.vocabulary.vocabulary import Vocabulary

GATE: Final = (Kind.EXITS, Kind.FAULTS)
"""What scenarios have to exercise whole."""

_WHAT: Final = {
    Kind.EXITS: "exit",
    Kind.FAULTS: "fault",
    Kind.BRANCHES: "branch",
    Kind.PRIMITIVES: "primitive",
    Kind.VALUES: "choice value",
}
_A: Final = {Kind.EXITS: "an exit", Kind.FAULTS: "a fault"}
_OUTCOMES: Final = {True: "is true", False: "is false"}
_NOTHING: Final = "-"


class Exercised:
    """
    The rows of one semantics, by what they are.
    """

    def __init__(self, coverage: Coverage | AboveCoverage, vocabulary: Vocabulary) -> None:
        self.semantics = coverage.semantics
        self.cases = coverage.cases
        self.broken = coverage.broken
        self._shown = {
            (call, answer.value): answer.shown
            for call, primitive in vocabulary.calls.items()
            for answer in primitive.answers
        }
        self.rows: dict[Kind, list[Row]] = {kind: [] for kind in Kind}
        for row in coverage.rows():
            self.rows[row.kind].append(row)

    def cell(self, kind: Kind) -> str:
        """
        Give how many are exercised, of those that any path reaches.
        """
        reachable = [row for row in self.rows[kind] if row.reachable]
        covered = sum(bool(row.cases) for row in reachable)
        return f"{covered}/{len(reachable)}" if reachable else _NOTHING

    def findings(self) -> Iterator[Finding]:
        """
        Find the exits and faults that no scenario exercises, and the cases that count for none.
        """
        for kind in GATE:
            for row in self.rows[kind]:
                if row.missed:
                    yield self._finding(row)
        if self.broken:
            yield Finding(
                code=Code.BROKEN_CASE,
                message=(
                    f"{counted(len(self.broken), 'broken case')} of {self.semantics}:"
                    " what is exercised there alone counts as missed"
                ),
                help="`errpath check` tells what is broken",
            )

    def only_laws(self) -> Iterator[str]:
        """
        List what is no finding, and only other paths than the scenarios' reach.
        """
        for row in self._listed():
            if row.path and not row.cases and row.kind not in GATE:
                yield fold(f"  {self._line(row)}")

    def unknown(self) -> Iterator[str]:
        """
        List what is no finding, no scenario reaches, and perhaps no path does.
        """
        for row in self._listed():
            if row.missed and not row.path and row.kind not in GATE:
                yield fold(f"  {self._line(row)}")

    def unreachable(self) -> Iterator[str]:
        """
        List what no path reaches.
        """
        for row in self._listed():
            if not row.reachable:
                yield fold(f"  {self._line(row)}")

    def object(self) -> dict[str, Any]:
        """
        Give all of it as data.
        """
        kinds = {kind.value: self._object(self.rows[kind]) for kind in Kind}
        return {"cases": self.cases, "broken": self.broken, **kinds}

    def _object(self, rows: Sequence[Row]) -> dict[str, Any]:
        return {
            "covered": sum(bool(row.cases) for row in rows),
            "reachable": sum(row.reachable for row in rows),
            "exercised": [
                _named(row) | {"cases": row.cases, "first": row.first} for row in rows if row.cases
            ],
            "missing": [
                _named(row)
                | ({"unlike": row.unlike, "choices": row.path.choices} if row.path else {})
                for row in rows
                if row.missed
            ],
            "unreachable": [_named(row) for row in rows if not row.reachable],
        }

    def _listed(self) -> Iterator[Row]:
        """
        Give each row once: a fault is a choice value as well.
        """
        faults = {row.says for row in self.rows[Kind.FAULTS]}
        for kind in Kind:
            for row in self.rows[kind]:
                if kind is not Kind.VALUES or row.says not in faults:
                    yield row

    def _line(self, row: Row) -> str:
        says = f"`{row.says}`" if row.outcome is None else f"`{row.says}` {_OUTCOMES[row.outcome]}"
        at = f" at {row.place}" if row.place else ""
        return f"{self.semantics}: {_WHAT[row.kind]} {says}{at}"

    def _finding(self, row: Row) -> Finding:
        file, _, line = (row.place or "").rpartition(":")
        does = "takes" if row.kind is Kind.EXITS else "injects"
        ways = [
            f"{text} = {self._shown.get((text.partition('#')[0], value), value)}"
            for text, value in row.unlike.items()
        ]
        message = f"`{row.says}` is {_A[row.kind]} that no scenario {does} in {self.semantics}"
        if row.path:
            smallest = ", ".join(ways) or "the default situation"
            message += f"; the smallest path to it: {smallest}"
        return Finding(
            code=Code.UNEXERCISED, message=message, file=file or None, line=int(line or 0)
        )


def _named(row: Row) -> dict[str, Any]:
    outcome = {} if row.outcome is None else {"outcome": row.outcome}
    return {"says": row.says, **outcome, "place": row.place}
