# SPDX-License-Identifier: GPL-2.0-only
"""
Which calls a clause is about.
"""

from __future__ import annotations

from enum import Enum

from pydantic import BaseModel, ConfigDict


class Outcome(Enum):
    """
    A call by how it ended, whatever the value.
    """

    FAILS = "fails"
    SUCCEEDS = "succeeds"


class Call(BaseModel):
    """
    Calls of a primitive: those that are about `subjects`, and that end so.

    `subjects` are some of a call's own, in its order. `result` is a result as a trace
    spells it ("NULL", "-EBUSY"), an outcome, or None for any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    primitive: str
    subjects: tuple[str, ...]
    result: str | Outcome | None = None

    def __str__(self) -> str:
        text = f"{self.primitive}({', '.join(self.subjects)})"
        match self.result:
            case None:
                return text
            case Outcome():
                return f"{text} {self.result.value}"
            case _:
                return f"{text} = {self.result}"


class Pattern(BaseModel):
    """
    One call or another: the alternatives of one place in a clause.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: tuple[Call, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.calls))
