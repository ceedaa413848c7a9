# SPDX-License-Identifier: GPL-2.0-only
"""
Neighbours that can change places: one sets a variable to a constant, the other never looks.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from errpath.explore.mutants.code import is_goto
from errpath.explore.mutants.place import places

if TYPE_CHECKING:
    from errpath.explore.mutants.mutant import Mutant
    from errpath.explore.source import Source

_MOVES: Final = frozenset({"swapped", "moved-call"})
_SAYS: Final = "neither statement reads or sets what the other does"


def independent(mutant: Mutant) -> str | None:
    """
    Say why the order of two neighbours is nothing to anybody; None if that cannot be said.

    What leaves the two by a jump could read the variable where it lands; who returns cannot.
    """
    if mutant.operator not in _MOVES or len(mutant.edits) != len(("one", "other")):
        return None
    source = mutant.source
    for place in places(source):
        below = place.next
        if below is None:
            continue
        one, other = place.statement, below
        if {(edit.start, edit.end) for edit in mutant.edits} != {
            source.span(one),
            source.span(other),
        }:
            continue
        if _is_nothing_to(source, one, other) or _is_nothing_to(source, other, one):
            return _SAYS
    return None


def _is_nothing_to(source: Source, setting: ast.stmt, other: ast.stmt) -> bool:
    match setting:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_constant(source, value):
            return not any(
                (isinstance(node, ast.Name) and node.id == name)
                or isinstance(node, ast.Break | ast.Continue)
                or (isinstance(node, ast.stmt) and is_goto(node))
                for node in ast.walk(other)
            )
    return False


def _is_constant(source: Source, value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _is_constant(source, operand)
        case ast.Name(id=name):
            # What the module has under the name, no function of it sets.
            return name in vars(source.module) and not _is_set_somewhere(source, name)
    return False


def _is_set_somewhere(source: Source, name: str) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.arg) and node.arg == name)
        for function in source.functions()
        for node in ast.walk(function)
    )
