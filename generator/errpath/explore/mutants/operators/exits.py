# SPDX-License-Identifier: GPL-2.0-only
"""
Ways out that are wrong: another label, a return in place of a goto, no way out at all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from errpath.explore.mutants.code import Code, is_goto, label_of, target_of
from errpath.explore.mutants.operator import Change, Operator
from errpath.explore.mutants.place import STEP, Place
from errpath.explore.source import Edit


def _other_label(code: Code) -> Iterator[Change]:
    for place in code.places:
        if is_goto(place.statement):
            yield from _gotos(code, place, besides=target_of(place.statement))


def _goto_for_return(code: Code) -> Iterator[Change]:
    for place in _returns(code):
        yield from _gotos(code, place, besides=None)


def _return_for_goto(code: Code) -> Iterator[Change]:
    for place in code.places:
        name = code.returned(place.function)
        if name and is_goto(place.statement):
            yield Change(place.line, (place.replaced(f"return {name}"),))


def _drop_exit(code: Code) -> Iterator[Change]:
    for place in code.places:
        if is_goto(place.statement):
            yield Change(place.line, (place.dropped(),))
    for place in _returns(code):
        yield Change(place.line, (place.dropped(),))


def _returns(code: Code) -> Iterator[Place]:
    """
    Give the returns but for the last: a function of C's that falls off its end does not compile.
    """
    for place in code.places:
        if isinstance(place.statement, ast.Return) and not place.is_last:
            yield place


def _gotos(code: Code, place: Place, *, besides: str | None) -> Iterator[Change]:
    """
    Jump to each label of the function that can be jumped to from there.
    """
    around = {label_of(statement) for statement in place.around}
    for label, target in code.labels(place.function).items():
        jump = place.replaced(f"goto({label})")
        if label == besides:
            continue
        if label in around:
            yield Change(place.line, (jump,))
        elif (start := _on_the_way(place, target)) is not None:
            yield Change(place.line, (_reached_from(start, place, target, jump),))


def _on_the_way(place: Place, target: Place) -> ast.stmt | None:
    """
    Give the statement of the label's own block that holds a place above the label, or None.
    """
    above = target.block[: target.index]
    return next((one for one in (*place.around, place.statement) if one in above), None)


def _reached_from(start: ast.stmt, place: Place, target: Place, jump: Edit) -> Edit:
    """
    Let a label's block begin at `start`: what stands in it can jump to the label then.

    In C a label is reached from everywhere; here, from its block. All that moves into the
    block is what stood right above it, so nothing changes but what can jump there.
    """
    source = place.source
    first, head = source.offset(start.lineno), source.offset(target.line)
    above = source.text[first : jump.start] + jump.text + source.text[jump.end : head]
    lines = [f"{STEP}{line}" if line.strip() else line for line in above.splitlines(keepends=True)]
    with_ = source.lines[target.line - 1]
    return Edit(first, source.offset(target.line + 1), with_ + "".join(lines))


OPERATORS: Final = (
    Operator("other-label", "A goto jumps to another label.", _other_label),
    Operator("return-for-goto", "A function returns where it has to clean up.", _return_for_goto),
    Operator("goto-for-return", "A function cleans up where there is nothing.", _goto_for_return),
    Operator("dropped-exit", "A goto or a return is forgotten.", _drop_exit),
)
