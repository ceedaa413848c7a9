# SPDX-License-Identifier: GPL-2.0-only
"""
What the C does to current->flags, and at which line.

A read of the word does not tell which flag is wanted; the text around it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from errpath.kernel.caller import PF_MEMALLOC, PF_SWAPWRITE
from errpath.native.refusal import Problem, RefusedError
from errpath.native.tree.parse import below, line_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

FLAGS: Final = (PF_MEMALLOC, PF_SWAPWRITE)
"""The flags that are modelled; native/stub/primitives.c has them in this order."""

TEST, SET, CLEAR = range(3)

_NAMES: Final = {flag.name: index for index, flag in enumerate(FLAGS)}
_KNOWN: Final = " and ".join(_NAMES)


@dataclass(frozen=True, slots=True, order=True)
class FlagUse:
    """
    At a line of the tree, a flag by its index is tested, set or cleared.
    """

    line: int
    flag: int
    use: int


def flag_uses(root: Node, first: int, file: str) -> Iterator[FlagUse]:
    """
    Find what a function, which begins at line `first` of its file, does to current->flags.

    What is no test, setting or clearing of a known flag is a RefusedError.
    """
    lines: set[int] = set()
    for node in below(root):
        if node.type != "field_expression" or _joined(node) != "current->flags":
            continue
        line = line_of(node) + first - 1
        place = f"{file}:{line}"
        if line in lines:
            says = "current->flags is used twice in this line"
            raise RefusedError(Problem(place, says, "errpath tells its uses apart by their line"))
        lines.add(line)
        use, names = _use(node)
        if use is None or not names:
            says = f"`{_around(node)}` is no test, setting or clearing of a flag"
            raise RefusedError(Problem(place, says, "that is all that errpath models of them"))
        for name in names:
            if name not in _NAMES:
                says = f"the flag {name} of current is not modelled"
                raise RefusedError(Problem(place, says, f"{_KNOWN} are"))
            yield FlagUse(line, _NAMES[name], use)


def _use(node: Node) -> tuple[int | None, list[str]]:
    parent = node.parent
    while parent is not None and parent.type == "parenthesized_expression":
        node, parent = parent, parent.parent
    if parent is None:
        return None, []
    operator = parent.child_by_field_name("operator")
    sign = text_of(operator) if operator is not None else ""
    others = [child for child in parent.named_children if child != node]
    names = [text_of(n) for other in others for n in below(other) if n.type == "identifier"]
    if parent.type == "binary_expression" and sign == "&":
        return TEST, names
    if parent.type == "assignment_expression" and others:
        cleared = text_of(others[0]).replace("(", "").strip().startswith("~")
        if sign == "|=" and not cleared:
            return SET, names
        if sign == "&=" and cleared:
            return CLEAR, names
    return None, []


def _joined(node: Node) -> str:
    return "".join(text_of(node).split())


def _around(node: Node) -> str:
    parent = node.parent or node
    return " ".join(text_of(parent).split())
