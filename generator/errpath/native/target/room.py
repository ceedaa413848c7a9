# SPDX-License-Identifier: GPL-2.0-only
"""
A library that was built, and the room in it that the C runs in (native/stub/room.h).
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from errpath.native.target.memory import Memory, size_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DECLARATIONS: Final = """
struct errpath_room;
struct errpath_room *errpath_open(void *memory, unsigned limit);
void errpath_close(struct errpath_room *old);
void errpath_kind(struct errpath_room *of, unsigned slot, int kind);
void errpath_start(struct errpath_room *of, int entry, unsigned subject, int part);
unsigned errpath_resume(struct errpath_room *of, long value);
int errpath_exchange(void *told, int what, long first, long second, long third);
int errpath_answered(void *told);
"""

PAGE, OTHER = 1, 2
"""What a slot holds."""

OWN_LISTS: Final = 2
"""How many lists a function can make for itself; their slots are those behind NULL."""

SLOTS: Final = 250
"""How many objects there can be, with NULL (SLOTS in native/stub/room.h)."""


class Room(Protocol):
    """
    One room: the C of one library makes one run after the other in it.
    """

    memory: Memory

    @property
    def start(self) -> Callable[[int, int, bool], None]:
        """
        Begin a run: of which entry, on what, and whether it is another part of the last one.
        """
        ...

    @property
    def resume(self) -> Callable[[int], int]:
        """
        Go on with a run, with an answer: the number of calls that were told so far.
        """
        ...

    def hold(self, slot: int, kind: int) -> None:
        """
        Say what a slot holds, so that the C can look into it.
        """
        ...


class RoomHere:
    """
    A room in this process: what ends the C ends the process.
    """

    def __init__(self, library: Path, limit: int) -> None:
        interface = ffi()
        lib = self._library = interface.dlopen(str(library))
        memory = interface.new("char[]", size_of(limit))
        self.memory = Memory(memoryview(interface.buffer(memory)), limit)
        made = lib.errpath_open(memory, limit)
        if made == interface.NULL:
            raise MemoryError
        self._memory = memory
        self._room = interface.gc(made, lib.errpath_close)
        self.start: Callable[[int, int, bool], None] = partial(lib.errpath_start, self._room)
        self.resume: Callable[[int], int] = partial(lib.errpath_resume, self._room)

    def hold(self, slot: int, kind: int) -> None:
        """
        Say what a slot holds.
        """
        self._library.errpath_kind(self._room, slot, kind)


@cache
def ffi() -> Any:
    """
    Give what speaks with libraries that were built.
    """
    from cffi import FFI  # type: ignore[import-untyped]  # noqa: PLC0415 - who runs C pays for it

    made = FFI()
    made.cdef(_DECLARATIONS)
    return made
