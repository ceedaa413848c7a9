# SPDX-License-Identifier: GPL-2.0-only
"""
The functions of a build, in the place of a module that models them.

They have the parameters of the model's, and run on the same machine: the ledger, the debug
checks, the choices and the trace are the little kernel's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from errpath.kernel.calls.rmap import ANON_VMA
from errpath.kernel.page import NULL
from errpath.kernel.pages.list_head import LIST_POISON1, ListHead
from errpath.kernel.pages.list_machine import ListMachine
from errpath.native.build.numbers import FIRST
from errpath.native.build.unit import ENTRIES
from errpath.native.refusal import Problem, RefusedError
from errpath.native.target.calls import Calls
from errpath.native.target.codes import OPERATION, Found
from errpath.native.target.lines import Lines
from errpath.native.target.room import OTHER, OWN_LISTS, PAGE, SLOTS
from errpath.native.target.walks import Walks

if TYPE_CHECKING:
    from errpath.kernel.linux import Linux
    from errpath.native.build.build import Build
    from errpath.native.target.room import Room

MOST_CALLS: Final = 100_000
"""The number of calls after which a run is taken for one that does not end."""

_UNMAP_AND_MOVE, _MIGRATE_PAGES, _PUTBACK = range(len(ENTRIES))


class Functions:
    """
    The functions of a build. A machine that is another one than before costs some time.
    """

    def __init__(self, build: Build, room: Room) -> None:
        self.build = build
        self._room = room
        self._lines = Lines(build.library)
        self._machine: Linux | None = None
        self._calls: Calls
        self._walks: Walks | None = None

    def unmap_and_move(self, k: Linux, *arguments: Any) -> int:
        """
        Migrate one isolated page, by the C, with the arguments that a model's is given.
        """
        _, put_new_page, _, page, force, mode, reason = arguments
        return self._run(_UNMAP_AND_MOVE, k, page, (mode, force, reason, put_new_page))

    def migrate_pages(self, k: ListMachine, *arguments: Any) -> int:
        """
        Migrate the pages of a list, by the C: the arguments are those that the C is given.
        """
        from_, _, put_new_page, _, mode, reason = arguments
        self._begin(k, from_)
        return self._run(_MIGRATE_PAGES, k, from_, (mode, False, reason, put_new_page))

    def putback_movable_pages(self, k: ListMachine, l_: ListHead) -> None:
        """
        Give back what is left on the list, by the C.
        """
        self._begin(k, None)
        self._run(_PUTBACK, k, l_, (), goes_on=True)

    def lines(self) -> list[int]:
        """
        Give the line of the tree from which each event of the last run was told.
        """
        memory = self._room.memory
        told = memory.told
        places = zip(memory.codes[:told], memory.places(told), strict=True)
        return self._lines.of(place for code, place in places if code & OPERATION >= FIRST)

    def _place(self) -> str:
        """
        Name the line of the call that was told last.
        """
        memory = self._room.memory
        places = memory.places(memory.told)
        if memory.found().what == Found.CRASH:
            # It tells of itself nothing but the call before it.
            places.pop()
        line = self._lines.of(places[-1:])
        return f"{self.build.file}:{line[0]}" if line and line[0] else ""

    def _begin(self, k: Linux, passes_over: ListHead | None) -> None:
        if k is not self._machine:
            self._bind(k)
        if self._walks is not None:
            self._walks.start(passes_over)

    def _run(
        self,
        entry: int,
        k: Linux,
        subject: Any,
        arguments: tuple[Any, ...],
        *,
        goes_on: bool = False,
    ) -> int:
        if k is not self._machine:
            self._begin(k, None)
        room, calls = self._room, self._calls
        calls.arguments = arguments
        done = room.memory.told if goes_on else 0
        room.start(entry, self._slots[id(subject)], goes_on)
        resume, codes = room.resume, room.memory.codes
        value: Any = 0
        if not goes_on:
            calls.numbers = 0
        # Only the last of the calls since then has an answer that the C waits for.
        while value is not None:
            told = resume(value)
            if told == done + 1:
                value = calls[codes[done]]()
            else:
                for code in codes[done:told]:
                    value = calls[code]()
            done = told
        return room.memory.returned

    def _bind(self, k: Linux) -> None:
        objects = objects_of(k)
        if len(objects) > SLOTS:
            raise RefusedError(
                Problem("", f"there are {len(objects)} objects, and {SLOTS} at most")
            )
        slots = self._slots = {id(one): slot for slot, one in enumerate(objects)}
        pages = {id(page) for page in k.pages.values()}
        for slot, one in enumerate(objects):
            self._room.hold(slot, PAGE if id(one) in pages else OTHER)
        self._walks = Walks(k, slots) if isinstance(k, ListMachine) else None
        self._calls = Calls(self._room.memory, k, objects, self._walks, self._place)
        self._machine = k


def objects_of(k: Linux) -> tuple[Any, ...]:
    """
    List what the C can point at on a machine, NULL first.
    """
    own = [ListHead("a list of the function's own") for _ in range(OWN_LISTS)]
    if not isinstance(k, ListMachine):
        return (NULL, *own, *k.pages.values(), ANON_VMA)
    heads = (k.from_, k.lru, k.freepages, k.active, LIST_POISON1)
    named = [one for page in k.owners for one in (page.anon_vma, page.i_mmap)]
    return (NULL, *own, *heads, *k.listed.values(), *named)
