# SPDX-License-Identifier: GPL-2.0-only
"""
Strings, numbers and the head comment: what tokens stand for.
"""

from __future__ import annotations

import re
from typing import Final

from lark import Token

from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Span
from errpath.language.report.problems import Problems

_ESCAPE: Final = re.compile(r"\\(.)")
_HEAD: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(?:[ \t]*#[^\n]*)?")
_SPDX: Final = "SPDX-License-Identifier:"
_MOST: Final = 999_999


def text_of(token: Token, problems: Problems) -> str:
    """
    Give what a string says, without its quotes and escapes.
    """
    quoted = token.value[1:-1]
    if "\\" not in quoted:
        return str(quoted)
    for escape in _ESCAPE.finditer(quoted):
        if escape.group(1) not in '"\\':
            column = (token.column or 0) + 1 + escape.start()
            problems.report(
                Code.BAD_ESCAPE,
                f"a string has no escape `{escape.group()}`",
                Span(
                    file=problems.file,
                    line=token.line or 0,
                    column=column,
                    end_line=token.line or 0,
                    end_column=column + 2,
                ),
                help='a string has the escapes `\\"` and `\\\\`',
            )
    return _ESCAPE.sub(r"\1", quoted)


def quote(text: str) -> str:
    """
    Write a text as a string of the language; the text has no line break.
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def named(token: Token, problems: Problems) -> str:
    """
    Give what a string says that has to say something: a name, a reason, a title.
    """
    text = text_of(token, problems)
    if not text.strip():
        problems.report(Code.EMPTY_TEXT, "the string is empty", token)
    return text


def number_of(token: Token, problems: Problems) -> int:
    """
    Give a number of calls: at most six digits, and not 0.
    """
    return _bounded(token, problems, least=1)


def change_of(token: Token, problems: Problems) -> int:
    """
    Give the change of a counter: at most six digits, with a sign or without.
    """
    return _bounded(token, problems, least=-_MOST)


def _bounded(token: Token, problems: Problems, *, least: int) -> int:
    digits = token.value.lstrip("+-0")
    number = int(token.value) if len(digits) <= len(str(_MOST)) else least - 1
    if number < least:
        problems.report(
            Code.BAD_NUMBER, f"`{token}` is not a number from {least} to {_MOST}", token
        )
        return least
    return number


def head_comment(text: str) -> str:
    """
    Give the comment block at the head of a file, without its marks and its licence line.
    """
    head = _HEAD.match(text)
    lines: list[str] = []
    for line in head.group().split("\n") if head else ():
        comment = line.strip()
        if comment.startswith("#"):
            lines.append(comment.removeprefix("#").removeprefix(" ").rstrip())
            if lines[-1].startswith(_SPDX):
                lines.pop()
        elif any(lines):
            break
    return "\n".join(lines).strip("\n")
