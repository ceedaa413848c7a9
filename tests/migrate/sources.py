# SPDX-License-Identifier: GPL-2.0-only
"""
pre.py and post.py as source.
"""

from __future__ import annotations

import ast
from pathlib import Path

from errpath.migrate import post, pre

FILES = {"pre": Path(pre.__file__), "post": Path(post.__file__)}


def text_of(semantics: str) -> str:
    """
    Give the source of one semantics.
    """
    return FILES[semantics].read_text(encoding="utf-8")


def tree_of(semantics: str) -> ast.Module:
    """
    Give the source of one semantics, parsed.
    """
    return ast.parse(text_of(semantics))


def functions_of(semantics: str) -> dict[str, ast.FunctionDef]:
    """
    Give the functions of one semantics, in their order.
    """
    return {n.name: n for n in tree_of(semantics).body if isinstance(n, ast.FunctionDef)}


def code_of(semantics: str) -> list[str]:
    """
    Give the lines of one semantics without indentation, blank lines and comments.
    """
    lines = map(str.strip, text_of(semantics).splitlines())
    return [line for line in lines if line and not line.startswith("#")]
