# SPDX-License-Identifier: GPL-2.0-only
"""
Edges as a picture: Graphviz's dot for who has it, and an SVG that needs no other program.

What is held stands left, the calls stand right: two columns are all the layout that there
is, so the SVG asks nobody for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from errpath.explore.edges.drawing import Drawing
from errpath.explore.edges.layout import Layout

if TYPE_CHECKING:
    from errpath.explore.edges.comparison import Comparison


def dot(comparison: Comparison, *, everything: bool = False) -> str:
    """
    Give the edges as a graph for `dot`.
    """
    drawing = Drawing(comparison, everything=everything)
    return _environment().get_template("edges.dot.jinja").render(drawing=drawing)


def svg(comparison: Comparison, *, everything: bool = False) -> str:
    """
    Give the edges as an SVG.
    """
    drawing = Drawing(comparison, everything=everything)
    template = _environment().get_template("edges.svg.jinja")
    return template.render(drawing=drawing, layout=Layout(drawing))


def quoted(text: str | Sequence[str]) -> str:
    """
    Write a text, or its lines, as a quoted string of dot.
    """
    lines = [text] if isinstance(text, str) else text
    safe = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines if line)
    return '"' + "\\n".join(line.replace("\n", "\\n") for line in safe) + '"'


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("errpath.explore.edges"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=select_autoescape(enabled_extensions=("svg.jinja",)),
    )
    environment.filters["quoted"] = quoted
    return environment
