# SPDX-License-Identifier: GPL-2.0-only
"""
What a patch touches: what of it is judged, and what is not, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from errpath.native.build.numbers import primitives
from errpath.native.build.order import with_helpers
from errpath.native.mail.comments import code_of
from errpath.native.tree.declarations import used
from errpath.native.tree.functions import DRIVER, PAGE, UNDER_CONTRACT, all_functions
from errpath.native.tree.tree import MIGRATE

if TYPE_CHECKING:
    from errpath.native.mail.patch import Patch

_PRIMITIVE: Final = "is called as a primitive: what it does inside is not looked at"
_FOREIGN: Final = "is not under contract"


@dataclass(frozen=True, slots=True)
class Unjudged:
    """
    One thing that a patch changes and that is not judged: what, and why.
    """

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what} {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """
    What a patch changes of that which runs, by name, and what is not judged.

    `page` is what unmap_and_move() is, calls or uses of its own file, and `lists` what the
    functions that run over a list of pages are, call or use beside. Comments, blank lines and
    white space are no change.
    """

    page: tuple[str, ...]
    lists: tuple[str, ...]
    unjudged: tuple[Unjudged, ...]

    @property
    def judged(self) -> tuple[str, ...]:
        """
        All that is judged.
        """
        return tuple(dict.fromkeys((*self.page, *self.lists)))


def touched(patch: Patch, before: str, after: str) -> Touched:
    """
    Compare mm/migrate.c before and after a patch, function by function.
    """
    unjudged = [Unjudged(one.path, "is another file") for one in patch.files if one.path != MIGRATE]
    old, new = _Text(before), _Text(after)
    page, lists = (_changed(old, new, names) for names in (PAGE, DRIVER))
    names = {**old.every, **new.every}
    unjudged += [
        Unjudged(f"{name}()", _why(name, old.every, new.every))
        for name in names
        if f"{name}()" not in {*page, *lists} and _code(old, name) != _code(new, name)
    ]
    unjudged += _outside(old.rest(new), new.rest(old))
    return Touched(page=page, lists=lists, unjudged=tuple(unjudged))


class _Text:
    """
    A text: its functions, and what those of them that run use beside.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.every = all_functions(text)
        self.runs: dict[tuple[str, ...], set[str]] = {}
        under: tuple[tuple[str, ...], ...] = PAGE, DRIVER
        self.running = {names: self._running(names) for names in under}
        self.used = {names: used(text, by) for names, by in self.running.items()}

    def _running(self, names: tuple[str, ...]) -> list[str]:
        """
        Give the texts of functions and of all that they call, but of the others under contract.
        """
        begin = {name: self.every[name][0] for name in names if name in self.every}
        others = [name for name in UNDER_CONTRACT if name not in names]
        found = with_helpers(begin, self.every, [*primitives(), *others], MIGRATE)
        self.runs[names] = {one.name for one in found}
        return [one.text for one in found]

    def uses(self, names: tuple[str, ...]) -> dict[str, list[str]]:
        """
        Give the code of what functions use beside, by its names.
        """
        return {" and ".join(sorted(one.names)): _solid(one.text) for one in self.used[names]}

    def rest(self, other: _Text) -> list[tuple[int, str]]:
        """
        Give the lines of code that are in no function, and of no use to one of either side.
        """
        lines = code_of(self._text.split("\n"))
        every = [one for found in other.used.values() for one in found]
        theirs = [f"{name};" for one in every for name in sorted(one.names)]
        ours = used(self._text, [text for by in (*self.running.values(), theirs) for text in by])
        spans = [(one.line, one.end) for same in self.every.values() for one in same]
        spans += [(one.line, one.line + one.text.count("\n")) for one in ours]
        for first, last in spans:
            lines[first - 1 : last] = [""] * (last - first + 1)
        return [(number, code) for number, code in enumerate(lines, 1) if code]


def _changed(old: _Text, new: _Text, names: tuple[str, ...]) -> tuple[str, ...]:
    """
    Name what a patch changes of functions, of what they call and of what they use.
    """
    was, now = old.uses(names), new.uses(names)
    found = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    runs = [
        name
        for name in {**old.every, **new.every}
        if name in old.runs[names] | new.runs[names] and _code(old, name) != _code(new, name)
    ]
    return (*found, *(f"{name}()" for name in runs))


def _code(text: _Text, name: str) -> list[list[str]]:
    return [_solid(function.text) for function in text.every.get(name, ())]


def _solid(text: str) -> list[str]:
    return [code for code in code_of(text.split("\n")) if code]


def _why(name: str, old: Mapping[str, object], new: Mapping[str, object]) -> str:
    if name in primitives():
        return _PRIMITIVE
    if name not in old:
        return f"is new, and {_FOREIGN}"
    return f"is removed, and was {_FOREIGN.removeprefix('is ')}" if name not in new else _FOREIGN


def _outside(was: list[tuple[int, str]], now: list[tuple[int, str]]) -> Iterator[Unjudged]:
    """
    Find the changes outside functions: types, macros, variables.
    """
    codes = [code for _, code in was], [code for _, code in now]
    for tag, start, end, first, last in SequenceMatcher(None, *codes, autojunk=False).get_opcodes():
        if tag != "equal":
            lines = [line for line, _ in (now[first:last] or was[start:end])]
            side = "" if now[first:last] else " before the patch"
            where = f"lines {lines[0]}-{lines[-1]} of" if lines[1:] else f"line {lines[0]} of"
            verb = "are" if lines[1:] else "is"
            yield Unjudged(f"{where} {MIGRATE}{side}", f"{verb} outside what is judged")
