# SPDX-License-Identifier: GPL-2.0-only
"""
Conditions that are dropped, negated, or lose or gain an operand.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from errpath.explore.mutants.code import Code, expressions
from errpath.explore.mutants.operator import Change, Operator
from errpath.explore.mutants.place import Place
from errpath.explore.source import Edit, Source

_OPPOSITES: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
}
_JOINTS: Final[dict[type[ast.boolop], tuple[str, str]]] = {
    ast.And: (" and ", " or "),
    ast.Or: (" or ", " and "),
}


def _conditions(code: Code) -> Iterator[tuple[Place, ast.expr]]:
    """
    Give what is tested: by an `if`, and by a conditional expression.
    """
    for place in code.places:
        if isinstance(place.statement, ast.If | ast.While):
            yield place, place.statement.test
        for expression in expressions(place.statement):
            for node in ast.walk(expression):
                if isinstance(node, ast.IfExp):
                    yield place, node.test


def _joined(code: Code) -> Iterator[tuple[Place, ast.BoolOp]]:
    for place in code.places:
        for expression in expressions(place.statement):
            for node in ast.walk(expression):
                if isinstance(node, ast.BoolOp):
                    yield place, node


def _always(code: Code) -> Iterator[Change]:
    for place, test in _conditions(code):
        yield Change(place.line, (Edit(*code.source.span(test), "True"),))


def _never(code: Code) -> Iterator[Change]:
    for place, test in _conditions(code):
        yield Change(place.line, (Edit(*code.source.span(test), "False"),))


def _negate(code: Code) -> Iterator[Change]:
    for place, test in _conditions(code):
        yield Change(place.line, (Edit(*code.source.span(test), negated(code.source, test)),))
    for place, joined in _joined(code):
        for operand in joined.values:
            span = code.source.span(operand)
            yield Change(place.line, (Edit(*span, negated(code.source, operand)),))


def _drop_operand(code: Code) -> Iterator[Change]:
    for place, joined in _joined(code):
        for dropped in joined.values:
            rest = [code.source.segment(one) for one in joined.values if one is not dropped]
            text = _JOINTS[type(joined.op)][0].join(rest)
            yield Change(place.line, (Edit(*code.source.span(joined), text),))


def _other_joint(code: Code) -> Iterator[Change]:
    for place, joined in _joined(code):
        operands = [code.source.segment(one) for one in joined.values]
        text = _JOINTS[type(joined.op)][1].join(operands)
        yield Change(place.line, (Edit(*code.source.span(joined), text),))


def _narrow(code: Code) -> Iterator[Change]:
    for place, test in _conditions(code):
        name = code.returned(place.function)
        if name is None or not code.is_open(name, place) or _reads(test, name):
            continue
        for success in code.successes:
            for sign in ("==", "!="):
                text = f"{_operand(code.source, test)} and {name} {sign} {success}"
                yield Change(place.line, (Edit(*code.source.span(test), text),))


def negated(source: Source, test: ast.expr) -> str:
    """
    Write the opposite of a condition.
    """
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return source.segment(operand)
        case ast.Compare(ops=[op], left=left, comparators=[right]) if type(op) in _OPPOSITES:
            return f"{source.segment(left)} {_OPPOSITES[type(op)]} {source.segment(right)}"
        case ast.BoolOp():
            return f"not ({source.segment(test)})"
    return f"not {source.segment(test)}"


def _operand(source: Source, test: ast.expr) -> str:
    text = source.segment(test)
    return f"({text})" if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else text


def _reads(test: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(test))


OPERATORS: Final = (
    Operator("always", "A condition is dropped: what it guards is always done.", _always),
    Operator("never", "A condition is dropped: what it guards is never done.", _never),
    Operator("negated", "A condition, or a part of it, is the wrong way round.", _negate),
    Operator("dropped-operand", "One part of a condition is forgotten.", _drop_operand),
    Operator("and-or", "The parts of a condition are joined the wrong way.", _other_joint),
    Operator("narrowed", "Something is done on success only, or on failure only.", _narrow),
)
