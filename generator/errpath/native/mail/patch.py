# SPDX-License-Identifier: GPL-2.0-only
"""
What a patch is made of: files, hunks, lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """
    What a patch does to a file.
    """

    CHANGE = "changes"
    CREATE = "creates"
    DELETE = "deletes"
    RENAME = "renames"
    BINARY = "changes, as binary data,"


@dataclass(frozen=True, slots=True)
class Line:
    """
    A line of a hunk with its mark, without quotation; `at` is its line in the mail, or 0.
    """

    text: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """
    One hunk: its header, and the lines that stand behind that, up to the next header.

    What its header counts may end before they do.
    """

    number: int
    old_start: int
    old_count: int
    new_start: int
    new_count: int
    lines: tuple[Line, ...]
    at: int

    @property
    def header(self) -> str:
        """
        The numbers of the header, as they stand there.
        """
        old, new = f"-{self.old_start},{self.old_count}", f"+{self.new_start},{self.new_count}"
        return f"@@ {old} {new} @@"

    def __str__(self) -> str:
        return f"hunk {self.number} ({self.header})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePatch:
    """
    What a patch does to one file; `at` is the line of the mail that names it, or 0.

    `path` is relative to the root of the tree. `mail` is the name of the mail's file.
    """

    path: str
    way: Way
    hunks: tuple[Hunk, ...]
    at: int
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """
    One patch: the file that it came in, its title, what it does to each file.

    `quoted` tells how deep the mail quotes it: 0 for a patch as it was sent. `notes` are
    sentences on what is odd about it and hinders nobody.
    """

    name: str
    subject: str
    files: tuple[FilePatch, ...]
    quoted: int
    notes: tuple[str, ...] = ()
