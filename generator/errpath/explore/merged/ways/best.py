# SPDX-License-Identifier: GPL-2.0-only
"""
The smallest of some paths, in place of their number.
"""

from __future__ import annotations

from typing import Any, Self


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

    `picked` tells that it is the page that a law names.
    """

    __slots__ = ("chain", "picked")

    def __init__(self, chain: Any, *, picked: bool = False) -> None:
        self.chain = chain
        self.picked = picked


def of_page(ways: Any) -> Any:
    """
    Close what one page does: a number is what it is, and the best way is that of one page.
    """
    return Best(ways.size, OfPage(ways.chain)) if isinstance(ways, Best) else ways
