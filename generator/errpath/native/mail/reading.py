# SPDX-License-Identifier: GPL-2.0-only
"""
One patch, read out of bytes or a file.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from errpath.native.mail.diffs import Diff, diffs_in
from errpath.native.mail.error import MailError, quoted
from errpath.native.mail.letters import letters
from errpath.native.mail.patch import Patch

if TYPE_CHECKING:
    from errpath.native.mail.patch import FilePatch, Hunk

LARGEST: Final = 10_000_000
"""The most bytes of a file that is read as a mail."""

_ONE: Final = "errpath judges one patch at a time: keep the one that you mean"
_WHOLE: Final = "the whole patch is in the mail that this one answers"
_NAMED: Final = 5
_CUT: Final = ("[...]", "[snip]", "<snip>", "[ ... ]", "[cut]", "...snip...")


def read_file(path: Path) -> Patch:
    """
    Read the patch in a file; `-` is standard input.

    MailError as `read_patch()`, and for a file that is too large, of which no more is read
    than shows that. An OSError passes through.
    """
    name = str(path)
    if name == "-":
        return read_patch(_bounded(sys.stdin.buffer.read(LARGEST + 1), "-"), "standard input")
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > LARGEST:
            raise _too_large(name, f"{size:,} bytes")
        return read_patch(_bounded(file.read(LARGEST + 1), name), name)


def read_patch(data: bytes, name: str) -> Patch:
    """
    Read the one patch that a file of that name holds: a diff, a mail, or an mbox.

    MailError tells of a file without a patch or with several, of a patch that is not whole,
    and of a path outside the tree.
    """
    found = [
        (letter.subject, diff)
        for mail in letters(_bounded(data, name), name)
        for letter in mail
        for diff in diffs_in(letter, name)
    ]
    if not found:
        message = "no diff is in it: no `--- FILE`, `+++ FILE` and `@@ ... @@` in a row"
        raise MailError(message, name=name, help="a patch is in unified format, as `diff -u` gives")
    subject, diff = _the_one(found, name)
    _once(diff, name)
    notes = tuple(_checked(diff, name))
    return Patch(
        name=name, subject=subject, files=tuple(diff.files), quoted=diff.quoted, notes=notes
    )


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise _too_large(name, f"more than {LARGEST:,} bytes")
    return data


def _too_large(name: str, has: str) -> MailError:
    helps = f"a mail has at most {LARGEST:,} bytes"
    return MailError(f"it has {has}", name=name, help=helps)


def _the_one(found: list[tuple[str, Diff]], name: str) -> tuple[str, Diff]:
    """
    Give the only patch; replies that quote one are passed over beside the patch itself.
    """
    sent = [one for one in found if not one[1].quoted] or found
    if len(sent) == 1:
        return sent[0]
    told = [_told(subject, diff) for subject, diff in sent[:_NAMED]]
    more = f", and {len(sent) - _NAMED} more" if sent[_NAMED:] else ""
    raise MailError(f"it holds {len(sent)} patches: {', '.join(told)}{more}", name=name, help=_ONE)


def _told(subject: str, diff: Diff) -> str:
    at = diff.files[0].at
    where = f"line {at}" if at else ""
    if subject:
        return quoted(subject) + (f" ({where})" if where else "")
    return f"one at {where}" if where else f"one for {diff.files[0].path}"


def _once(diff: Diff, name: str) -> None:
    for path, count in Counter(one.path for one in diff.files).items():
        if count > 1:
            again = [one for one in diff.files if one.path == path][1]
            message = f"it changes {quoted(path)} {count} times: these are several patches"
            raise MailError(message, name=name, line=again.at, help=_ONE)


def _checked(diff: Diff, name: str) -> Iterator[str]:
    """
    Hold a patch to be whole; what is odd of one that nobody quotes is a note.
    """
    for file in diff.files:
        for hunk, lines in _missing(file):
            by = "1 line" if lines == 1 else f"{lines} lines"
            message = f"{hunk} starts {by} off what the hunks before it add up to"
            if diff.quoted:
                message += ": the mail leaves a hunk out"
                raise MailError(message, name=name, line=hunk.at, help=_WHOLE)
            yield message
        for hunk in file.hunks if diff.quoted else ():
            for line in hunk.lines:
                if line.text.strip() in _CUT:
                    message = f"{hunk} is cut: {quoted(line.text)}"
                    raise MailError(message, name=name, line=line.at, help=_WHOLE)
    if diff.totals:
        counts = [_count(diff, mark) for mark in "+-"]
        plus, minus = diff.totals
        if counts[0] < plus or counts[1] < minus:
            message = (
                f"the mail adds {counts[0]} and removes {counts[1]} lines, and its diffstat "
                f"{plus} and {minus}"
            )
            if diff.quoted:
                raise MailError(message, name=name, help=_WHOLE)
            yield message


def _missing(file: FilePatch) -> Iterator[tuple[Hunk, int]]:
    """
    Give the hunks in front of which another seems to be missing, and by how many lines.
    """
    moved = 0
    for hunk in file.hunks:
        # A side without a line is placed behind the line that its number names.
        old = hunk.old_start + (hunk.old_count == 0)
        new = hunk.new_start + (hunk.new_count == 0)
        if new - old != moved:
            yield hunk, abs(new - old - moved)
        moved = new - old + hunk.new_count - hunk.old_count


def _count(diff: Diff, mark: str) -> int:
    return sum(
        line.text.startswith(mark)
        for file in diff.files
        for hunk in file.hunks
        for line in hunk.lines
    )
