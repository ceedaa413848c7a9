# SPDX-License-Identifier: GPL-2.0-only
"""
Functions with every kind of exit and condition, for tests of what notes them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from errpath.kernel.goto import Label, goto

if TYPE_CHECKING:
    from tests.stairs import Steps

out = Label("out")
again = Label("again")


def climb(k: Steps) -> int:
    """
    Leave by each kind of exit.
    """
    with out:
        if k.p() and (k.q() or not k.r()):
            goto(out)
        with again:
            while k.more():
                if k.q():
                    goto(again)
                elif k.r():
                    return -12
                else:
                    k.a()
        k.b()
    return 1 if k.q() else land(k)


def land(k: Steps) -> int:
    """
    Leave by both blocks of an `if`.
    """
    step(k)
    if k.r():
        if not k.r():
            return 5

        def inner() -> int:
            return 6

        return inner() - k.get(lambda: 6)
    else:  # noqa: RET505 - both blocks end the function
        return 3


def step(k: Steps) -> None:
    """
    Return nothing, or fall off the end.
    """
    if k.p():
        return
    k.a()


def stop(k: Steps) -> int:
    """
    Have a block that no label ends, and one whose end nothing reaches.
    """
    with suppress(ValueError):
        k.a()
    with out:
        return 1
    return 2
