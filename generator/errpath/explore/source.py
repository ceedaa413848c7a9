# SPDX-License-Identifier: GPL-2.0-only
"""
The source of a semantics: its text and tree, and modules that are made of changed ones.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from inspect import getsource
from types import ModuleType
from typing import NamedTuple


class Edit(NamedTuple):
    """
    Characters of a text, from `start` up to `end`, and what stands in their place.
    """

    start: int
    end: int
    text: str


class Source:
    """
    A module's text, and its syntax tree with the places in the text.

    `name` is the module's, and `file` the path that a diff shows: below the package root.
    The text is ASCII, so a column of the tree is a column of the text; it is a ValueError
    if it is not.
    """

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.name = module.__name__
        self.file = f"{self.name.replace('.', '/')}.py"
        self.text = getsource(module)
        if not self.text.isascii():
            message = f"{self.file} is not ASCII: its columns cannot be told"
            raise ValueError(message)

    @cached_property
    def tree(self) -> ast.Module:
        """
        The syntax tree. It is shared: whoever changes it takes a `new_tree()`.
        """
        return self.new_tree()

    @cached_property
    def lines(self) -> list[str]:
        """
        The lines, with their ends.
        """
        return self.text.splitlines(keepends=True)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line))
        return starts

    def new_tree(self) -> ast.Module:
        """
        Parse the text again, for somebody who changes the tree.
        """
        return ast.parse(self.text, self.file)

    def functions(self) -> Iterator[ast.FunctionDef]:
        """
        Give the module's functions, in their order.
        """
        yield from (node for node in self.tree.body if isinstance(node, ast.FunctionDef))

    def offset(self, line: int, column: int = 0) -> int:
        """
        Give the place in the text of a line, from 1, and a column, from 0.
        """
        return self._starts[line - 1] + column

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """
        Give where the text of a node starts and ends.
        """
        last = node.end_lineno or node.lineno
        end = self.offset(last, node.end_col_offset or 0)
        return self.offset(node.lineno, node.col_offset), end

    def segment(self, node: ast.expr | ast.stmt) -> str:
        """
        Give the text of a node, as it is written.
        """
        start, end = self.span(node)
        return self.text[start:end]

    def edited(self, edits: tuple[Edit, ...]) -> str:
        """
        Give the text with edits, which do not overlap.
        """
        text = self.text
        for edit in sorted(edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def compiled(self, changed: str | ast.Module) -> ModuleType:
        """
        Make a module of a changed text or tree, under the name of this one.

        It is not put in `sys.modules`. A SyntaxError tells of what cannot be compiled; what
        the module does when it is made passes through.
        """
        made = ModuleType(self.name)
        made.__file__ = self.module.__file__
        code = compile(changed, self.file, "exec", dont_inherit=True)
        exec(code, vars(made))  # noqa: S102 - it is the modelled code, with a change
        return made
