# SPDX-License-Identifier: GPL-2.0-only
"""
The diffs in a text, at whatever depth it quotes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from errpath.native.mail.error import MailError, quoted
from errpath.native.mail.patch import FilePatch, Hunk, Line, Way
from errpath.native.mail.paths import NOWHERE, OutsideError, name_in, path_of
from errpath.native.mail.quote import depth, may_be_wrapped, unquoted

if TYPE_CHECKING:
    from errpath.native.mail.letters import Letter

_HUNK: Final = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")
_EXTENDED: Final = re.compile(
    r"(?:(?:new|deleted) file mode|(?:rename|copy) (?:from|to)|GIT binary patch|Binary files) ?(.*)"
)
_SAID_BY_GIT: Final = re.compile(r"(?:index|old mode|new mode|(?:dis)?similarity index) ")
_NEXT: Final = re.compile(r"(?:diff -\S+ .*\S|Index: \S+|={60,})$")
_GIT: Final = re.compile(r"diff --git (\S+) (\S+)$")
_HEADER: Final = 6
"""The lines of a file's header, and as many blank ones."""

_DEPTHS: Final = 16
"""So many depths of quotation a mail can have diffs at."""

_MORE: Final = 8
"""So many lines behind a hunk are looked at: they could be its own."""

_REST: Final = "the first hunk of a file stands behind `--- FILE` and `+++ FILE`"
_WRAPPED: Final = "the archive has the mail as it was sent: its raw form, or an mbox"


@dataclass(slots=True)
class Diff:
    """
    What one text has at one depth of quotation: the files, and the totals of its diffstat.
    """

    quoted: int
    files: list[FilePatch] = field(default_factory=list)
    totals: tuple[int, int] | None = None


def diffs_in(letter: Letter, name: str) -> list[Diff]:
    """
    Find the diffs of a text, one for each depth at which it has some.

    MailError tells of a path outside the tree, a hunk without a file, a line that was wrapped.
    """
    lines = letter.text.split("\n")
    depths = sorted({depth(line) for line in lines if "@@ -" in line or "diff --git" in line})
    found = [_Reader(lines, times, letter.first, name).diff() for times in depths[:_DEPTHS]]
    return [diff for diff in found if diff.files]


