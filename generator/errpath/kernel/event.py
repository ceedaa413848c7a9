# SPDX-License-Identifier: GPL-2.0-only
"""
One call of a primitive, with its subjects and its result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.primitive import Primitive

_PRIVATE_USE: Final = 0xE000
"""Where Unicode has characters that are nobody else's, and nothing special to `re`."""


class Event:
    """
    A call as it stands in a trace. The same call with the same result is the same object.

    `text` is `primitive(subjects)`, with ` = result` where the call gives one. `letter` is a
    character that stands for this event and no other, so that a trace can be searched as text.
    """

    __slots__ = ("call", "letter", "primitive", "subjects", "text", "value")

    def __init__(
        self, primitive: Primitive, subjects: tuple[str, ...], value: Value | None, shown: str
    ) -> None:
        self.primitive = primitive
        self.subjects = subjects
        self.value = value
        self.call = f"{primitive.name}({', '.join(subjects)})"
        self.letter = chr(_PRIVATE_USE + len(_events))
        self.text = f"{self.call} = {shown}" if shown else self.call

    def __repr__(self) -> str:
        return self.text


_events: dict[tuple[Primitive, tuple[str, ...], Value | None], Event] = {}


def event(primitive: Primitive, subjects: tuple[str, ...], value: Value | None = None) -> Event:
    """
    Give the one event for this call and result; a result is spelled as its declaration says.
    """
    key = (primitive, subjects, value)
    found = _events.get(key)
    if found is None:
        shown = next((a.shown for a in primitive.answers if a.value == value), str(value))
        found = Event(primitive, subjects, value, "" if value is None else shown)
        _events[key] = found
    return found
