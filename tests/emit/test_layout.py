# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.emit.layout import LINE_LENGTH, Expression, Group, columns, lay, tuple_of

LONG = f'"{"a" * 60}"'


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("x", "    x"),
        (Group("f(", []), "    f()"),
        (Group("f(", ["a", "b=1"]), "    f(a, b=1)"),
        (Group("f(", [Group("{", ["a", "b"], "}")]), "    f({a, b})"),
        (tuple_of(["a"]), "    (a,)"),
        (tuple_of(["a", "b"], before="x="), "    x=(a, b)"),
        (Group("f(", [LONG, "b"]), f"    f({LONG}, b)"),
    ],
)
def test_short_expression(expression: Expression, expected: str) -> None:
    """
    What fits stands on one line.
    """
    assert lay(expression, indent=1) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (Group("f(", [LONG, LONG]), f"f(\n    {LONG},\n    {LONG},\n)"),
        (tuple_of([LONG * 2]), f"(\n    {LONG * 2},\n)"),
        (
            Group("f(", [tuple_of(["a", "b"]), LONG, LONG]),
            f"f(\n    (a, b),\n    {LONG},\n    {LONG},\n)",
        ),
        (
            Group("f(", [Group("{", [LONG, LONG], "}")]),
            f"f(\n    {{\n        {LONG},\n        {LONG},\n    }},\n)",
        ),
        (LONG * 2, LONG * 2),
        (Group(LONG * 2, []), f"{LONG * 2})"),
    ],
)
def test_long_expression(expression: Expression, expected: str) -> None:
    """
    What does not fit is broken, an item a line with its comma; a string is never broken.
    """
    assert lay(expression, indent=0) == expected


@pytest.mark.parametrize(("spare", "lines"), [(0, 1), (-1, 4)])
def test_line_is_full(spare: int, lines: int) -> None:
    """
    A line of exactly 100 columns is not too long, with what follows it counted.
    """
    item = "a" * (LINE_LENGTH - len("f(, b) as run:") - spare)
    assert len(lay(Group("f(", [item, "b"]), indent=0, tail=" as run:").splitlines()) == lines


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("caf\u00e9", 4), ("\u4e2da", 3)])
def test_columns(text: str, width: int) -> None:
    """
    A line is measured in columns, of which an ideograph takes two.
    """
    assert columns(text) == width
