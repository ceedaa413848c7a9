# SPDX-License-Identifier: GPL-2.0-only
"""
What the code reads of what is known, and what it writes: the facts and places of a machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn, TypeAlias

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.membership import number_compared

if TYPE_CHECKING:
    from collections.abc import Callable

    from errpath.vocabulary.choice import Choice, Value

UNKNOWN: Final = "unknown"
"""What a read gives of which nothing is known, where the code goes on without asking."""


class Read(NamedTuple):
    """
    One thing that an attempt reads: the `choice` that it asks, or what it looks up by its `text`.

    Where it compares an answer of which several are left, `other` is what it compares with, and
    `further` tells that the test has compared it with another before: it is in neither.
    """

    text: str
    choice: Choice | None
    value: Any
    other: Value | None = None
    further: bool = False


Ask: TypeAlias = "Callable[[str, tuple[Value, ...], Value, bool], bool | tuple[Value, ...]]"
Log: TypeAlias = "list[Read]"
"""What an attempt reads, the first first."""


class Reads(dict[str, Any]):
    """
    Facts that note in `log` what is looked up first, before it is written.

    Each text has one read in `missed`, for where nothing is known of it. Who tests whether one is
    `in` them, and it is not, asks for it next, and that is noted (a test holds it).
    """

    __slots__ = ("log", "missed", "seen")

    def __init__(self, facts: dict[str, Any], log: Log, missed: dict[str, Read]) -> None:
        super().__init__(facts)
        self.log = log
        self.missed = missed
        self.seen: set[str] = set()

    def _note(self, text: str) -> None:
        self.seen.add(text)
        value = dict.get(self, text, UNKNOWN)
        if value is not UNKNOWN:
            self.log.append(Read(text, None, value))
            return
        noted = self.missed.get(text)
        if noted is None:
            noted = self.missed[text] = Read(text, None, UNKNOWN)
        self.log.append(noted)

    def __contains__(self, text: object) -> bool:
        if text in self.seen:
            return dict.__contains__(self, text)
        if dict.__contains__(self, text):
            self._note(str(text))
            return True
        return False

    def get(self, text: str, default: Any = None) -> Any:
        """
        Look a fact up.
        """
        if text not in self.seen:
            self._note(text)
        return dict.get(self, text, default)

    def __setitem__(self, text: str, value: Any) -> None:
        self.seen.add(text)
        dict.__setitem__(self, text, value)


class Places(dict[str, "str | None"]):
    """
    Where pages are; `put` is what was put where since.
    """

    __slots__ = ("put",)

    def __init__(self, on: dict[str, str | None]) -> None:
        super().__init__(on)
        self.put: dict[str, str | None] = {}

    def __setitem__(self, name: str, place: str | None) -> None:
        self.put[name] = place
        dict.__setitem__(self, name, place)


class Added(set[str]):
    """
    A set of names; `new` are those that were put in since, there already or not.
    """

    __slots__ = ("new",)

    def __init__(self, names: set[str]) -> None:
        super().__init__(names)
        self.new: set[str] = set()

    def add(self, name: str) -> None:
        """
        Put a name in.
        """
        self.new.add(name)
        set.add(self, name)


class Among:
    """
    An answer of which no more is told than the code asks: whether it is this value, or not.

    `values` are those that are left. `ask(text, values, other, further)` decides a comparison that
    they leave open: whether it is the other, or those of which the test asks whether it is in them.
    """

    __slots__ = ("_ask", "_due", "text", "values")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, text: str, values: tuple[Value, ...], ask: Ask) -> None:
        self.text = text
        self.values = values
        self._ask = ask
        self._due = 0

    def __eq__(self, other: object) -> bool:
        further = self._due > 0
        self._due = (self._due if further else number_compared()) - 1
        values = self.values
        if other not in values:
            return False
        told: Any = other
        if len(values) > 1:
            so = self._ask(self.text, values, told, further)
            if not so:
                self.values = tuple([value for value in values if value != told])
                return False
            self.values = (told,) if isinstance(so, bool) else so
        self._due = 0
        return True

    def __repr__(self) -> str:
        return " | ".join(map(str, self.values))


def too_late(text: str, values: tuple[Value, ...], other: Value, further: object) -> NoReturn:
    """
    Refuse a comparison that is made when the attempt is over.
    """
    del values, further
    raise EntangledError(f"it is judged by whether {text} is {other}, which the attempt left open")
