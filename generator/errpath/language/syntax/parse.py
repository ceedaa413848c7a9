# SPDX-License-Identifier: GPL-2.0-only
"""
From text to tree; a syntax error costs no more than the statement that it is in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from lark import UnexpectedInput, UnexpectedToken
from lark.utils import TextSlice

from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Diagnostic, Span
from errpath.language.syntax.expected import END, syntax_error
from errpath.language.syntax.grammar import parser
from errpath.language.syntax.layout import Chunk, Line, chunks
from errpath.language.syntax.tree import Include, Item

Items: TypeAlias = "list[Item | Include]"

_MOST_ERRORS: Final = 500
# Each error of an item costs parsing it again: a long one is given up sooner.
_MOST_IN_ITEM: Final = 100
_MOST_CHARACTERS: Final = 2_000_000
_NOT_A_CLOSER: Final = re.compile(r"[^\n\r}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """
    What a text holds, as far as it could be parsed, and its syntax errors.
    """

    items: Items
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(text: str, file: str) -> Parsed:
    """
    Parse a text that diagnostics call `file`.
    """
    try:
        return Parsed(items=cast("Items", parser().parse(text)))
    except UnexpectedInput:
        items: Items = []
        errors: list[Diagnostic] = []
        for chunk in chunks(text):
            if len(errors) >= _MOST_ERRORS:
                break
            found = _Repair(text, file, chunk)
            items += found.items
            errors += found.errors
        return Parsed(items=items, diagnostics=tuple(errors))


class _Repair:
    """
    One item, parsed again without each statement that does not parse.
    """

    def __init__(self, text: str, file: str, chunk: Chunk) -> None:
        self.text = text
        self.file = file
        self.chunk = chunk
        self.end = chunk.end
        self.errors: list[Diagnostic] = []
        self.items: Items = []
        if chunk.unclosed:
            self._close()
        most = max(3, min(_MOST_IN_ITEM, _MOST_CHARACTERS // (chunk.end - chunk.start)))
        while len(self.errors) < most:
            try:
                parsed = parser().parse(TextSlice(self.text, chunk.start, self.end))
            except UnexpectedInput as error:
                self.errors.append(syntax_error(error, file, text))
                if not self._leave_out(error):
                    return
            else:
                items = cast("Items", parsed)
                damaged = bool(self.errors)
                self.items = [
                    i._replace(damaged=damaged) if isinstance(i, Item) else i for i in items
                ]
                return

    def _close(self) -> None:
        unclosed = self.chunk.unclosed
        brace = unclosed[-1]
        line = self.text.count("\n", 0, brace) + 1
        column = brace - self.text.rfind("\n", 0, brace)
        self.errors.append(
            Diagnostic(
                code=Code.SYNTAX,
                message="the block is not closed",
                at=Span(
                    file=self.file, line=line, column=column, end_line=line, end_column=column + 1
                ),
                help="a block ends with `}`",
            )
        )
        closers = "\n" + "}" * len(unclosed) + "\n"
        self.text = self.text[: self.end] + closers
        self.end += len(closers)

    def _leave_out(self, error: UnexpectedInput) -> bool:
        """
        Blank the statement that an error is in, and tell whether that changed anything.
        """
        offset = error.pos_in_stream
        if isinstance(error, UnexpectedToken) and error.token.type == END:
            offset = self.chunk.end - 1
        lines = self.chunk.lines
        at = next((i for i, line in enumerate(lines) if line.end > (offset or 0)), len(lines) - 1)
        start, end = lines[at].start, self._end(lines, at)
        before = self.text[start:end]
        keep = lines[at].before > lines[at].after
        blank = (_NOT_A_CLOSER if keep else re.compile(r"[^\n\r]")).sub(" ", before)
        self.text = self.text[:start] + blank + self.text[end:]
        return blank != before

    @staticmethod
    def _end(lines: tuple[Line, ...], at: int) -> int:
        # A statement that opens a block goes with all that is in it.
        if lines[at].after <= lines[at].before:
            return lines[at].end
        return next(
            (line.end for line in lines[at + 1 :] if line.after <= lines[at].before),
            lines[-1].end,
        )