class _Reader:
    """
    Reads what a text has at one depth.
    """

    def __init__(self, lines: list[str], times: int, first: int, name: str) -> None:
        self._all = lines
        self._times = times
        self._first = first
        self._name = name
        self._lines = [
            (number, text)
            for number, line in enumerate(lines)
            # A quotation of a quotation begins with a mark that is no part of a diff.
            if (text := unquoted(line, times)) is not None and (times or depth(line) == 0)
        ]

    def diff(self) -> Diff:
        found = Diff(self._times)
        at = 0
        while at < len(self._lines):
            text = self._lines[at][1]
            header = self._header(at)
            if header:
                at = self._file(at, found, header)
            elif _HUNK.match(text):
                raise self._error("no file is named for this hunk", at, _REST)
            elif git := _GIT.match(text):
                at = self._git(at + 1, found, git)
            else:
                found.totals = _totals(text) or found.totals
                at += 1
        return found

    def _header(self, at: int) -> tuple[str, str, int] | None:
        """
        Give the names of a file, if its two lines begin here, and where its first hunk does.

        Mailers put blank lines between them, and whatever else is there makes it no header.
        """
        rows = [
            (number, text)
            for number, (_, text) in enumerate(self._lines[at : at + _HEADER], at)
            if text.strip()
        ][:3]
        starts = ("--- ", "+++ ", "@@ ")
        if [text[: len(start)] for (_, text), start in zip(rows, starts, strict=False)] != [
            *starts
        ]:
            return None
        (first, old), (_, new), (hunk, text) = rows
        return (name_in(old), name_in(new), hunk) if first == at and _HUNK.match(text) else None

    def _file(self, at: int, found: Diff, header: tuple[str, str, int]) -> int:
        old, new, hunk_at = header
        way = Way.CREATE if old == NOWHERE else Way.DELETE if new == NOWHERE else Way.CHANGE
        begin, at = at, hunk_at
        hunks: list[Hunk] = []
        while at < len(self._lines) and (match := _HUNK.match(self._lines[at][1])):
            hunk, at = self._hunk(at, match, len(hunks) + 1)
            hunks.append(hunk)
        found.files.append(self._patch(begin, old, new, way, tuple(hunks)))
        return at

    def _git(self, at: int, found: Diff, git: re.Match[str]) -> int:
        """
        Read what git says of a file before its hunks: there may be none.
        """
        way = None
        begin = at
        while at < len(self._lines):
            text = self._lines[at][1]
            if _EXTENDED.match(text):
                renames = text.startswith(("rename", "copy"))
                binary = text.startswith(("GIT", "Binary"))
                way = Way.BINARY if binary else Way.RENAME if renames else way
            elif not _SAID_BY_GIT.match(text):
                break
            at += 1
        if way:
            found.files.append(self._patch(begin, git[1], git[2], way, ()))
        return at

    def _patch(self, at: int, old: str, new: str, way: Way, hunks: tuple[Hunk, ...]) -> FilePatch:
        try:
            path = path_of(old, new)
        except OutsideError as error:
            raise self._error(str(error), at, "a patch changes files of the tree only") from None
        return FilePatch(path=path, way=way, hunks=hunks, at=self._place(at), mail=self._name)

    def _hunk(self, at: int, match: re.Match[str], number: int) -> tuple[Hunk, int]:
        begin = at
        at += 1
        olds, news = (int(match[n]) if match[n] is not None else 1 for n in (2, 4))
        lines: list[Line] = []
        old = new = 0
        most = 2 * (olds + news) + _MORE
        while at < len(self._lines) and len(lines) < most:
            if self._ends(at, done=old >= olds and new >= news):
                break
            text = self._lines[at][1]
            mark = text[:1]
            if mark == "+":
                self._whole(at)
            old += mark not in ("+", "\\")
            new += mark not in ("-", "\\")
            lines.append(Line(text, self._place(at)))
            at += 1
        hunk = Hunk(
            number=number,
            old_start=int(match[1]),
            old_count=olds,
            new_start=int(match[3]),
            new_count=news,
            lines=tuple(lines),
            at=self._place(begin),
        )
        return hunk, at

    def _ends(self, at: int, *, done: bool) -> bool:
        """
        Tell whether a line is behind a hunk; of what could be its own, only if it has all.
        """
        text = self._lines[at][1]
        if _HUNK.match(text) or self._header(at) or _NEXT.match(text):
            return True
        return done and (text.rstrip() in {"--", "_"} or text.startswith("____"))

    def _whole(self, at: int) -> None:
        """
        Refuse an added line that a mailer may have wrapped: its rest is no longer quoted.

        Any other line that has lost its end is found out by the tree.
        """
        number = self._lines[at][0]
        after = self._all[number + 1] if number + 1 < len(self._all) else ""
        ours = at + 1 < len(self._lines) and self._lines[at + 1][0] == number + 1
        if not ours and after.strip() and may_be_wrapped(self._all[number], after):
            message = f"{quoted(after)} may be the rest of the line before it, wrapped by a mailer"
            raise MailError(message, name=self._name, line=self._line(number + 1), help=_WRAPPED)

    def _place(self, at: int) -> int:
        return self._line(self._lines[at][0])

    def _line(self, number: int) -> int:
        return number + self._first if self._first else 0

    def _error(self, message: str, at: int, helps: str) -> MailError:
        return MailError(message, name=self._name, line=self._place(at), help=helps)


def _totals(text: str) -> tuple[int, int] | None:
    """
    Read the last line of a diffstat: how many lines come and go.
    """
    if not re.match(r"\s*\d+ files? changed", text):
        return None
    counts = [re.search(rf"(\d+) {what}", text) for what in ("insertion", "deletion")]
    plus, minus = (int(match[1]) if match else 0 for match in counts)
    return plus, minus
