# SPDX-License-Identifier: GPL-2.0-only
"""
The places at which a hunk fits, with comments folded, too: they say other words in this tree.

What the compiler sees of the place must become, to the letter, what it sees of the hunk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from errpath.native.mail.comments import code_of
from errpath.native.mail.fold import Folded, fold
from errpath.native.mail.place import Place
from errpath.native.mail.walk import goes_on

if TYPE_CHECKING:
    from errpath.native.mail.patch import Hunk

COMMENTS: Final = "white space, blank lines and comments folded"

_ALIKE: Final = 0.6
"""So much of two lines of comment is the same if they are one line in two versions."""


class _Line(NamedTuple):
    """
    A line of a hunk: its mark, its text, and what the compiler sees of it.
    """

    mark: str
    text: str
    code: str


def uncommented(hunk: Hunk, text: Folded, lines: Folded) -> list[Place]:
    """
    Give every place at which the code of a hunk fits; `text` is folded without comments.

    `lines` are those of the text with comments.
    """
    own = _literal(hunk)
    old = [line.code for line in own if line.mark != "+" and line.code]
    wanted = [line.code for line in own if line.mark != "-" and line.code]
    if not old:
        return []
    found: dict[Place, None] = {}
    for start in text.places.get(old[0], ()):
        if text.keys[start : start + len(old)] == old:
            end = start + len(old)
            place = _place(own, text, lines, start, end)
            if _code_with(place, lines) == [*text.keys[:start], *wanted, *text.keys[end:]]:
                found.setdefault(place)
    return list(found)


def _code_with(place: Place, lines: Folded) -> list[str]:
    whole = [*lines.lines[: place.start], *place.new, *lines.lines[place.end :]]
    return [code for code in code_of(whole) if code]


def _literal(hunk: Hunk) -> list[_Line]:
    """
    Read a hunk by its marks, as far as its header counts; [] if that does not come out.
    """
    marks: list[str] = []
    texts: list[str] = []
    old = new = 0
    end = len(hunk.lines)
    for at, line in enumerate(hunk.lines):
        if old == hunk.old_count and new == hunk.new_count:
            end = at
            break
        mark = line.text[:1] if line.text[:1] in ("+", "-", "\\") else " "
        if mark == "\\":
            continue
        marks.append(mark)
        texts.append(line.text[1:] if mark != " " or line.text.startswith(" ") else line.text)
        old += mark != "+"
        new += mark != "-"
    if (old, new) != (hunk.old_count, hunk.new_count) or goes_on(hunk, end):
        return []
    before = iter(code_of([t for m, t in zip(marks, texts, strict=True) if m != "+"], cut=True))
    after = iter(code_of([t for m, t in zip(marks, texts, strict=True) if m != "-"], cut=True))
    found = []
    for mark, text in zip(marks, texts, strict=True):
        # A line of context stands on both sides.
        was = next(before) if mark != "+" else ""
        now = next(after) if mark != "-" else ""
        found.append(_Line(mark, text, was or now))
    return found


def _place(own: list[_Line], text: Folded, lines: Folded, first: int, last: int) -> Place:
    """
    Go from one line of code to the next; what stands between two of them is comments.
    """
    start = text.at[first - 1] + 1 if first else 0
    end = text.at[last] if last < len(text.at) else len(lines.lines)
    begin = start
    codes = iter([*text.at[first:last], end])
    at = next(codes)
    new: list[str] = []
    between: list[_Line] = []
    for line in own:
        if line.mark == "+" or not line.code:
            between.append(line)
            continue
        new += _merged(between, lines.lines[start:at])
        new += [lines.lines[at]] if line.mark == " " else []
        start, between = at + 1, []
        at = next(codes)
    new += _merged(between, lines.lines[start:end])
    # A hunk may begin with comments.
    ahead = next(number for number, line in enumerate(own) if line.mark != "+" and line.code)
    first_line = max(text.at[first] - ahead, begin)
    return Place(start=begin, end=end, new=tuple(new), first=first_line, fuzzy=(COMMENTS,))


def _merged(between: list[_Line], there: Sequence[str]) -> Iterator[str]:
    """
    Do to the comments that are there what a hunk does to its own, and put in what comes.
    """
    fate = _fates([line for line in between if line.mark != "+"], there)
    at = 0
    for line in between:
        if line.mark == "+":
            yield line.text
            continue
        partner = fate.get(id(line))
        if partner is not None:
            yield from there[at:partner]
            at = partner + 1
            yield from [there[partner]] if line.mark == " " else []
    yield from there[at:]


def _fates(own: list[_Line], there: Sequence[str]) -> dict[int, int]:
    """
    Find for each line of a hunk's comments the one that it is in the tree, in their order.
    """
    found: dict[int, int] = {}
    at = 0
    for line in own:
        for partner in range(at, len(there)):
            if _same(fold(line.text), fold(there[partner])):
                found[id(line)] = partner
                at = partner + 1
                break
    return found


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    if not (one and other):
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
