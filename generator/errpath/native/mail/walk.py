# SPDX-License-Identifier: GPL-2.0-only
"""
The places at which a hunk fits, with white space and blank lines folded.

An archive may have taken the leading blanks off: a context line has no mark then, and one
that begins with + or - in C looks like a marked one. What a line is, the text tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from errpath.native.mail.fold import Folded, fold
from errpath.native.mail.place import Place

if TYPE_CHECKING:
    from errpath.native.mail.patch import Hunk

SPACE: Final = "white space folded"
BLANK: Final = "blank lines folded"
MARKS: Final = "context lines that look like marked ones"

_CONTEXT: Final = 3
"""So many lines of context `diff -u` gives."""

_MARKED: Final = (" ", "+", "-", "\\")
_TRAILERS: Final = ("--", "_")


class Kind(Enum):
    """
    What a line of a hunk does to the text.
    """

    KEPT = " "
    GONE = "-"
    COME = "+"


class _Read(NamedTuple):
    """
    A line of a hunk, folded with its mark and without it.
    """

    mark: str
    whole: str
    rest: str


@dataclass(slots=True)
class _Walk:
    """
    A walk through a hunk beside the text: how far it is in both, and what each line is.
    """

    line: int
    key: int
    old: int
    new: int
    blank: int
    kinds: tuple[Kind, ...]
    blanks: tuple[bool, ...]


def places(hunk: Hunk, text: Folded) -> list[Place]:
    """
    Give every place of a text at which a hunk fits, by what becomes of the text there.
    """
    lines = [_read(line.text) for line in hunk.lines]
    found: dict[Place, None] = {}
    for start in _starts(lines, text):
        for walk in _walks(hunk, lines, text, start):
            found.setdefault(_place(hunk, text, start, walk))
    return list(found)


def _read(text: str) -> _Read:
    mark = text[:1] if text[:1] in ("+", "-", "\\") else " "
    return _Read(mark, fold(text), fold(text[1:]) if mark != " " else fold(text))


def _starts(lines: list[_Read], text: Folded) -> list[int]:
    """
    Give where the first line that the text must have can be.
    """
    starts: set[int] = set()
    for line in lines:
        starts.update(text.places.get(line.whole, ()))
        if line.mark == "-":
            starts.update(text.places.get(line.rest, ()))
        if line.mark != "+" and line.whole and (line.mark == " " or line.rest):
            break
    return sorted(starts)


def _walks(hunk: Hunk, lines: list[_Read], text: Folded, start: int) -> Iterator[_Walk]:
    """
    Walk from a start; give each way to read the lines that its header bears out.
    """
    end = _end(lines)
    open_ = [_Walk(0, start, 0, 0, 0, (), ())]
    while open_:
        walk = open_.pop()
        if walk.key > start and _counts(hunk, walk) and not goes_on(hunk, walk.line):
            yield walk
            continue
        if walk.line == end and walk.key > start and _explained(hunk, walk, text, start, lines):
            yield walk
        if walk.line < len(lines) and walk.old <= hunk.old_count and walk.new <= hunk.new_count:
            open_ += _steps(lines[walk.line], walk, text)


def _steps(line: _Read, walk: _Walk, text: Folded) -> Iterator[_Walk]:
    """
    Take the next line of a hunk as each of what it can be.
    """
    at, key, here = walk.line + 1, walk.key, text.key(walk.key)
    if line.mark == "\\":
        yield _Walk(at, key, walk.old, walk.new, walk.blank, walk.kinds, walk.blanks)
        return

    def step(kind: Kind, *, blank: bool = False, context: int = 0) -> _Walk:
        return _Walk(
            line=at,
            key=key + (kind is not Kind.COME and not blank),
            old=walk.old + (kind is not Kind.COME) - context,
            new=walk.new + (kind is not Kind.GONE) - context,
            blank=walk.blank + context,
            kinds=(*walk.kinds, kind),
            blanks=(*walk.blanks, blank),
        )

    if not line.whole:
        yield step(Kind.KEPT, blank=True, context=1)
    elif line.whole == here:
        yield step(Kind.KEPT)
    if line.mark == "-" and (not line.rest or line.rest == here):
        yield step(Kind.GONE, blank=not line.rest)
    elif line.mark == "+":
        yield step(Kind.COME)


def _counts(hunk: Hunk, walk: _Walk) -> bool:
    old, new = walk.old + walk.blank, walk.new + walk.blank
    return old == hunk.old_count and new == hunk.new_count


def goes_on(hunk: Hunk, at: int) -> bool:
    """
    Tell whether a hunk seems to have more than the lines before `at`, which are all it counts.

    Blank lines were added, or the header of another hunk was lost. Where every line has its
    mark, what stands behind the last is no part of the hunk.
    """
    if all(line.text[:1] in _MARKED for line in hunk.lines[:at]):
        return False
    for line in hunk.lines[at:]:
        if line.text.strip() in _TRAILERS:
            return False
        if line.text[:1] in {"+", "-"}:
            return True
    return False


def _end(lines: list[_Read]) -> int:
    """
    Give how many lines a hunk can have at most: what stands behind the last is no C.
    """
    end = len(lines)
    for at, line in enumerate(lines):
        if line.whole in _TRAILERS:
            end = at
            break
    while end and not lines[end - 1].whole:
        end -= 1
    return end


def _explained(hunk: Hunk, walk: _Walk, text: Folded, start: int, lines: list[_Read]) -> bool:
    """
    Tell whether the blank lines of the text are what the header counts beside the lines.

    A line that the mail has lost would be taken for a blank one, so that the hunk must have as
    much context as diffs have, or reach to an end of the text.
    """
    blanks = hunk.old_count - walk.old
    if blanks != hunk.new_count - walk.new or blanks == walk.blank:
        return False
    last = walk.key - 1
    gone = sum(line.mark == "-" and not line.rest for line in lines[: walk.line])
    outside = blanks - (text.blanks(start, last) - gone)
    before, behind = text.around(start, last)
    head, tail = _context(walk, text, start)
    return any(
        outside - ahead <= behind
        and (ahead + head[0] <= _CONTEXT <= ahead + head[1] or not start)
        and (
            outside - ahead + tail[0] <= _CONTEXT <= outside - ahead + tail[1]
            or walk.key == len(text.keys)
        )
        for ahead in range(min(outside, before) + 1)
    )


def _context(walk: _Walk, text: Folded, start: int) -> list[tuple[int, int]]:
    """
    Give how many lines of context a hunk has before its changes and behind them.

    Each is at least and at most: a blank line beside a change may be on either side of it.
    """
    solid = [kind for kind, blank in zip(walk.kinds, walk.blanks, strict=True) if not blank]
    found = []
    for kinds, step in ((solid, 1), (solid[::-1], -1)):
        count = next((at for at, kind in enumerate(kinds) if kind is not Kind.KEPT), len(kinds))
        first = start if step > 0 else walk.key - 1
        if not count:
            found.append((0, 0))
            continue
        inner = first + step * (count - 1)
        least = count + text.blanks(*sorted((first, inner)))
        beyond = inner + step
        most = (
            least + text.blanks(*sorted((inner, beyond))) if start <= beyond < walk.key else least
        )
        found.append((least, most))
    return found


def _place(hunk: Hunk, text: Folded, start: int, walk: _Walk) -> Place:
    """
    Put the lines that come among those of the text that stay.
    """
    at = begin = text.at[start]
    end = text.at[walk.key - 1] + 1
    new: list[str] = []
    fuzzy: dict[str, None] = {}
    kinds = iter(walk.kinds)
    for line in hunk.lines[: walk.line]:
        if line.text.startswith("\\"):
            continue
        kind = next(kinds)
        if kind is Kind.COME:
            new.append(line.text[1:])
            continue
        own, said = _own(line.text, kind)
        fuzzy.update(dict.fromkeys(said))
        if not fold(own):
            if at < end and not fold(text.lines[at]):
                new += [text.lines[at]] if kind is Kind.KEPT else []
                at += 1
            elif begin < at < end:
                fuzzy[BLANK] = None
            continue
        while not fold(text.lines[at]):
            new.append(text.lines[at])
            fuzzy[BLANK] = None
            at += 1
        if own != text.lines[at]:
            fuzzy[SPACE] = None
        new += [text.lines[at]] if kind is Kind.KEPT else []
        at += 1
    return Place(
        start=begin,
        end=end,
        new=tuple(new),
        first=_first(hunk, text, begin),
        fuzzy=tuple(one for one in (SPACE, BLANK, MARKS) if one in fuzzy),
    )


def _own(text: str, kind: Kind) -> tuple[str, list[str]]:
    """
    Give a line as it should stand in the text, and what is odd about its mark.
    """
    if kind is Kind.GONE or text.startswith(" "):
        return text[1:], []
    return text, [MARKS] if text[:1] in {"+", "-"} else []


def _first(hunk: Hunk, text: Folded, begin: int) -> int:
    """
    Give the first line that the hunk has: it may begin with blank ones.
    """
    for line in hunk.lines:
        if fold(line.text) not in ("", "-") or not begin or fold(text.lines[begin - 1]):
            break
        begin -= 1
    return begin
