# SPDX-License-Identifier: GPL-2.0-only
"""
Reading a spec file: bytes that are text, or a diagnostic that says what they are.
"""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Diagnostic, Span

LARGEST: Final = 10_000_000
"""The size in bytes above which a file is not read."""

# Characters that a terminal or an editor obeys instead of showing them; a carriage return
# is one unless it ends a line. Tabs are none.
CONTROL: Final = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    One file that was read: its name relative to the project, its text and content hash.
    """

    file: str
    text: str
    sha256: str


def read_source(path: Path, file: str) -> Source | Diagnostic:
    """
    Read the file at `path`, which diagnostics are to call `file`.
    """
    if not _is_utf8(file):
        return unreadable(file, "its name is not UTF-8")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return unreadable(file, "it is not a regular file")
        if status.st_size > LARGEST:
            return Diagnostic(
                code=Code.FILE_TOO_LARGE,
                message=f"`{file}` has {status.st_size:,} bytes",
                at=Span(file=file),
                help=f"a spec file has at most {LARGEST:,} bytes",
            )
        content = path.read_bytes()
    except OSError as error:
        return unreadable(file, error)
    return decode(content, file)


def decode(content: bytes, file: str) -> Source | Diagnostic:
    """
    Take the content of a file as text; a byte order mark at its start is no part of it.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        text = content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        return Diagnostic(
            code=Code.NOT_UTF8,
            message=f"the byte 0x{content[error.start]:02x} is not UTF-8",
            at=_character(file, before.removeprefix("\ufeff"), len(before)),
            help="a spec file is UTF-8",
        )
    nul = text.find("\0")
    if nul >= 0:
        return Diagnostic(
            code=Code.NUL_BYTE,
            message="the file holds a NUL byte",
            at=_character(file, text, nul),
            help="a spec file is text",
        )
    return Source(file=file, text=text, sha256=sha256)


def control_characters(file: str, text: str) -> list[Diagnostic]:
    """
    List the characters that would steer what shows a text: the first of each kind.
    """
    first: dict[str, int] = {}
    for found in CONTROL.finditer(text):
        first.setdefault(found.group(), found.start())
    return [
        Diagnostic(
            code=Code.CONTROL_CHARACTER,
            message=f"the file holds the control character U+{ord(character):04X}",
            at=_character(file, text, offset),
            help="spec files, names and reasons are shown on terminals as they are",
        )
        for character, offset in first.items()
    ]


def clean(text: str) -> str:
    """
    Give a text without control characters, for which spaces stand in.
    """
    return CONTROL.sub(" ", text)


def _character(file: str, text: str, offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Span(file=file, line=line, column=column, end_line=line, end_column=column + 1)


def unreadable(file: str, why: OSError | str) -> Diagnostic:
    """
    Report a file or a folder that cannot be read.
    """
    reason = why if isinstance(why, str) else why.strerror or str(why)
    return Diagnostic(
        code=Code.UNREADABLE_FILE,
        message=f"`{file}` cannot be read: {reason[:1].lower()}{reason[1:]}",
        at=Span(file=file),
    )


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
