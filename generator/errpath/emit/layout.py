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
    """

    head: str
    items: Sequence[Expression]
    tail: str = ")"

    def __str__(self) -> str:
        return f"{self.head}{', '.join(map(str, self.items))}{self.tail}"


Expression: TypeAlias = str | Group
"""Source that is not broken, or a group that is, an item a line, when it is too long."""


def tuple_of(items: Sequence[Expression], *, before: str = "") -> Expression:
    """
    Write a tuple; one of a single item has its comma.
    """
    return Group(f"{before}(", items, ",)" if len(items) == 1 else ")")


def lay(expression: Expression, *, indent: int, tail: str = "") -> str:
    """
    Write an expression and what follows it, from the first column of `indent` steps.
    """
    pad = _STEP * indent
    flat = f"{pad}{expression}{tail}"
    if isinstance(expression, str) or columns(flat) <= LINE_LENGTH or not expression.items:
        return flat
    inner = "".join(lay(item, indent=indent + 1, tail=",") + "\n" for item in expression.items)
    closing = expression.tail.removeprefix(",")
    return f"{pad}{expression.head}\n{inner}{pad}{closing}{tail}"


def columns(line: str) -> int:
    """
    Measure a line as `ruff format` does: an ideograph takes two columns.
    """
    if line.isascii():
        return len(line)
    return len(line) + sum(east_asian_width(char) in "WF" for char in line)
