# SPDX-License-Identifier: GPL-2.0-only
"""
Running what may not run at all: a mutant that crashes, or that does not end.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
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
    endless: bool = field(default=False, compare=False)


class EndlessError(Exception):
    """
    A run goes round its loops, and does not end.
    """


class Guarded:
    """
    A changed text as a module, and what calls into it come to.

    A call that makes more than `turns` turns of its loops counts as one that does not end.
    """

    def __init__(self, source: Source, text: str, *, turns: int = TURNS) -> None:
        self._turns = 0
        self._most = turns
        self.module: ModuleType = source.compiled(_counted(source, text))
        setattr(self.module, _TURN, self._turn)

    def _turn(self) -> None:
        self._turns += 1
        if self._turns > self._most:
            raise EndlessError

    def __call__(self, run: Callable[[], Run]) -> Run | Crash:
        """
        Run once. What an environment raises that is no Exception passes through.
        """
        self._turns = 0
        try:
            return run()
        except EndlessError:
            says = f"it does not end: {self._most} turns of its loops are made"
            return Crash(says, endless=True)
        except Exception as error:  # noqa: BLE001 - whatever a mutant does is a finding about it
            return Crash(_said(error))
        except Jump as jump:
            return Crash(f"{type(jump).__name__}: the goto is outside the block of its label")


class Runner:
    """
    Runs changed versions of one semantics.
    """

    def __init__(self, source: Source, semantics: str, model: Model, text: str) -> None:
        self._guarded = Guarded(source, text)
        self.module = self._guarded.module
        self._run = partial(model.reference({semantics: self.module}).run, semantics)

    def run(self, environment: Environment) -> Run | Crash:
        """
        Run once, likewise.
        """
        return self._guarded(partial(self._run, environment))


def _counted(source: Source, text: str) -> str | ast.Module:
    """
    Have each turn of a loop counted, if there are any.
    """
    if not _has_loop(source):
        return text
    tree = ast.parse(text, source.file)
    for loop in _loops(tree.body):
        call = ast.Expr(ast.Call(ast.Name(_TURN, ast.Load()), [], []))
        for node in ast.walk(call):
            ast.copy_location(node, loop.body[0])
        loop.body.insert(0, call)
    return tree


@cache
def _has_loop(source: Source) -> bool:
    return next(_loops(source.tree.body), None) is not None


def _loops(block: list[ast.stmt]) -> Iterator[ast.For | ast.While]:
    for statement in block:
        if isinstance(statement, ast.For | ast.While):
            yield statement
        for inner in ("body", "orelse", "finalbody"):
            yield from _loops(getattr(statement, inner, []))


def _said(error: Exception) -> str:
    match error:
        case RecursionError():
            return "it does not end: it calls itself again and again"
        case NameError():
            name = str(error).split("'")[1]
            return f"`{name}` is read and was never set"
    return f"{type(error).__name__}: {error}"
