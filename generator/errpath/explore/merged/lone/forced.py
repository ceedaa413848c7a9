# SPDX-License-Identifier: GPL-2.0-only
"""
Whether an attempt is forced, as it is told of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.reads import Read
from errpath.kernel.caller import FORCE

if TYPE_CHECKING:
    from errpath.explore.merged.lone.reads import Log

FORCED: Final = FORCE.text
"""The text of the read."""


class Forced:
    """
    An argument that is true or false, and notes in a log that it is asked which; `so` is that.

    An attempt that does not ask is one to both. What asks for more than that cannot be followed.
    """

    __slots__ = ("_log", "asked", "so")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, log: Log, *, so: bool) -> None:
        self._log = log
        self.so = so
        self.asked = False

    def __bool__(self) -> bool:
        if not self.asked:
            self.asked = True
            self._log.append(Read(FORCED, None, self.so))
        return self.so

    def __eq__(self, other: object) -> Any:
        message = (
            f"force is compared with {other}, where an attempt is to ask no more than if it is"
        )
        raise EntangledError(message)
