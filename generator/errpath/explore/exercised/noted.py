# SPDX-License-Identifier: GPL-2.0-only
"""
A copy of a semantics that notes the exits it takes, and the outcomes of its conditions.

The copy is the module's own tree with a call at each point. It asks the same questions and
makes the same calls; what runs everywhere else is the module itself, which notes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from errpath.explore.exercised.noting import NOTE, SEEN, Noting
from errpath.explore.source import Source

if TYPE_CHECKING:
    from errpath.explore.exercised.point import Point
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model

Value = TypeVar("Value")


class Notes:
    """
    A copy of a source that notes the points which its runs pass.

    `points` are those of the source, in its order. `passed` has the indices of those that were
    passed since somebody cleared it.
    """

    def __init__(self, source: Source, *, branches: bool = True) -> None:
        noting = Noting(source, branches=branches)
        self.module = source.compiled(noting.tree())
        self.points: Sequence[Point] = noting.points
        self.passed: list[int] = []
        note = self.passed.append
        vars(self.module).update({NOTE: note, SEEN: _seeing(note)})


class Noted:
    """
    A semantics that notes the points which its runs pass.

    `points` are those of its source, in its order, and `file` is that, below the package
    root. A KeyError tells that the model has no source of that semantics.
    """

    def __init__(self, model: Model, semantics: str, *, branches: bool = True) -> None:
        source = Source(model.modules[semantics])
        notes = Notes(source, branches=branches)
        self.semantics = semantics
        self.file = source.file
        self.points = notes.points
        self._passed = notes.passed
        self._target = model.reference({**model.modules, semantics: notes.module})

    def run(self, environment: Environment) -> tuple[Run, list[int]]:
        """
        Run once; give the Run, and the indices in `points` of what it passed, in order.
        """
        passed = self._passed
        passed.clear()
        run = self._target.run(self.semantics, environment)
        return run, passed.copy()


def _seeing(note: Callable[[int], None]) -> Callable[[int, Value], Value]:
    def seen(index: int, value: Value) -> Value:
        # What is false stands behind what is true.
        note(index if value else index + 1)
        return value

    return seen
