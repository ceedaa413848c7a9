# SPDX-License-Identifier: GPL-2.0-only
"""
Paths that did the same: what is judged of one of them holds for all.

They made the same calls with the same results, ended alike, and gave the same answers to the
questions that no trace shows and that the model still looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model

Alike: TypeAlias = "Sequence[Run]"
"""Paths that did the same; at least one."""


def sameness(run: Run, model: Model) -> tuple[object, ...]:
    """
    Give what two paths have in common if they did the same.
    """
    choices = run.choices
    unseen = [choices.get(text) for text in model.unseen]
    return (run.word, run.passes, run.returns, run.bug and run.bug.name, *unseen)


def alike(runs: Iterable[Run], model: Model) -> list[Alike]:
    """
    Put the runs that did the same together, in the order in which the first of each came.
    """
    found: dict[tuple[object, ...], list[Run]] = {}
    for run in runs:
        found.setdefault(sameness(run, model), []).append(run)
    return list(found.values())
