# SPDX-License-Identifier: GPL-2.0-only
"""
The numbers by which C and Python speak of what is no primitive (native/stub/room.h).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

END, PARAMETER, MAPPING, FLAG, ASSERTION, FINDING, WALK, NEXT, AHEAD, RESET, LIST = range(11)
"""The operations, beside the primitives."""


class Found(IntEnum):
    """
    What a run was stopped for.
    """

    ACCESS = 1
    UNMODELLED = 2
    ENDLESS = 3
    UNDEFINED = 4
    CRASH = 5


OPERATION: Final = 255
"""The bits of a code that have its operation."""
