# SPDX-License-Identifier: GPL-2.0-only
"""
C's goto, for ladders of cleanup labels.

    with out_unlock:
        if busy:
            goto(out_unlock)
        ...
    # out_unlock:
    unlock_page(page)

The block of a label is what a jump to it leaves; what follows the block stands behind the
label, and is reached by falling through as well.
"""

from __future__ import annotations

from types import TracebackType
from typing import NoReturn


class Jump(BaseException):
    """
    On its way to a label. No `except Exception` can catch it.
    """


class Label:
    """
    A label that `goto` can jump to, from inside its `with` block.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.jump = type(f"goto_{name}", (Jump,), {})

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> bool:
        return kind is self.jump


def goto(label: Label) -> NoReturn:
    """
    Leave every block up to and including the label's.
    """
    raise label.jump
