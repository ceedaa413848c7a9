# SPDX-License-Identifier: GPL-2.0-only
"""
The number of each primitive, by which C and Python speak of it.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from errpath.kernel.declared.primitive import primitives_of
from errpath.kernel.pages.list_machine import ListMachine
from errpath.native.target.others import Others

FIRST: Final = 32
"""The number of the first; those below are no primitives (native/stub/room.h)."""


@cache
def primitives() -> tuple[str, ...]:
    """
    Name every primitive, those of other kernels too; the number of one is FIRST and its index.
    """
    return tuple(sorted({*primitives_of(ListMachine), *primitives_of(Others)}))


def header() -> str:
    """
    Write numbers.h: `P_name` for each primitive.
    """
    rows = "".join(f"\tP_{name} = {FIRST + i},\n" for i, name in enumerate(primitives()))
    return f"enum primitive {{\n{rows}}};\n"
