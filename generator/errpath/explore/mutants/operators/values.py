# SPDX-License-Identifier: GPL-2.0-only
"""
Values that are wrong: another errno, another mode, a flag that is not set.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from errpath.explore.mutants.code import Code, expressions
from errpath.explore.mutants.operator import Change, Operator
from errpath.explore.mutants.place import Place
from errpath.explore.source import Edit


def _errno(code: Code) -> Iterator[Change]:
    codes = [*(f"-{name}" for name in code.errnos), *code.successes]
    for place, node in _nodes(code):
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Name(id=name)) if name in code.errnos:
                found = f"-{name}"
            case ast.Name(id=name) if name in code.successes:
                found = name
            case _:
                continue
        for other in codes:
            if other != found:
                yield Change(place.line, (Edit(*code.source.span(node), other),))


def _word(code: Code) -> Iterator[Change]:
    """
    Name another value of the same choice: another mode, another reason.
    """
    families = _families(code)
    for place, node in _nodes(code):
        if isinstance(node, ast.Name):
            for other in families.get(node.id, ()):
                yield Change(place.line, (Edit(*code.source.span(node), other),))


def _drop_assignment(code: Code) -> Iterator[Change]:
    for place in code.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                # What sets a variable first stands for its declaration.
                if not isinstance(value, ast.Call) and code.is_set(name, place):
                    yield Change(place.line, (place.dropped(),))
            case ast.AugAssign():
                yield Change(place.line, (place.dropped(),))


def _count_twice(code: Code) -> Iterator[Change]:
    for place in code.places:
        match place.statement:
            case ast.AugAssign(op=ast.Add()):
                yield Change(place.line, (place.followed_by(place.text),))


def _bound(code: Code) -> Iterator[Change]:
    for place, node in _nodes(code):
        match node:
            case ast.Compare(ops=[op], comparators=[ast.Constant(value=int(value)) as bound]):
                if isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
                    for other in (value - 1, value + 1):
                        yield Change(place.line, (Edit(*code.source.span(bound), str(other)),))


def _flag(code: Code) -> Iterator[Change]:
    for place in code.places:
        match place.statement:
            case ast.Assign(value=ast.Constant(value=int(value)) as node) if value in (0, 1):
                yield Change(place.line, (Edit(*code.source.span(node), str(1 - value)),))


def _nodes(code: Code) -> Iterator[tuple[Place, ast.expr]]:
    for place in code.places:
        for expression in expressions(place.statement):
            for node in ast.walk(expression):
                if isinstance(node, ast.expr) and not isinstance(
                    getattr(node, "ctx", None), ast.Store
                ):
                    yield place, node


def _families(code: Code) -> dict[str, list[str]]:
    """
    Give, for each name of a choice's value, the module's names of its other values.
    """
    known = {
        name: value
        for name, value in vars(code.source.module).items()
        if isinstance(value, str) and name.isupper()
    }
    return {
        name: [
            other
            for other, theirs in known.items()
            if theirs != value and any({value, theirs} <= set(c.values) for c in choices)
        ]
        for choices in (code.vocabulary.choices.values(),)
        for name, value in known.items()
    }


OPERATORS: Final = (
    Operator("errno", "Another errno is set, returned or compared with.", _errno),
    Operator("word", "Another mode, or another reason, is compared with.", _word),
    Operator("dropped-assignment", "A variable keeps its old value.", _drop_assignment),
    Operator("flag", "A flag is set the wrong way round.", _flag),
    Operator("counted-twice", "What is counted is counted twice.", _count_twice),
    Operator("off-by-one", "A bound is one too low, or one too high.", _bound),
)
