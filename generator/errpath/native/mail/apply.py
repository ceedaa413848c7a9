# SPDX-License-Identifier: GPL-2.0-only
"""
A patch applied to the text of a file, in memory.

A patch that was made of this very text goes in as it says. Any other is matched, and each hunk
has to fit at one place only: no hunk is guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from errpath.native.mail.comments import code_of
from errpath.native.mail.error import MailError
from errpath.native.mail.fold import Folded
from errpath.native.mail.nearest import nearest
from errpath.native.mail.patch import FilePatch, Hunk, Line, Way
from errpath.native.mail.place import HunkPlace, Place
from errpath.native.mail.uncommented import uncommented
from errpath.native.mail.verbatim import verbatim
from errpath.native.mail.walk import places

_AGAIN: Final = "a patch is judged on the tree that it was made for"
_MOST: Final = 20_000
_NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """
    The text of a file after a patch, and where each hunk went in.
    """

    text: str
    hunks: tuple[HunkPlace, ...]


def apply(patch: FilePatch, text: str) -> Applied:
    """
    Apply what a patch does to one file to the text of that file.

    MailError tells of a hunk that fits nowhere, or at several places, and of a patch that
    does not change the file but creates, deletes or renames it.
    """
    if patch.way is not Way.CHANGE:
        message = f"the patch {patch.way.value} {patch.path}"
        helps = "errpath judges changes of the functions in it"
        raise MailError(message, name=patch.mail, line=patch.at, help=helps)
    size = sum(len(hunk.lines) for hunk in patch.hunks)
    if size > _MOST:
        message = f"its hunks of {patch.path} have {size:,} lines"
        helps = f"a patch of one file has at most {_MOST:,}"
        raise MailError(message, name=patch.mail, line=patch.at, help=helps)
    lines = text.split("\n")
    found = verbatim(patch.hunks, lines)
    if found is None:
        found = _fitted(patch, Folded(lines))
    for place in reversed(found):
        lines[place.start : place.end] = place.new
    hunks = zip(patch.hunks, found, strict=True)
    return Applied(text="\n".join(lines), hunks=tuple(_told(hunk, place) for hunk, place in hunks))


def _fitted(patch: FilePatch, text: Folded) -> list[Place]:
    """
    Find the one place of each hunk; they stand in the text as they stand in the patch.
    """
    code = Folded(text.lines, code_of(text.lines))
    fitting = [places(hunk, text) or uncommented(hunk, code, text) for hunk in patch.hunks]
    for hunk, found in zip(patch.hunks, fitting, strict=True):
        if not found:
            raise _no_place(hunk, patch, text)
    ways = list(islice(_in_order(fitting, 0), 2))
    if not ways:
        message = "the hunks of the patch fit in another order than they stand in it"
        raise MailError(message, name=patch.mail, line=patch.at, help=_AGAIN)
    if len(ways) > 1:
        pairs = zip(patch.hunks, fitting, *ways, strict=True)
        hunk, found = next((hunk, found) for hunk, found, one, other in pairs if one != other)
        raise _ambiguous(hunk, patch, found)
    return ways[0]


def _in_order(fitting: Sequence[Sequence[Place]], start: int) -> Iterator[list[Place]]:
    """
    Give each way to choose a place for every hunk, one behind the other.
    """
    if not fitting:
        yield []
        return
    for place in fitting[0]:
        if place.start >= start:
            for rest in _in_order(fitting[1:], place.end):
                yield [place, *rest]


def _told(hunk: Hunk, place: Place) -> HunkPlace:
    # A hunk without old lines is placed behind the line that it names.
    off = place.first + 1 - hunk.old_start - (hunk.old_count == 0)
    fuzzy = list(place.fuzzy)
    if off:
        lines = "1 line" if abs(off) == 1 else f"{abs(off)} lines"
        fuzzy.insert(0, f"{lines} further {'down' if off > 0 else 'up'}")
    return HunkPlace(hunk=hunk, line=place.first + 1, fuzzy=tuple(fuzzy))


def _ambiguous(hunk: Hunk, patch: FilePatch, found: Sequence[Place]) -> MailError:
    at = [str(line) for line in sorted({place.first + 1 for place in found})]
    several = ", ".join(at[:_NAMED]) + (", ..." if at[_NAMED:] else "")
    message = f"{hunk} fits at {len(found)} places of {patch.path}: lines {several}"
    if len(at) == 1:
        message = f"{hunk} can be read in {len(found)} ways at line {at[0]} of {patch.path}"
    helps = "more lines of context tell a place from others"
    return MailError(message, name=patch.mail, line=hunk.at, help=helps)


def _no_place(hunk: Hunk, patch: FilePatch, text: Folded) -> MailError:
    if all(not line.text[1:].strip() or line.text[:1] == "+" for line in hunk.lines):
        message = f"{hunk} has no line of {patch.path} that says where it belongs"
        helps = "a hunk has lines of context, as `diff -u` gives"
        return MailError(message, name=patch.mail, line=hunk.at, help=helps)
    if _is_in(hunk, text):
        message = f"{hunk} does not apply: {patch.path} has its new lines already"
        return MailError(message, name=patch.mail, line=hunk.at, help=_AGAIN)
    misfit = nearest(hunk, text)
    message = f"{hunk} does not apply to {patch.path}: "
    message += str(misfit) if misfit else "none of its lines is there"
    line = misfit.line if misfit and misfit.line else hunk.at
    return MailError(message, name=patch.mail, line=line, help=_AGAIN)


def _is_in(hunk: Hunk, text: Folded) -> bool:
    """
    Tell whether a text has what a hunk makes of it: the hunk backwards fits.
    """
    marks = {"+": "-", "-": "+"}
    lines = (
        Line(marks.get(one.text[:1], one.text[:1]) + one.text[1:], one.at) for one in hunk.lines
    )
    back = Hunk(
        number=hunk.number,
        old_start=hunk.new_start,
        old_count=hunk.new_count,
        new_start=hunk.old_start,
        new_count=hunk.old_count,
        lines=tuple(lines),
        at=hunk.at,
    )
    return bool(places(back, text))
