# SPDX-License-Identifier: GPL-2.0-only
"""
Where in a trace a clause holds, after Dwyer, Avrunin and Corbett (1999).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from errpath.spec.pattern import Pattern


class _Scope(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Before(_Scope):
    """
    Up to the first call of `end`.
    """

    kind: Literal["before"] = "before"
    end: Pattern


class After(_Scope):
    """
    From the first call of `start` on.
    """

    kind: Literal["after"] = "after"
    start: Pattern


class Between(_Scope):
    """
    From each call of `start` to the next call of `end`.
    """

    kind: Literal["between"] = "between"
    start: Pattern
    end: Pattern


class While(_Scope):
    """
    As long as a lock or a reference is held: `PG_locked(src)`.
    """

    kind: Literal["while"] = "while"
    hold: str
    subject: str

    @property
    def item(self) -> str:
        """
        The row of the ledger that has to be open.
        """
        return f"{self.hold}({self.subject})"


class InPass(_Scope):
    """
    In each of the `passes` over the list, or in each pass from `from_pass` on; both from 1.
    """

    kind: Literal["in_pass"] = "in_pass"
    passes: tuple[int, ...] = ()
    from_pass: int | None = None


Scope: TypeAlias = Before | After | Between | While | InPass
"""A part of the trace; a clause without one holds globally."""
