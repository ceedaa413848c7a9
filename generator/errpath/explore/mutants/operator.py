# SPDX-License-Identifier: GPL-2.0-only
"""
An operator: one way in which this kind of code breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from errpath.explore.source import Edit

if TYPE_CHECKING:
    from errpath.explore.mutants.code import Code


class Change(NamedTuple):
    """
    One change that an operator makes: the line that it is about, and the edits.
    """

    line: int
    edits: tuple[Edit, ...]


Changes: TypeAlias = "Iterator[Change]"


class Operator(NamedTuple):
    """
    A name, one sentence about what goes wrong, and how the code is changed so that it does.
    """

    name: str
    says: str
    changes: Callable[[Code], Changes]
