# SPDX-License-Identifier: GPL-2.0-only
"""
What was measured, beside what is aimed at.
"""

from __future__ import annotations

from typing import NamedTuple

_NAME = 47


class Row(NamedTuple):
    """
    One figure: a ratio of at most `target`, or a rate of at least that if `least`.

    A figure without a target is there to compare with; a rate without one is over 1000.
    """

    name: str
    measured: float
    target: float | None = None
    least: bool = False


def line(row: Row) -> str:
    """
    Write a figure in at most 75 columns.
    """
    digits = 0 if row.least or row.measured > 1000 else 2  # noqa: PLR2004 - a rate, not a ratio
    measured = f"{row.measured:,.{digits}f}"
    if row.target is None:
        return f"{row.name:<{_NAME}}{measured:>9}"
    sign = ">=" if row.least else "<="
    met = row.measured >= row.target if row.least else row.measured <= row.target
    aim = f"{sign} {row.target:,.{digits}f}"
    return f"{row.name:<{_NAME}}{measured:>9}{aim:>11}  {'met' if met else 'MISSED'}"


def head(title: str) -> str:
    """
    Write the head of a group of figures.
    """
    return f"\n{title:<{_NAME}}{'measured':>9}{'target':>11}"
