# SPDX-License-Identifier: GPL-2.0-only
"""
A statement where it stands: what operators look at, and the edits they make there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import indent
from typing import Final

from errpath.explore.source import Edit, Source

STEP: Final = "    "


@dataclass(frozen=True, slots=True)
class Place:
    """
    A statement of a function: the block that it stands in, and what is around that.

    `around` are the compound statements that hold the block, from the outside in.
    """

    source: Source
    function: ast.FunctionDef
    block: Sequence[ast.stmt]
    index: int
    around: tuple[ast.stmt, ...]

    @property
    def statement(self) -> ast.stmt:
        """
        The statement itself.
        """
        return self.block[self.index]

    @property
    def line(self) -> int:
        """
        The line where it begins.
        """
        return self.statement.lineno

    @property
    def text(self) -> str:
        """
        The statement as it is written.
        """
        return self.source.segment(self.statement)

    @property
    def next(self) -> ast.stmt | None:
        """
        The neighbour below, in the same block.
        """
        return self.block[self.index + 1] if self.index + 1 < len(self.block) else None

    @property
    def is_last(self) -> bool:
        """
        Whether it is the function's last statement, whose return C does not do without.
        """
        return self.statement is self.function.body[-1]

    def replaced(self, text: str) -> Edit:
        """
        Write another text in place of the statement.
        """
        return Edit(*self.source.span(self.statement), text)

    def dropped(self) -> Edit:
        """
        Leave the statement out, with its lines; a block that it leaves empty does nothing.
        """
        if len(self.block) == 1:
            return self.replaced("pass")
        last = self.statement.end_lineno or self.line
        return Edit(self.source.offset(self.line), self.source.offset(last + 1), "")

    def followed_by(self, text: str) -> Edit:
        """
        Write a statement behind this one, in the same block.
        """
        end = self.source.span(self.statement)[1]
        return Edit(end, end, f"\n{' ' * self.statement.col_offset}{text}")

    def under(self, head: str) -> Edit:
        """
        Put the statement under an `if` or another head.
        """
        margin = " " * self.statement.col_offset
        body = indent(f"{margin}{self.text}", STEP)
        return self.replaced(f"{head}\n{body}")


def places(source: Source) -> Iterator[Place]:
    """
    Give every statement of a source's functions, from the top down, but for docstrings.
    """
    for function in source.functions():
        yield from _in_block(source, function, function.body, ())


def _in_block(
    source: Source,
    function: ast.FunctionDef,
    block: Sequence[ast.stmt],
    around: tuple[ast.stmt, ...],
) -> Iterator[Place]:
    for index, statement in enumerate(block):
        if not _is_text(statement):
            yield Place(source, function, block, index, around)
        for inner in ("body", "orelse", "finalbody"):
            below = getattr(statement, inner, ())
            yield from _in_block(source, function, below, (*around, statement))


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
