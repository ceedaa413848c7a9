# SPDX-License-Identifier: GPL-2.0-only
"""
When a law or a delta binds.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from errpath.spec.node import Node
from errpath.spec.pattern import Pattern


class Made(Node):
    """
    A call of the pattern was made: `trylock_page(src) fails`.
    """

    kind: Literal["made"] = "made"
    pattern: Pattern


class Is(Node):
    """
    The situation has one of the words of an aspect: `src is anon`, `mode is MIGRATE_ASYNC`.
    """

    kind: Literal["is"] = "is"
    aspect: str
    words: tuple[str, ...]


class Returned(Node):
    """
    The return code is one of `codes`.
    """

    kind: Literal["returned"] = "returned"
    codes: tuple[int, ...]


class Stopped(Node):
    """
    A debug check of the kernel stops the run.
    """

    kind: Literal["stopped"] = "stopped"


class Not(Node):
    """
    The condition does not hold.
    """

    kind: Literal["not"] = "not"
    condition: Condition


class All(Node):
    """
    All of the conditions hold.
    """

    kind: Literal["all"] = "all"
    conditions: tuple[Condition, ...]


class Some(Node):
    """
    At least one of the conditions holds.
    """

    kind: Literal["some"] = "some"
    conditions: tuple[Condition, ...]


Condition: TypeAlias = Annotated[
    Made | Is | Returned | Stopped | Not | All | Some, Field(discriminator="kind")
]
"""A question to a whole path."""

Not.model_rebuild()
All.model_rebuild()
Some.model_rebuild()
