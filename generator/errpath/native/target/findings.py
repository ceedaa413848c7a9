# SPDX-License-Identifier: GPL-2.0-only
"""
What the C does that ends a run, as the kernel's sanitizers would say it.
"""

from __future__ import annotations

from signal import SIGPROF, Signals
from typing import TYPE_CHECKING, Final

from errpath.kernel.findings import KernelBug
from errpath.native.refusal import Problem, RefusedError
from errpath.native.target.codes import Found

if TYPE_CHECKING:
    from errpath.native.target.memory import Memory

_PAGE_SIZE: Final = 4096


def finding(memory: Memory, place: str) -> Exception:
    """
    Word what the C was stopped for at a place.

    It is a KernelBug, or RefusedError if it is nothing that errpath models.
    """
    found = memory.found()
    at = f" at {place}" if place else ""
    if found.what == Found.CRASH:
        return _crash(found.status, found.detail, place)
    if found.what == Found.ENDLESS:
        says = f"{memory.limit} calls are made, and the run does not end"
        return KernelBug("endless", f"{says}: it is{at}" if at else says, at_event=False)
    if found.what == Found.UNDEFINED:
        return KernelBug("undefined-behaviour", f"there is {found.text}{at}", at_event=False)
    if found.what == Found.UNMODELLED:
        does = "written" if found.detail else "read"
        return RefusedError(Problem(place, f"{found.text} is {does}, and it is not modelled"))
    does = "written to" if found.detail else "read"
    if found.address < _PAGE_SIZE:
        says = f"memory is {does} through NULL{at}, at offset {found.address}"
        return KernelBug("null-dereference", says, at_event=False)
    return KernelBug("wild-access", f"memory that is no object's is {does}{at}", at_event=False)


def wild(name: str, *, given: str = "a pointer that points to no object") -> KernelBug:
    """
    Word a call on a pointer that points to no object, or to one of another kind.
    """
    kind = "null-dereference" if given == "NULL" else "wild-pointer"
    return KernelBug(kind, f"{name}() is called on {given}", at_event=False)


def _crash(status: int, counter: int, place: str) -> KernelBug:
    behind = f" behind the call at {place}" if place else ""
    if -status == SIGPROF:
        says = f"the processor time of a run is used up{behind}"
        return KernelBug("endless", says, at_event=False)
    if counter == 0:
        return KernelBug("null-dereference", f"NULL is called{behind}", at_event=False)
    try:
        name = Signals(-status).name
    except ValueError:
        name = f"status {status}"
    return KernelBug("crash", f"the C ends with {name}{behind}", at_event=False)
