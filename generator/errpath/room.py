# SPDX-License-Identifier: GPL-2.0-only
"""
Room for the frames of calls, so that a loop does not map and unmap memory with each of them.

CPython (3.11 to 3.14, Python/pystate.c) keeps frames in chunks of 16 KiB, and gives a chunk back
as soon as it is empty. A loop whose calls go to and fro over the end of a chunk makes two system
calls and four page faults each time. Where that end is, is a matter of luck: it took up to a
third of the time of a verdict. A chunk is as large as its first frame asks for, up to the next
power of two; so behind a frame that asks for a little more than one, there is room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_P = ParamSpec("_P")
_T = TypeVar("_T")

_SLOTS: Final = 33_000
"""Of 8 bytes: the chunk has 512 KiB, of which 250 are left."""


def roomy(function: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
    """
    Call a function, with room for all that it calls; give what it gives.
    """
    return function(*arguments, **named)


roomy.__code__ = roomy.__code__.replace(co_stacksize=_SLOTS)
