# SPDX-License-Identifier: GPL-2.0-only
"""
What is wrong with a mail, and where.
"""

from __future__ import annotations

from typing import Final

from errpath.native.refusal import Problem, RefusedError

_SHOWN: Final = 48
"""So many characters of a line are quoted."""


class MailError(RefusedError):
    """
    A mail without a patch that can be judged: what is wrong, and what can be done.

    `line` counts from 1 in the file `name`; it is 0 where the whole file is meant, or where
    the text was encoded, so that its lines are not the file's. `help` is a statement.
    """

    def __init__(self, message: str, *, name: str = "", line: int = 0, help: str = "") -> None:  # noqa: A002 - the word of a diagnostic
        place = f"{name}:{line}" if line else name
        super().__init__(Problem(place, message, help))
        self.message = message
        self.name = name
        self.line = line
        self.help = help


def quoted(text: str) -> str:
    """
    Quote a line of a mail or of a tree: on one line, in ASCII, not too long.
    """
    line = " ".join(text.split()).encode("ascii", "backslashreplace").decode()
    line = "".join(c if c.isprintable() else "?" for c in line)
    return f"`{line}`" if len(line) <= _SHOWN else f"`{line[: _SHOWN - 3]}...`"
