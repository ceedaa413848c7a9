# SPDX-License-Identifier: GPL-2.0-only
"""
One problem of a spec, as data; renderers make text of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from errpath.language.report.code import Code
from errpath.spec.node import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """
    A stretch of a file: from a character up to, but not including, another.

    Lines and columns count from 1, columns in characters. `line` is 0 if the span is the
    whole file.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @classmethod
    def of(cls, at: Location) -> Span:
        """
        Give the first character of what stands at a location.
        """
        end = at.column + 1
        return cls(file=at.file, line=at.line, column=at.column, end_line=at.line, end_column=end)

    @property
    def start(self) -> tuple[str, int, int]:
        """
        What spans are sorted by.
        """
        return self.file, self.line, self.column


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """
    A second place that a problem has to do with, and why.
    """

    message: str
    at: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """
    One problem: its kind, its wording, its place, and a `help` that states a fact.
    """

    code: Code
    message: str
    at: Span
    help: str | None = None
    notes: tuple[Note, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """
        What diagnostics are sorted by.
        """
        return *self.at.start, self.code.code, self.message
