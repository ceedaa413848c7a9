# SPDX-License-Identifier: GPL-2.0-only
"""
Running what may not run at all: a mutant that crashes, or that does not end.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from errpath.kernel.goto import Jump

if TYPE_CHECKING:
    from types import ModuleType

    from errpath.explore.source import Source
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model

TURNS: Final = 10_000
"""How often a run may go round its loops before it counts as one that does not end."""

_TURN: Final = "turn__"


@dataclass(frozen=True, slots=True)
class Crash:
    """
    How a run ended that is no run: what C would have as an oops, a hang, or no program at all.
    """

    says: str


class EndlessError(Exception):
    """
    A run goes round its loops, and does not end.
    """


class Runner:
    """
    Runs changed versions of one semantics.
    """

    def __init__(self, source: Source, semantics: str, model: Model, text: str) -> None:
        self._turns = 0
        self._semantics = semantics
        self.module: ModuleType = source.compiled(_counted(source, text))
        setattr(self.module, _TURN, self._turn)
        self._run: Callable[[str, Environment], Run] = model.reference({semantics: self.module}).run

    def _turn(self) -> None:
        self._turns += 1
        if self._turns > TURNS:
            raise EndlessError

    def run(self, environment: Environment) -> Run | Crash:
        """
        Run once. What an environment raises that is no Exception passes through.
        """
        self._turns = 0
        try:
            return self._run(self._semantics, environment)
        except Exception as error:  # noqa: BLE001 - whatever a mutant does is a finding about it
            return Crash(_said(error))
        except Jump as jump:
            return Crash(f"{type(jump).__name__}: the goto is outside the block of its label")


def _counted(source: Source, text: str) -> str | ast.Module:
    """
    Have each turn of a loop counted, if there are any.
    """
    loop = ast.For | ast.While
    if not any(isinstance(node, loop) for node in ast.walk(source.tree)):
        return text
    tree = ast.parse(text, source.file)
    for node in ast.walk(tree):
        if isinstance(node, loop):
            node.body.insert(0, ast.Expr(ast.Call(ast.Name(_TURN, ast.Load()), [], [])))
    return ast.fix_missing_locations(tree)


def _said(error: Exception) -> str:
    match error:
        case EndlessError():
            return f"it does not end: {TURNS} turns of its loops are made"
        case RecursionError():
            return "it does not end: it calls itself again and again"
        case NameError():
            name = str(error).split("'")[1]
            return f"`{name}` is read and was never set"
    return f"{type(error).__name__}: {error}"
