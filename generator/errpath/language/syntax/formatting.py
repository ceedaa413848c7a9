# SPDX-License-Identifier: GPL-2.0-only
"""
The one layout of a spec: indentation, spaces and blank lines. Comments stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from errpath.language.report.diagnostic import Diagnostic
from errpath.language.syntax.parse import parse
from errpath.language.syntax.source import control_characters

_TOKEN: Final = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>"(?:[^"\\\n]|\\[^\n])*")
      | (?P<mark>->|[{}(),:|<=])
      | (?P<newline>\n)
      | (?P<word>(?:[^\s{}(),:|<="#>-]|-(?!>))+)
      | [^\S\n]+
    """,
    re.VERBOSE,
)
_INDENT: Final = "    "
_GOES_ON: Final = frozenset({",", "|", "<", "and", "or"})
# Before these stands no space, unless a line begins with them.
_CLINGS: Final = frozenset({",", ":", ")"})
_ITEMS: Final = frozenset({"situation", "contract", "scenario", "law", "delta"})
_CONNECTIVES: Final = frozenset({"and", "or", "not", "when"})


class UnformattableError(ValueError):
    """
    The text is no spec: its `diagnostics` tell why.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


class _Token(NamedTuple):
    kind: str
    text: str
    newlines: int
    """How many line breaks stand before it."""


def format_text(text: str, *, file: str = "<text>") -> str:
    """
    Give a spec in its one layout; what it means stays the same.

    Raises UnformattableError if there is a syntax error; its diagnostics call the text
    `file`.
    """
    text = text.removeprefix("\ufeff")
    problems = (*control_characters(file, text), *parse(text, file).diagnostics)
    if problems:
        raise UnformattableError(problems)
    return _Layout().lay_out(text)


def _tokens(text: str) -> Iterator[_Token]:
    newlines = 0
    for found in _TOKEN.finditer(text):
        match found.lastgroup:
            case None:
                pass
            case "newline":
                newlines += 1
            case kind:
                yield _Token(kind, found.group().rstrip(), newlines)
                newlines = 0


class _Layout:
    """
    A text being laid out, line by line.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.depth = 0
        self.last = _Token("newline", "", 0)
        # The last token that is no comment, which decides whether a line goes on.
        self.code = ""

    def lay_out(self, text: str) -> str:
        for token in _tokens(text):
            self._put(token)
            self.last = token
            if token.kind != "comment":
                self.code = token.text
        self._end()
        return "\n".join(self.lines) + "\n" if self.lines else ""

    def _put(self, token: _Token) -> None:
        text = token.text
        if text == "}":
            self.depth -= 1
        if self._begins(token):
            self._end()
            if self._blank(token):
                self.lines.append("")
            goes_on = self.code in _GOES_ON
            self.line = _INDENT * (self.depth + goes_on) + text
        else:
            self.line += ("  " if token.kind == "comment" else self._space(text)) + text
        if text == "{":
            self.depth += 1

    def _begins(self, token: _Token) -> bool:
        """
        Tell whether a token begins a line.
        """
        if not self.line:
            return True
        if token.kind == "comment":
            return token.newlines > 0
        if token.text == "}":
            return self.last.text != "{"
        return token.newlines > 0 or "{" in (self.code, self.last.text) or self.last.text == "}"

    def _blank(self, token: _Token) -> bool:
        """
        Tell whether a blank line stands before the line that a token begins.
        """
        if not self.lines or self.last.text == "{" or token.text == "}":
            return False
        if self.code in _GOES_ON:
            return False
        before = self.lines[-1]
        ends_item = before.startswith("}")
        ends_includes = before.startswith("include") and token.text in _ITEMS
        return token.newlines > 1 or (self.depth == 0 and (ends_item or ends_includes))

    def _space(self, text: str) -> str:
        before = self.last.text
        if text in _CLINGS or before == "(":
            return ""
        if text == "(":
            return " " if before in _CONNECTIVES | {"|", ",", "<"} else ""
        if text == "}":
            return ""
        return " "

    def _end(self) -> None:
        if self.line:
            self.lines.append(self.line)
        self.line = ""
