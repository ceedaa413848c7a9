# SPDX-License-Identifier: GPL-2.0-only
"""
Paths that did the same: what is judged of one of them holds for all.

They made the same calls with the same results, ended alike, and gave the same answers to the
questions that no trace shows and that the model still looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from errpath.spec.named import patterns_of

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Contract

Alike: TypeAlias = "Sequence[Run]"
"""Paths that did the same; at least one."""


def named_by(contracts: Iterable[Contract], patterns: Patterns) -> frozenset[Event]:
    """
    Give every event that some contract names.
    """
    texts = {str(pattern) for contract in contracts for pattern in patterns_of(contract)}
    return frozenset().union(*map(patterns.meant_by, texts))


def sameness(run: Run, model: Model, named: frozenset[Event] | None = None) -> tuple[object, ...]:
    """
    Give what two paths have in common if they did the same.

    With the events that are `named` by all who judge, a test that is not among them does not
    tell paths apart.
    """
    word = run.word
    if named is not None:
        word = "".join([e.letter for e in run.trace if not e.primitive.test or e in named])
    choices = run.choices
    unseen = [choices.get(text) for text in model.unseen]
    return (word, run.passes, run.returns, run.bug and run.bug.name, *unseen)


def alike(runs: Iterable[Run], model: Model, named: frozenset[Event] | None = None) -> list[Alike]:
    """
    Put the runs that did the same together, in the order in which the first of each came.
    """
    found: dict[tuple[object, ...], list[Run]] = {}
    for run in runs:
        found.setdefault(sameness(run, model, named), []).append(run)
    return list(found.values())
