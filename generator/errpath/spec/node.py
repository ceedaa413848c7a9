# SPDX-License-Identifier: GPL-2.0-only
"""
What every part of a spec has in common: it is frozen, and knows where it stands.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Location(BaseModel):
    """
    A place in a spec file: the file relative to the project, line and column from 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Node(BaseModel):
    """
    A part of a spec.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Location
