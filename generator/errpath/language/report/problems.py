# SPDX-License-Identifier: GPL-2.0-only
"""
Where the problems of one file are collected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lark import Token

from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Diagnostic, Note, Span
from errpath.language.report.suggest import closest, listed, short

_MOST_LISTED: Final = 20


class Problems:
    """
    The diagnostics of a file so far.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def span(self, token: Token) -> Span:
        """
        Give the stretch of the file that a token covers.
        """
        line, column = token.line or 0, token.column or 0
        return Span(
            file=self.file,
            line=line,
            column=column,
            end_line=line,
            end_column=column + len(token.rstrip()),
        )

    def report(
        self,
        code: Code,
        message: str,
        at: Token | Span,
        *,
        help: str | None = None,  # noqa: A002 - the word that the reader sees
        notes: Iterable[Note] = (),
    ) -> None:
        """
        Add one problem.
        """
        span = self.span(at) if isinstance(at, Token) else at
        self.found.append(
            Diagnostic(code=code, message=message, at=span, help=help, notes=tuple(notes))
        )

    def unknown(
        self,
        code: Code,
        what: str,
        at: Token,
        known: Iterable[str],
        *,
        plural: str | None = None,
        otherwise: str | None = None,
        name: str | None = None,
    ) -> None:
        """
        Report that no `what` has the name at a place; the help says which one exists.

        `plural` is that of `what`, `otherwise` the help if no known name is like it and there
        are too many to list, `name` the name if the place only quotes it.
        """
        names = tuple(known)
        name = at if name is None else name
        other = closest(name, names)
        fact = otherwise
        if other is not None:
            article = "an" if what[0] in "aeiou" else "a"
            fact = f"{article} {what} named `{other}` exists"
        elif len(names) == 1:
            fact = f"the only {what} is `{names[0]}`"
        elif 0 < len(names) <= _MOST_LISTED:
            fact = f"the {plural or what + 's'} are {listed(names)}"
        self.report(code, f"no {what} is named `{short(name)}`", at, help=fact)
