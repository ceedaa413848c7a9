# SPDX-License-Identifier: GPL-2.0-only
"""
From the codes that the C tells to calls of the little kernel.

A code has an operation and up to two objects. What it calls is found once for each machine.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from errpath.kernel.caller import MODES, REASONS
from errpath.kernel.page import NULL
from errpath.kernel.pages.list_head import ListHead
from errpath.native.build.flags import CLEAR, FLAGS, SET, TEST
from errpath.native.build.numbers import FIRST, primitives
from errpath.native.refusal import Problem, RefusedError
from errpath.native.target.codes import (
    AHEAD,
    ASSERTION,
    END,
    FINDING,
    FLAG,
    LIST,
    MAPPING,
    NEXT,
    OPERATION,
    PARAMETER,
    WALK,
)
from errpath.native.target.findings import finding, wild
from errpath.native.target.others import EVENTS
from errpath.native.target.room import SLOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from errpath.kernel.linux import Linux
    from errpath.native.target.memory import Memory
    from errpath.native.target.walks import Walks

_FINDS: Final = frozenset({"page_get_anon_vma", "get_new_page", "hugetlb_page_mapping_lock_write"})
"""The primitives that give an object, or NULL."""

_NUMBERED: Final = {"mod_node_page_state": (0,), "count_vm_events": ()}
"""Those whose last argument is a number that counts, and what stands before it."""

_WITH_LIST: Final = frozenset(
    {"split_huge_page_to_list", "list_add_tail", "list_move_tail", "list_splice"}
)
"""Those that are given a list behind their first."""

_PRIVATE: Final = 0
_HOLDS: Final = True


class Calls(dict[int, Any]):
    """
    For each code what does it, on one machine; made when a code comes for the first time.

    `objects` are what slots stand for, NULL first. `arguments` are what the run's caller
    decides, in the order of native/stub/room.h: mode, force, reason, put_new_page.
    """

    def __init__(
        self,
        memory: Memory,
        machine: Linux,
        objects: Sequence[Any],
        walks: Walks | None,
        place: Callable[[], str],
    ) -> None:
        super().__init__()
        self._memory = memory
        self._place = place
        self._machine = machine
        self._walks = walks
        self._objects = (*objects, *[None] * (SLOTS - len(objects)))
        self._slots = {id(one): slot for slot, one in enumerate(objects)}
        self.arguments: tuple[Any, ...] = ()
        self.numbers = 0

    def __missing__(self, code: int) -> Any:
        operation, first, second = code & OPERATION, code >> 8 & 255, code >> 16
        if operation >= FIRST:
            call = self._primitive(primitives()[operation - FIRST], first, second)
        else:
            call = self._other(operation, first, second)
        self[code] = call
        return call

    def object(self, slot: int, name: str) -> Any:
        """
        Give what a slot stands for; a KernelBug if it stands for nothing.
        """
        found = self._objects[slot] if slot < SLOTS else None
        if found is None:
            raise wild(name)
        return found

    def _other(self, operation: int, first: int, second: int) -> Any:
        k = self._machine
        calls: dict[int, Callable[[], Any]] = {
            END: lambda: _nothing,
            PARAMETER: lambda: partial(_PARAMETERS[first], self),
            MAPPING: lambda: partial(_mapping, self.object(first, "a read of page->mapping")),
            FLAG: lambda: partial(_FLAGS[second], k, FLAGS[first]),
            ASSERTION: lambda: partial(k.VM_BUG_ON_PAGE, _HOLDS, self.object(first, "VM_BUG_ON")),
            FINDING: lambda: self._found,
            LIST: lambda: self.object(first, "LIST_HEAD").init,
        }
        return calls[operation]() if operation in calls else self._walk(operation, first, second)

    def _walk(self, operation: int, first: int, second: int) -> Any:
        walks = self._walks
        if walks is None:
            says = "unmap_and_move() walks over a list, and is given a page alone"
            raise RefusedError(Problem("", says))
        if operation == NEXT:
            return partial(walks.next, second)
        if operation == WALK:
            return partial(walks.walk, second, self._list(first, "list_for_each_entry_safe"))
        if operation == AHEAD:
            return partial(walks.set_ahead, second, self.object(first, "list_for_each_entry_safe"))
        return partial(walks.reset, second, self._page(first, "list_safe_reset_next"))

    def _list(self, slot: int, name: str) -> Any:
        """
        Give the list that a slot stands for; a KernelBug if it stands for another thing.
        """
        found = self.object(slot, name)
        if not isinstance(found, ListHead):
            raise wild(name, given=found.name)
        return found

    def _page(self, slot: int, name: str) -> Any:
        """
        Give what a slot stands for, if it is no list: a KernelBug then, and for a walk of NULL.
        """
        found = self.object(slot, name)
        if isinstance(found, ListHead) or (found is NULL and not hasattr(self._machine, name)):
            raise wild(name, given=str(found) if isinstance(found, ListHead) else "NULL")
        return found

    def _found(self) -> None:
        raise finding(self._memory, self._place())

    def _primitive(self, name: str, first: int, second: int) -> Any:
        function = getattr(self._machine, name, None)
        if function is None:
            says = f"unmap_and_move() calls {name}(), which is modelled for a list of pages only"
            raise RefusedError(Problem("", says))
        count = len(function.declaration.subjects)
        if name == "count_vm_events":
            subjects: list[Any] = [EVENTS[first]]
        elif name in _WITH_LIST:
            given = self._list if name == "list_splice" else self._page
            return partial(function, given(first, name), self._list(second, name))
        else:
            subjects = [self._page(slot, name) for slot in (first, second)[:count]]
        if name in _NUMBERED:
            return partial(self._with_number, partial(function, *subjects, *_NUMBERED[name]))
        more = [_PRIVATE] * (len(function.slot.parameters) - count)
        call = partial(function, *subjects, *more)
        return partial(self._slot_of, call) if name in _FINDS else call

    def _slot_of(self, call: Any) -> int:
        return self._slots[id(call())]

    def _with_number(self, call: Any) -> None:
        number = self._memory.numbers[self.numbers]
        self.numbers += 1
        call(number)


def _nothing() -> None:
    return None


def _mapping(page: Any) -> int:
    return int(page.mapping)


def _mode(calls: Calls) -> int:
    mode = calls.arguments[0]
    return next(number for number, name in enumerate(MODES) if mode == name)


def _force(calls: Calls) -> int:
    return int(bool(calls.arguments[1]))


def _reason(calls: Calls) -> int:
    reason = calls.arguments[2]
    return next(number for number, name in enumerate(REASONS) if reason == name)


def _put_new_page(calls: Calls) -> int:
    return int(bool(calls.arguments[3]))


def _test(k: Linux, flag: Any) -> int:
    return int(k.current.flags & flag)


def _set(k: Linux, flag: Any) -> None:
    k.current.flags |= flag


def _clear(k: Linux, flag: Any) -> None:
    k.current.flags &= ~flag


_PARAMETERS: Final = (_mode, _force, _reason, _put_new_page)
_FLAGS: Final = {TEST: _test, SET: _set, CLEAR: _clear}
