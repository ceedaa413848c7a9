# SPDX-License-Identifier: GPL-2.0-only
"""
What an attempt on a page comes to, and what is kept of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias

if TYPE_CHECKING:
    from errpath.vocabulary.choice import Value

Shared: TypeAlias = "frozenset[tuple[str, Value]]"
"""Answers to questions that are about no page: whoever asks first asks for all."""


class EntangledError(Exception):
    """
    What one page does is not its own affair, so that paths cannot be merged; says why.
    """


class Kept(NamedTuple):
    """
    What is kept of what a page did, for the end: sums over pages.

    `succeeded` and `failed` are what migrate_pages() counted, `left` the pages on the list, `done`
    those that were migrated or freed, `lost` the others that are gone. `odd` are contracts
    that were broken on the way, and rows of the ledger that should not be so; `beside` is
    whether anything was put on the LRU; `marks` counts the calls that laws ask for.
    """

    succeeded: int = 0
    failed: int = 0
    left: int = 0
    done: int = 0
    lost: int = 0
    odd: frozenset[str] = frozenset()
    beside: bool = False
    marks: tuple[int, ...] = ()

    def and_of(self, other: Kept, caps: tuple[int, ...]) -> Kept:
        """
        Give what is kept of two pages; counts of calls end at their caps.
        """
        return Kept(
            self[0] + other[0],
            self[1] + other[1],
            self[2] + other[2],
            self[3] + other[3],
            self[4] + other[4],
            self[5] | other[5] if self[5] or other[5] else self[5],
            self[6] or other[6],
            tuple(map(min, map(int.__add__, self[7], other[7]), caps)) if caps else (),
        )


class End(NamedTuple):
    """
    An attempt that ends the run: with a return code, or a bug by its name.
    """

    returns: int | None
    bug: str | None
    kept: Kept


@dataclass(slots=True)
class Leaf:
    """
    The answer combinations of an attempt that ask the same of all and come to the same.

    `to` is the number of the page's next status, or how the run ends. `count` is their
    number; `size` (faults, calls) and `answers` are those of the smallest.
    """

    shared: Shared
    to: int | End
    count: int
    size: tuple[int, int]
    answers: tuple[tuple[str, Value], ...]


class Best:
    """
    The smallest of some paths, in place of their number: sums are minima, products chains.
    """

    __slots__ = ("chain", "size")

    def __init__(self, size: tuple[int, int], chain: Any) -> None:
        self.size = size
        self.chain = chain

    def __add__(self, other: Best | int) -> Best:
        """
        Give the smaller one.
        """
        return self if not isinstance(other, Best) or self.size <= other.size else other

    __radd__ = __add__

    def __mul__(self, other: Best | int) -> Best | Self:
        """
        Give one path after the other.
        """
        if not isinstance(other, Best):
            return self
        size = (self.size[0] + other.size[0], self.size[1] + other.size[1])
        return Best(size, (self.chain, other.chain))

    __rmul__ = __mul__


class OfPage:
    """
    The chain of the attempts of one page, in the chain of the pages of a path.
    """

    __slots__ = ("chain",)

    def __init__(self, chain: Any) -> None:
        self.chain = chain


def of_page(ways: Any) -> Any:
    """
    Close what one page does: a number is what it is, and the best way is that of one page.
    """
    return Best(ways.size, OfPage(ways.chain)) if isinstance(ways, Best) else ways
