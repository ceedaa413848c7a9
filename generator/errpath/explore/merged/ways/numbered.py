# SPDX-License-Identifier: GPL-2.0-only
"""
Things with their numbers, in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

_Thing = TypeVar("_Thing", bound=Hashable)


class Numbered(Generic[_Thing]):
    """
    Equal things have one number, from 0 on, which tells them apart sooner than they do.
    """

    __slots__ = ("_numbers", "_things")

    def __init__(self) -> None:
        self._numbers: dict[_Thing, int] = {}
        self._things: list[_Thing] = []

    def number(self, thing: _Thing) -> int:
        """
        Give the number of a thing, a new one if it is new.
        """
        found = self._numbers.setdefault(thing, len(self._things))
        if found == len(self._things):
            self._things.append(thing)
        return found

    def __getitem__(self, number: int) -> _Thing:
        """
        Give the thing of a number; an IndexError tells that there is none.
        """
        return self._things[number]
