# SPDX-License-Identifier: GPL-2.0-only
"""
The code under mutation, as operators read it: calls, labels, errnos, what is returned.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from errpath.explore.mutants.place import Place, places
from errpath.vocabulary import errno

if TYPE_CHECKING:
    from errpath.explore.source import Source
    from errpath.vocabulary.primitive import Primitive
    from errpath.vocabulary.vocabulary import Vocabulary


class Code:
    """
    A source, and what its statements mean in a vocabulary.
    """

    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.places = tuple(places(source))

    @cached_property
    def errnos(self) -> tuple[str, ...]:
        """
        The errnos that the module knows by name.
        """
        return tuple(name for name in self._imported if name in errno.ERRNOS)

    @cached_property
    def successes(self) -> tuple[str, ...]:
        """
        The names that the module has for success.
        """
        return tuple(name for name in self._imported if getattr(errno, name) == 0)

    @cached_property
    def _imported(self) -> tuple[str, ...]:
        return tuple(
            alias.name
            for node in self.source.tree.body
            if isinstance(node, ast.ImportFrom) and node.module == errno.__name__
            for alias in node.names
            if alias.asname is None
        )

    def calls(self) -> Iterator[tuple[Place, ast.Call]]:
        """
        Give the statements that are a call, or set a variable to what a call gives.
        """
        for place in self.places:
            match place.statement:
                case ast.Expr(value=ast.Call() as call) | ast.Assign(value=ast.Call() as call):
                    if not is_goto(place.statement):
                        yield place, call

    def calls_within(self, place: Place) -> Iterator[ast.Call]:
        """
        Give the calls in a statement itself; what stands in its blocks has places of its own.
        """
        for expression in expressions(place.statement):
            for node in ast.walk(expression):
                if isinstance(node, ast.Call):
                    yield node

    def primitive(self, call: ast.Call) -> Primitive | None:
        """
        Give the primitive that is called, under its own name or as a callback.
        """
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        return self.vocabulary.primitives.get(name)

    def returned(self, function: ast.FunctionDef) -> str | None:
        """
        Name the variable that a function returns at its end.
        """
        match function.body[-1]:
            case ast.Return(value=ast.Name(id=name)):
                return name
        return None

    def is_set(self, name: str, place: Place) -> bool:
        """
        Tell whether a variable was set above a statement.
        """
        return any(
            other.function is place.function and other.line < place.line
            for other in self.places
            if name in _targets(other.statement)
        )

    def is_open(self, name: str, place: Place) -> bool:
        """
        Tell whether, at a statement, a variable may tell of success and may tell of failure.

        It may not where all that it was set to above is one of the two.
        """
        kinds: set[bool] = set()
        for other in self.places:
            if other.function is place.function and other.line < place.line:
                match other.statement:
                    case ast.Assign(targets=[ast.Name(id=set_)], value=value) if set_ == name:
                        kinds |= self._kinds(value)
        return len(kinds) > 1

    def _kinds(self, value: ast.expr) -> set[bool]:
        match value:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Name(id=name)) if name in self.errnos:
                return {False}
            case ast.Name(id=name) if name in self.successes:
                return {True}
        return {False, True}

    def labels(self, function: ast.FunctionDef) -> dict[str, Place]:
        """
        Give the labels of a function, each with the place of its block.
        """
        return {
            label: place
            for place in self.places
            if place.function is function and (label := label_of(place.statement))
        }


def expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """
    Give the expressions of a statement itself, and none of those in its blocks.
    """
    for field in ast.iter_child_nodes(statement):
        if isinstance(field, ast.expr):
            yield field


def is_goto(statement: ast.stmt) -> bool:
    """
    Tell a goto.
    """
    return target_of(statement) is not None


def target_of(statement: ast.stmt) -> str | None:
    """
    Give the label that a goto jumps to; None for any other statement.
    """
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="goto"), args=[ast.Name(id=label)])):
            return label
    return None


def label_of(statement: ast.stmt) -> str | None:
    """
    Give the label whose block a statement is; None for any other statement.
    """
    match statement:
        case ast.With(items=[ast.withitem(context_expr=ast.Name(id=label))]):
            return label
    return None


def _targets(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
    return set()
