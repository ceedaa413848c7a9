# SPDX-License-Identifier: GPL-2.0-only
"""
What a situation consists of before it is put together: stated words, and faults.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

from errpath.language.report.diagnostic import Note, Span
from errpath.spec.situation import Injection
from errpath.vocabulary.choice import Value
from errpath.vocabulary.situation import Aspect, Word


@dataclass(frozen=True, kw_only=True)
class Stated:
    """
    The words that a line gives for one aspect; `wide` if by `any`.

    `at` is where it is to be blamed for, `origin` where it is written: they differ in what
    a `use` brings.
    """

    aspect: Aspect
    words: tuple[Word, ...]
    wide: bool
    at: Span
    origin: Span

    @property
    def shown(self) -> str:
        """
        How a message names it: `src: file | anon`.
        """
        return self.one(f"any {self.aspect.short}" if self.wide else " | ".join(self.names))

    def one(self, word: str) -> str:
        """
        How a message names one of its words.
        """
        return f"{self.aspect.subject or self.aspect.name}: {word}"

    @cached_property
    def answers(self) -> tuple[dict[str, Value], ...]:
        """
        What each of the words answers.
        """
        return tuple(dict(word.answers) for word in self.words)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """
        The words as they are written.
        """
        return tuple(word.name for word in self.words)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """
        What tells it from other parts, wherever it stands.
        """
        return self.aspect.subject, self.aspect.name, self.names, self.wide


@dataclass(frozen=True, kw_only=True)
class Failing:
    """
    One fault; `values` are what its results answer, `wide` if by `any`.
    """

    injection: Injection
    values: tuple[Value, ...]
    wide: bool
    at: Span
    origin: Span

    @property
    def shown(self) -> str:
        """
        How a message names it.
        """
        return f"fail {self.injection.call}"

    def one(self, result: str) -> str:
        """
        How a message names one of its results.
        """
        return f"{self.shown} with {result}" if len(self.names) > 1 else self.shown

    @cached_property
    def answers(self) -> tuple[dict[str, Value], ...]:
        """
        What each of the results answers; rules are about first calls only.
        """
        if not self.first:
            return tuple({} for _ in self.values)
        return tuple({self.injection.call: value} for value in self.values)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """
        The results as they are written.
        """
        return self.injection.results

    @cached_property
    def key(self) -> tuple[object, ...]:
        """
        What tells it from other parts, wherever it stands.
        """
        return self.injection.call, self.names, self.first, self.wide

    @property
    def first(self) -> bool:
        """
        Whether it begins with the first call, or in the first pass.
        """
        injection = self.injection
        passes = injection.passes or (injection.from_pass or 1,)
        return injection.on_call == 1 and passes[0] == 1

    @property
    def in_passes(self) -> bool:
        """
        Whether it is bound to passes, and not to calls.
        """
        return bool(self.injection.passes or self.injection.from_pass)

    def meets(self, other: Failing) -> bool:
        """
        Tell whether some call may have to fail in both ways.
        """
        if self.injection.call != other.injection.call:
            return False
        if self.in_passes != other.in_passes:
            return True
        mine, theirs = self._numbers, other._numbers
        if isinstance(mine, range) and isinstance(theirs, range):
            return max(mine.start, theirs.start) < min(mine.stop, theirs.stop)
        few, many = (theirs, mine) if isinstance(mine, range) else (mine, theirs)
        return any(number in many for number in few)

    @property
    def _numbers(self) -> range | tuple[int, ...]:
        """
        The numbers of the calls, or of the passes, that it is about.
        """
        injection = self.injection
        if injection.passes:
            return injection.passes
        first = injection.from_pass or injection.on_call
        return range(first, _NO_END if injection.times is None else first + injection.times)


_NO_END: Final = 10**9

Part: TypeAlias = Stated | Failing


def brought(part: Part, at: Span) -> Part:
    """
    Give a part as the `use` at a place brings it.
    """
    return replace(part, at=at)


def note(part: Part, message: str) -> Note:
    """
    Point to where a part is written.
    """
    return Note(message=message, at=part.origin)
