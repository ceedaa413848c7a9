# SPDX-License-Identifier: GPL-2.0-only
"""
Which line of its source a target was at with each event.

A run does not pay for that: a path that is to be shown is run once more.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import FrameType

    from errpath.kernel.event import Event
    from errpath.native.conform.conformity import Conformity
    from errpath.native.walk.step import Step, Walk

_KERNEL: Final = "errpath.kernel"


class _Noting(list["Event"]):
    """
    A trace that notes, with each event, the line of the code that made the call.
    """

    def __init__(self) -> None:
        super().__init__()
        self.places: list[str] = []

    def append(self, made: Event) -> None:
        """
        Append an event.
        """
        super().append(made)
        self.places.append(_place(sys._getframe(1)))  # noqa: SLF001 - there is no other way


def _place(frame: FrameType | None) -> str:
    """
    Name the file and line that called the little kernel; a primitive's function has no module.
    """
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name and not name.startswith(_KERNEL):
            return f"{PurePath(frame.f_code.co_filename).name}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def with_places(found: Conformity, walk: Walk, expected: Any, target: Any, file: str) -> Conformity:
    """
    Find the places of the shortest divergence: `target` tells its lines, which are of `file`.
    """
    shortest = found.shortest
    if shortest is None or shortest.step is None:
        return found
    walk.follow(target, shortest.step)
    here = [f"{file}:{line}" if line else "" for line in getattr(target, "lines", ())]
    placed = replace(shortest, lines=(here, _places(shortest.step, walk, expected)))
    return replace(found, shortest=placed)


def _places(step: Step, walk: Walk, expected: Any) -> list[str]:
    machine = expected.machine
    begin = machine.begin
    traces: list[_Noting] = []

    def noting(*arguments: Any, **named: Any) -> None:
        begin(*arguments, **named)
        machine.trace = _Noting()
        traces.append(machine.trace)

    machine.begin = noting
    try:
        walk.follow(expected, step)
    finally:
        del machine.begin
    return traces[-1].places
