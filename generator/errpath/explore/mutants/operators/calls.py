# SPDX-License-Identifier: GPL-2.0-only
"""
Calls that are left out, made twice, or made at another time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from textwrap import indent
from typing import Final

from errpath.explore.mutants.code import Code, label_of
from errpath.explore.mutants.operator import Change, Operator
from errpath.explore.mutants.place import STEP, Place
from errpath.explore.source import Edit
from errpath.vocabulary.hold import Family

_COMPOUND: Final = (ast.If, ast.With, ast.For, ast.While, ast.Try)


def _skip_removal(code: Code) -> Iterator[Change]:
    for place, call in code.calls():
        primitive = code.primitive(call)
        gives_up = primitive.gives_up if primitive else None
        if gives_up and gives_up.family is Family.MEMBERSHIP:
            yield Change(place.line, (place.dropped(),))
            yield from _guards(code, place)


def _drop(code: Code) -> Iterator[Change]:
    for place, _ in code.calls():
        yield Change(place.line, (place.dropped(),))


def _duplicate(code: Code) -> Iterator[Change]:
    for place, _ in code.calls():
        yield Change(place.line, (place.followed_by(place.text),))


def _swap(code: Code) -> Iterator[Change]:
    for place in code.places:
        below = place.next
        if below is not None and not (_is_call_beside_block(place, below)):
            yield Change(place.line, _exchanged(place, below))


def _move(code: Code) -> Iterator[Change]:
    for place in code.places:
        below = place.next
        if below is not None and _is_call_beside_block(place, below):
            yield Change(place.line, _exchanged(place, below))
        if below is not None and label_of(place.statement) and _is_call(below):
            yield _above_label(place, below)
        if place.around and below is None and _is_call(place.statement):
            yield from _behind_label(place)


def _only_if(code: Code) -> Iterator[Change]:
    for place, _ in code.calls():
        yield from _guards(code, place)


def _guards(code: Code, place: Place) -> Iterator[Change]:
    """
    Make a call depend on whether the return code tells of success so far.
    """
    name = code.returned(place.function)
    if name is None or not code.is_open(name, place):
        return
    for success in code.successes:
        for sign in ("==", "!="):
            yield Change(place.line, (place.under(f"if {name} {sign} {success}:"),))


def _is_call(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr | ast.Assign) and isinstance(statement.value, ast.Call)


def _is_call_beside_block(place: Place, below: ast.stmt) -> bool:
    above = place.statement
    return (_is_call(above) and isinstance(below, _COMPOUND)) or (
        isinstance(above, _COMPOUND) and _is_call(below)
    )


def _exchanged(place: Place, below: ast.stmt) -> tuple[Edit, ...]:
    source = place.source
    return (place.replaced(source.segment(below)), Edit(*source.span(below), place.text))


def _above_label(place: Place, call: ast.stmt) -> Change:
    """
    Put the call behind a label in front of it: who jumps there does not make it any more.
    """
    source = place.source
    end = source.span(place.statement)[1]
    margin = " " * (place.statement.col_offset + len(STEP))
    moved = indent(f"{margin[len(STEP) :]}{source.segment(call)}", STEP)
    under = Place(source, place.function, place.block, place.index + 1, place.around)
    return Change(call.lineno, (Edit(end, end, f"\n{moved}"), under.dropped()))


def _behind_label(place: Place) -> Iterator[Change]:
    """
    Put the call in front of a label behind it: who jumps there makes it, too.
    """
    holder = place.around[-1]
    if label_of(holder) is None:
        return
    source = place.source
    start, end = source.span(holder)
    moved = place.text.replace(f"\n{STEP}", "\n")
    rest = place.dropped()
    kept = source.text[start : rest.start] + rest.text
    # The edit is the whole block: a jump out of any part of it gets to the call now.
    yield Change(
        place.line,
        (Edit(start, end, f"{kept.rstrip()}\n{' ' * holder.col_offset}{moved}"),),
    )


OPERATORS: Final = (
    Operator("skipped-removal", "A page is not taken off its list.", _skip_removal),
    Operator("dropped-call", "A call is left out.", _drop),
    Operator("duplicated-call", "A call is made twice.", _duplicate),
    Operator("swapped", "Two neighbours change places.", _swap),
    Operator("moved-call", "A call moves across the block or the label next to it.", _move),
    Operator("guarded-call", "A call is made on success only, or on failure only.", _only_if),
)
