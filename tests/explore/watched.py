# SPDX-License-Identifier: GPL-2.0-only
"""
What a semantics does, by Python's own tracing: slow, and independent of the tree.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from errpath.explore.source import Source
from errpath.kernel.goto import Label


class Watched:
    """
    The lines that run in a module's functions, and the labels whose blocks end normally.

    `exits` has, in order, the line of each goto and return, and the name of each label that
    a block fell into. `tests` has the `if` statements by their lines, `ifs` the outcomes seen.
    """

    def __init__(self, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
        self._file = source.module.__file__
        statements = list(ast.walk(source.tree))
        self._gotos = {
            node.lineno
            for node in statements
            if isinstance(node, ast.Expr) and source.segment(node).startswith("goto(")
        }
        self._returns = {node.lineno for node in statements if isinstance(node, ast.Return)}
        self.tests = {node.lineno: node for node in statements if isinstance(node, ast.If)}
        self.exits: list[int | str] = []
        self.ifs: dict[int, set[bool]] = {line: set() for line in self.tests}
        self._returning = False
        self._open: dict[FrameType, ast.If] = {}
        leave = Label.__exit__

        def left(label: Label, kind: type[BaseException] | None, *rest: Any) -> bool:
            if kind is None and not self._returning:
                self.exits.append(label.name)
            return leave(label, kind, *rest)

        monkeypatch.setattr(Label, "__exit__", left)

    def run(self, run: Callable[[], object]) -> None:
        """
        Watch one run.
        """
        self.exits = []
        before = sys.gettrace()
        sys.settrace(self._called)
        try:
            run()
        finally:
            sys.settrace(before)
            self._open.clear()

    def _called(self, frame: FrameType, _: str, __: Any) -> Callable[..., Any] | None:
        return self._seen if frame.f_code.co_filename == self._file else None

    def _seen(self, frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        line = frame.f_lineno
        if event == "line":
            # The line that follows the condition of an `if` tells which way it went.
            before = self._open.pop(frame, None)
            if before:
                self.ifs[before.lineno].add(line == before.body[0].lineno)
            if line in self.tests:
                self._open[frame] = self.tests[line]
            if line in self._gotos | self._returns:
                self.exits.append(line)
                self._returning = line in self._returns
        elif event == "return":
            self._returning = False
        return self._seen
