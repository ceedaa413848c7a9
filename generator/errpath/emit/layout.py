# SPDX-License-Identifier: GPL-2.0-only
"""
Python expressions laid out as `ruff format` lays them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from unicodedata import east_asian_width

LINE_LENGTH = 100
_STEP = "    "


@dataclass(frozen=True, slots=True)
class Group:
    """
    Expressions between brackets: a call, a tuple, a dict, with what stands before it.

    `before` is the call whose result is called: `at("a")` in `at("a")("b")`.
    """

    head: str
    items: Sequence[Expression]
    tail: str = ")"
    before: Group | None = None

    def __str__(self) -> str:
        return f"{self.before or ''}{self.head}{', '.join(map(str, self.items))}{self.tail}"


Expression: TypeAlias = str | Group
"""Source that is not broken, or a group that is, an item a line, when it is too long."""


def tuple_of(items: Sequence[Expression], *, before: str = "") -> Expression:
    """
    Write a tuple; one of a single item has its comma.
    """
    return Group(f"{before}(", items, ",)" if len(items) == 1 else ")")


def before(text: str, expression: Expression) -> Expression:
    """
    Put a text before an expression: a key, a keyword.
    """
    if isinstance(expression, str):
        return f"{text}{expression}"
    return Group(f"{text}{expression.head}", expression.items, expression.tail)


def lay(expression: Expression, *, indent: int, tail: str = "") -> str:
    """
    Write an expression and what follows it, from the first column of `indent` steps.
    """
    pad = _STEP * indent
    flat = f"{pad}{expression}{tail}"
    if isinstance(expression, str) or columns(flat) <= LINE_LENGTH or not expression.items:
        return flat
    if expression.before is not None:
        return _lay_chain(expression.before, expression, indent=indent, tail=tail)
    inner = "".join(lay(item, indent=indent + 1, tail=",") + "\n" for item in expression.items)
    closing = expression.tail.removeprefix(",")
    return f"{pad}{expression.head}\n{inner}{pad}{closing}{tail}"


def _lay_chain(first: Group, then: Group, *, indent: int, tail: str) -> str:
    """
    Write a call of a call's result: the second is broken first, and alone if that will do.
    """
    opening = f"{first}{then.head}"
    if columns(f"{_STEP * indent}{opening}") <= LINE_LENGTH:
        return lay(Group(opening, then.items, then.tail), indent=indent, tail=tail)
    broken = lay(first, indent=indent, tail=then.head).rpartition("\n")[0]
    closing = first.tail.removeprefix(",")
    rest = lay(Group(f"{closing}{then.head}", then.items, then.tail), indent=indent, tail=tail)
    return f"{broken}\n{rest}"


def columns(line: str) -> int:
    """
    Measure a line as `ruff format` does: an ideograph takes two columns.
    """
    if line.isascii():
        return len(line)
    return len(line) + sum(east_asian_width(char) in "WF" for char in line)
