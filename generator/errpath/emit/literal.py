# SPDX-License-Identifier: GPL-2.0-only
"""
Values as Python source. Text from a spec enters a generated file here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from keyword import iskeyword
from unicodedata import category, east_asian_width


@lru_cache(maxsize=4096)
def literal(text: str) -> str:
    """
    Write a string as the literal that `ruff format` would leave as it is.

    What it gives, evaluated, is the text again, whatever the text holds.
    """
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + _escaped(text, _is_measured).replace(quote, "\\" + quote) + quote


def _escaped(text: str, keep: Callable[[str], bool]) -> str:
    """
    Escape what a string literal cannot hold as it is, or is not to keep, but no quote.
    """
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return "".join(c if c != "\\" and keep(c) else ascii(c)[1:-1] for c in text)


def _is_measured(char: str) -> bool:
    """
    Tell whether every Unicode table gives a character the same width, one column or two.

    Where a line is broken rests on widths; what they disagree about is escaped.
    """
    return char.isprintable() and (
        char < "\u0300"
        or (char < "\u0530" and category(char) in {"Lu", "Ll"})
        or "\u2010" <= char <= "\u2027"
        or "\u2190" <= char <= "\u21ff"
        or (east_asian_width(char) in "WF" and category(char) == "Lo")
    )


def docstring(text: str) -> str:
    """
    Write a text as the docstring that `ruff format` would leave as it is.

    It is one paragraph: white space is folded, and nothing in it ends the string.
    """
    return f'"""{prose(text)}"""'


def prose(text: str) -> str:
    """
    Write a text as part of a docstring.
    """
    return _escaped(" ".join(text.split()), str.isprintable).replace('"', '\\"')


def name(text: str) -> str:
    """
    Let an identifier through, and nothing else: a ValueError is a bug of the caller's.
    """
    if not text.isidentifier() or not text.isascii() or iskeyword(text):
        message = f"{text!r} is not a name that can stand in a generated file"
        raise ValueError(message)
    return text
