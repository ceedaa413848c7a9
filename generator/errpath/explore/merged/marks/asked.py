# SPDX-License-Identifier: GPL-2.0-only
"""
Whether a page makes the code ask for something that is about no page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.explore.merged.lone.attempt import Through


class Asked:
    """
    Tells whether a choice was asked on the attempts of a page, by its `text`.

    What it was answered is the world's to tell: all pages are given one answer.
    """

    start = 0
    by_pass = False

    def __init__(self, text: str) -> None:
        self.text = text

    def view(self, through: Through) -> int:
        """
        See whether an attempt is told of it.
        """
        return int(any(text == self.text for text, _ in through.shared))

    def step(self, state: int, view: int, number: int) -> int:
        """
        Keep that it was.
        """
        del number
        return state | view

    def told(self, state: int) -> int:
        """
        Give 1 if it was.
        """
        return state

    def both(self, one: int, other: int) -> int:
        """
        Tell whether one of two pages made it.
        """
        return one | other
