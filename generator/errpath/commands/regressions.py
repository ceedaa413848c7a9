# SPDX-License-Identifier: GPL-2.0-only
"""
Declared differences that are faults of the newer semantics, kept in sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errpath.commands.screen import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.spec.contract import Delta, Spec


def regressions(specs: Sequence[Spec]) -> Iterator[str]:
    """
    Say each regression with its sentence: it is declared, and no finding.
    """
    for delta in _regressions(specs):
        yield fold(f"REGRESSION {delta.old} -> {delta.new}: {delta.name} ({delta.at})")
        yield fold(f"    {delta.because}")


def objects(specs: Sequence[Spec]) -> Iterator[dict[str, Any]]:
    """
    Give each regression as data.
    """
    for delta in _regressions(specs):
        yield {
            "regression": delta.name,
            "at": str(delta.at),
            "old": delta.old,
            "new": delta.new,
            "run": str(delta.entry) if delta.entry else None,
            "because": delta.because,
        }


def _regressions(specs: Sequence[Spec]) -> Iterator[Delta]:
    yield from (delta for spec in specs for delta in spec.deltas if delta.regression)
