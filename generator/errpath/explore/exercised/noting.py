# SPDX-License-Identifier: GPL-2.0-only
"""
The points of a source, and its tree with a call at each that notes it.
"""

from __future__ import annotations

import ast
from typing import Final

from errpath.explore.exercised.point import Point
from errpath.explore.source import Source
from errpath.kernel.goto import Label

NOTE: Final = "errpath_note_"
"""What the tree calls at an exit, with the index of its point."""

SEEN: Final = "errpath_seen_"
"""What it calls for a condition: with the index of the true outcome, and with the value."""

_VALUE: Final = "errpath_value_"


class Noting(ast.NodeTransformer):
    """
    Finds the points of a source, and puts the calls that note them into a tree of it.
    """

    def __init__(self, source: Source, *, branches: bool) -> None:
        self._source = source
        self._branches = branches
        self._function = ""
        self._under: list[str] = []
        self.points: list[Point] = []

    def tree(self) -> ast.Module:
        """
        Give the tree with the calls.
        """
        tree = self._source.new_tree()
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                self._function = node.name
                last = node.body[-1]
                leaves = _leaves(node.body)
                node.body = self._block(node.body)
                if not leaves:
                    node.body.append(self._exit(last, "falls off the end"))
        return ast.fix_missing_locations(tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """
        Leave a function inside a function alone: its returns leave no function of the C.
        """
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        """
        Leave it alone, likewise.
        """
        return node

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:
        """
        Note a return when its value is known: what gives the value may leave by itself.
        """
        if node.value is None:
            return [self._exit(node, "return"), node]
        value = self.visit(node.value)
        keep = ast.Assign([ast.Name(_VALUE, ast.Store())], value)
        note = self._exit(node, f"return {self._text(node.value)}")
        last = ast.Return(ast.Name(_VALUE, ast.Load()))
        return [ast.copy_location(keep, node), note, ast.copy_location(last, node)]

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """
        Note a goto before it jumps.
        """
        label = _goto(node)
        if label is None:
            return self.generic_visit(node)
        return [self._exit(node, f"goto {label}"), node]

    def visit_With(self, node: ast.With) -> ast.With:
        """
        Note that the block of a label is left at its end.
        """
        label = self._label(node)
        last = node.body[-1]
        leaves = _leaves(node.body)
        node.body = self._block(node.body)
        if label and not leaves:
            node.body.append(self._exit(last, f"falls into {label}"))
        return node

    def visit_If(self, node: ast.If) -> ast.If:
        """
        Note which way an `if` goes, and under what its two blocks stand.
        """
        text = self._text(node.test)
        node.test = self._seen(node.test)
        node.body = self._block(node.body, under=f"if {text}")
        node.orelse = self._block(node.orelse, under=f"unless {text}")
        return node

    def visit_While(self, node: ast.While) -> ast.While:
        """
        Note which way a `while` goes, likewise.
        """
        text = self._text(node.test)
        node.test = self._seen(node.test)
        node.body = self._block(node.body, under=f"while {text}")
        node.orelse = self._block(node.orelse)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.IfExp:
        """
        Note which way a conditional expression goes.
        """
        node.test = self._seen(node.test)
        node.body = self.visit(node.body)
        node.orelse = self.visit(node.orelse)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.BoolOp:
        """
        Note each operand that is evaluated. As in C, its truth is asked at once.
        """
        node.values = [self._seen(value) for value in node.values]
        return node

    def _seen(self, condition: ast.expr) -> ast.expr:
        if not self._branches or isinstance(condition, ast.Constant):
            return condition
        index = len(self.points)
        text = self._text(condition)
        for outcome in (True, False):
            self._point(condition.lineno, text, outcome=outcome)
        call = _call(SEEN, ast.Constant(index), self.visit(condition))
        return ast.copy_location(call, condition)

    def _exit(self, statement: ast.stmt, says: str) -> ast.stmt:
        line = statement.lineno
        if says.startswith("falls"):
            line = statement.end_lineno or line
        index = len(self.points)
        self._point(line, says)
        note = ast.Expr(_call(NOTE, ast.Constant(index)))
        return ast.copy_location(note, statement)

    def _point(self, line: int, says: str, *, outcome: bool | None = None) -> None:
        point = Point(
            function=self._function,
            file=self._source.file,
            line=line,
            says=says,
            outcome=outcome,
            under=self._under[-1] if self._under else None,
        )
        self.points.append(point)

    def _block(self, body: list[ast.stmt], *, under: str | None = None) -> list[ast.stmt]:
        if under:
            self._under.append(under)
        found: list[ast.stmt] = []
        for statement in body:
            made = self.visit(statement)
            found += made if isinstance(made, list) else [made]
        if under:
            self._under.pop()
        return found

    def _label(self, node: ast.With) -> str | None:
        """
        Name the label whose block it is, if it is the block of one.
        """
        name = node.items[-1].context_expr
        if isinstance(name, ast.Name):
            found = getattr(self._source.module, name.id, None)
            return name.id if isinstance(found, Label) else None
        return None

    def _text(self, node: ast.expr) -> str:
        return " ".join(self._source.segment(node).split())


def _goto(statement: ast.stmt) -> str | None:
    """
    Name the label that a statement jumps to, if it does.
    """
    match statement:
        case ast.Expr(ast.Call(ast.Name("goto"), [ast.Name(label)])):
            return label
        case _:
            return None


def _leaves(body: list[ast.stmt]) -> bool:
    """
    Tell whether nothing reaches the end of a block.
    """
    match body[-1]:
        case ast.Return() | ast.Raise():
            return True
        case ast.If(body=first, orelse=second):
            return bool(second) and _leaves(first) and _leaves(second)
        case last:
            return _goto(last) is not None


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), [*arguments], [])
