# SPDX-License-Identifier: GPL-2.0-only
"""
Calls on the wrong page, and pages that are let go of in the wrong way.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errpath.explore.mutants.code import Code
from errpath.explore.mutants.operator import Change, Operator
from errpath.explore.mutants.place import Place
from errpath.explore.source import Edit

if TYPE_CHECKING:
    from errpath.vocabulary.primitive import Primitive


def _ignored_callback(code: Code) -> Iterator[Change]:
    for place, call, primitive in _primitive_calls(code):
        if isinstance(call.func, ast.Name):
            yield from _other_ways(code, place, call, primitive)


def _other_release(code: Code) -> Iterator[Change]:
    for place, call, primitive in _primitive_calls(code):
        if not isinstance(call.func, ast.Name):
            yield from _other_ways(code, place, call, primitive)


def _other_subject(code: Code) -> Iterator[Change]:
    """
    Pass another variable that can stand there: `newpage` for `page`.
    """
    for place, call, primitive in _primitive_calls(code):
        alike = _alike(code, place.function)
        for argument in call.args[: len(primitive.subjects)]:
            if isinstance(argument, ast.Name):
                for other in alike:
                    if other != argument.id and argument.id in alike:
                        yield Change(place.line, (Edit(*code.source.span(argument), other),))


def _other_ways(code: Code, place: Place, call: ast.Call, primitive: Primitive) -> Iterator[Change]:
    """
    Let go of the same hold by each other call of the function that can.
    """
    if primitive.gives_up is None:
        return
    for other, written in _releases(code, place.function).items():
        if other.gives_up is primitive.gives_up and other is not primitive:
            rest = [code.source.segment(a) for a in written.args[len(other.subjects) :]]
            subjects = [code.source.segment(a) for a in call.args[: len(other.subjects)]]
            text = f"{code.source.segment(written.func)}({', '.join([*subjects, *rest])})"
            yield Change(place.line, (Edit(*code.source.span(call), text),))


def _releases(code: Code, function: ast.FunctionDef) -> dict[Primitive, ast.Call]:
    """
    Give the primitives that let go of something, each with a call of it as it is written.

    A callback has to be the function's own; the others are everywhere at hand.
    """
    own = {argument.arg for argument in function.args.args}
    return {
        primitive: call
        for _, call, primitive in _primitive_calls(code)
        if primitive.gives_up and not (isinstance(call.func, ast.Name) and call.func.id not in own)
    }


def _alike(code: Code, function: ast.FunctionDef) -> tuple[str, ...]:
    """
    Name a function's variables of one type, judged by what they are passed for.
    """
    several = {
        subject
        for primitive in code.vocabulary.primitives.values()
        for position in primitive.subjects
        if len(position) > 1
        for subject in position
    }
    return tuple(
        dict.fromkeys(
            argument.id
            for place, call, primitive in _primitive_calls(code)
            if place.function is function
            for argument, position in zip(call.args, primitive.subjects, strict=False)
            if isinstance(argument, ast.Name) and several.intersection(position)
        )
    )


def _primitive_calls(code: Code) -> Iterator[tuple[Place, ast.Call, Primitive]]:
    for place in code.places:
        for call in code.calls_within(place):
            primitive = code.primitive(call)
            if primitive:
                yield place, call, primitive


OPERATORS: Final = (
    Operator("ignored-callback", "The caller's callback is not used.", _ignored_callback),
    Operator("other-release", "A page is let go of by the wrong call.", _other_release),
    Operator("other-subject", "A call is made on the wrong page.", _other_subject),
)
