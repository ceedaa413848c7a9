# SPDX-License-Identifier: GPL-2.0-only
"""
The versions of the code that are under contract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, ModuleType
from typing import Any

from errpath.migrate import post, pre


@dataclass(frozen=True, slots=True, kw_only=True)
class Semantics:
    """
    One version: its name, what it is in a line, and its module.
    """

    name: str
    says: str
    module: ModuleType

    def names(self) -> frozenset[str]:
        """
        Give every name that the version's functions use: what they can call is among them.
        """
        functions = [f for f in vars(self.module).values() if hasattr(f, "__code__")]
        own = [f for f in functions if f.__module__ == self.module.__name__]
        return names_in(*own)


def names_in(*functions: Callable[..., Any]) -> frozenset[str]:
    """
    Give every name that functions use: what they can call is among them.
    """
    return frozenset(name for f in functions for name in _names(f.__code__))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    yield from code.co_varnames


SEMANTICS = {
    semantics.name: semantics
    for semantics in (
        Semantics(name="pre", says="Linux 5.8", module=pre),
        Semantics(
            name="post",
            says='Linux 5.8 with "mm/migrate: Defer allocating new page until needed"',
            module=post,
        ),
    )
}

MODULES = {name: semantics.module for name, semantics in SEMANTICS.items()}
"""The source of each semantics."""
