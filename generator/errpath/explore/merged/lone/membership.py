# SPDX-License-Identifier: GPL-2.0-only
"""
Which comparisons are one test: `mode in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY)`.

Python compares with one after the other, and stops at the first that is equal. What comes then
is the same whichever that is, as only the outcome of the test is left of it.
"""

from __future__ import annotations

from dis import EXTENDED_ARG, findlabels, opmap
from functools import cache
from inspect import currentframe
from typing import TYPE_CHECKING, Any, Final

from errpath.kernel.parameter import Parameter

if TYPE_CHECKING:
    from types import CodeType

_CONTAINS: Final = opmap["CONTAINS_OP"]
_BUILD_TUPLE: Final = opmap["BUILD_TUPLE"]
_PARAMETER: Final = Parameter.__eq__.__code__


def number_compared() -> int:
    """
    Give with how many the test compares in which who calls this is being compared.

    1 for what is no test for membership in a tuple that is spelled out there. An argument that is
    decided when it is read is compared in the place of what it is.
    """
    frame = currentframe()
    for _ in range(2):
        frame = frame and frame.f_back
    if frame and frame.f_code is _PARAMETER:
        frame = frame.f_back
    return _number_at(frame.f_code, frame.f_lasti) if frame else 1


@cache
def _number_at(code: CodeType, at: int) -> int:
    raw: Any = code.co_code
    # The tuple is what was made right before, unless there is another way to come here.
    if at < 4 or raw[at] != _CONTAINS or at in findlabels(raw):  # noqa: PLR2004 - two steps
        return 1
    made, number = raw[at - 2], int(raw[at - 1])
    return number if made == _BUILD_TUPLE and raw[at - 4] != EXTENDED_ARG else 1
