# SPDX-License-Identifier: GPL-2.0-only
"""
The grammar, compiled once for each process.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from lark import Lark
from lark.lexer import PatternStr

from errpath.language.syntax.build import Builder


def grammar_path() -> Path:
    """
    Find errpath.lark: in the wheel, or else in the checkout.
    """
    package = Path(__file__).parents[2]
    wheel = package / "grammar" / "errpath.lark"
    return wheel if wheel.exists() else package.parents[1] / "grammar" / "errpath.lark"


@cache
def parser() -> Lark:
    """
    Give the parser. What it parses becomes a list of items and includes.
    """
    return Lark(
        grammar_path().read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        maybe_placeholders=False,
        transformer=Builder(),
        cache=_tables(),
    )


@cache
def words() -> frozenset[str]:
    """
    Give the words of the language.
    """
    found = {
        str(terminal.pattern.value)
        for terminal in parser().terminals
        if isinstance(terminal.pattern, PatternStr) and terminal.pattern.value.isidentifier()
    }
    # These two let their line go on, so that the grammar has them as patterns.
    return frozenset(found | {"and", "or"})


def _tables() -> str | bool:
    """
    Name the file that keeps the parser's tables, which take longer to make than most specs.

    It stands beside this module's bytecode, and is written where that may be. Lark makes it
    anew for another grammar, Python or Lark, and does without one that it cannot read.
    """
    file = Path(cache_from_source(__file__)).with_suffix(".lark")
    return str(file) if file.exists() or not sys.dont_write_bytecode else False
