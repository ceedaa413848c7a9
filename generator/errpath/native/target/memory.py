# SPDX-License-Identifier: GPL-2.0-only
"""
What a room tells: struct errpath_told of native/stub/room.h, and what stands behind it.
"""

from __future__ import annotations

from struct import Struct, calcsize
from typing import Final, NamedTuple

from errpath.native.target.codes import FINDING, Found

_HEAD: Final = Struct("@IIqqqqqq64sIIIIqqqqII")
_COUNT: Final = Struct("@I")
_BASE: Final = Struct("@q")
_STOPPED: Final = Struct("@qqqq")
_RETURNED: Final = 8
_FOUND: Final = 16
_BASE_AT: Final = 48
_LONG: Final = calcsize("@q")
_INT: Final = calcsize("@I")
_ASKS: Final = _HEAD.size - 2 * _INT


class Stopped(NamedTuple):
    """
    What a run was stopped for; what the rest says depends on it.
    """

    what: int
    address: int
    detail: int
    status: int
    text: str


class Memory:
    """
    The memory in which a room tells the calls of a run, at most `limit`.

    `codes` are the calls, and `numbers` those that go with some of them, in their order. In a
    process apart `answers` and `ends` tell what the C went on with, and where.
    """

    def __init__(self, memory: memoryview, limit: int) -> None:
        self.limit = limit
        self._memory = memory
        numbers = _HEAD.size
        places = numbers + _LONG * limit
        answers = places + _LONG * limit
        ends = answers + _LONG * limit
        codes = ends + _INT * limit
        self.numbers = memory[numbers:places].cast("q")
        self._places = memory[places:answers].cast("q")
        self.answers = memory[answers:ends].cast("q")
        self.ends = memory[ends:codes].cast("I")
        self.codes = memory[codes : size_of(limit)].cast("I")

    @property
    def told(self) -> int:
        """
        The number of calls, so far.
        """
        return int(_COUNT.unpack_from(self._memory)[0])

    @property
    def returned(self) -> int:
        """
        What the function gave that ended last.
        """
        return int(_BASE.unpack_from(self._memory, _RETURNED)[0])

    def found(self) -> Stopped:
        """
        Give what the C was stopped for.
        """
        _, _, _, what, address, detail, status, _, text, *_ = _HEAD.unpack_from(self._memory)
        told = text.split(b"\0", 1)[0].decode("ascii")
        return Stopped(what, address & (1 << 64) - 1, detail, status, told)

    @property
    def asks(self) -> int:
        """
        The number of answers that this part of the run needed; `ends` has where, in the calls.

        In `answers` are those that were given or guessed; the last may be wanted still.
        """
        return int(_COUNT.unpack_from(self._memory, _ASKS)[0])

    def clear(self, *, guesses: bool) -> None:
        """
        Tell nothing, as before the first run; say whether answers may be guessed.
        """
        self._memory[: _HEAD.size] = bytes(_HEAD.size)
        _COUNT.pack_into(self._memory, _ASKS + _INT, guesses)

    def crashed(self, status: int) -> None:
        """
        Add to what is told that the process ended with that status.
        """
        found = self.found()
        detail = found.detail if found.what == Found.CRASH else -1
        _STOPPED.pack_into(self._memory, _FOUND, Found.CRASH, 0, detail, status)
        self.codes[self.told] = FINDING
        _COUNT.pack_into(self._memory, 0, self.told + 1)

    def places(self, count: int) -> list[int]:
        """
        Give for each of the first calls the place in the library behind it.
        """
        return [self.in_library(place) for place in self._places[:count]]

    def in_library(self, address: int) -> int:
        """
        Give the place in the library that an address of the process is.
        """
        return address - int(_BASE.unpack_from(self._memory, _BASE_AT)[0])


def size_of(limit: int) -> int:
    """
    Give the number of bytes that the calls of a run take.
    """
    return _HEAD.size + (3 * _LONG + 2 * _INT) * limit
