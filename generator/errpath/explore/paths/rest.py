# SPDX-License-Identifier: GPL-2.0-only
"""
A part of the tree of choices, by the way to its first path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from errpath.vocabulary.choice import Value

Open: TypeAlias = "tuple[tuple[Value, ...], ...]"
"""For each choice on the way to a path, its answers that are not done; the path's is first."""


class Rest(NamedTuple):
    """
    A part of the tree of choices: the first path in it, and the answers left behind it.

    `widths` has the number of possible answers of each choice of `open`.
    """

    open: Open = ()
    widths: tuple[int, ...] = ()

    @property
    def share(self) -> float:
        """
        The part's share of the tree, if the answers to a choice have equal shares.
        """
        each, share = 1.0, 0.0
        for answers, width in zip(self.open, self.widths, strict=True):
            each /= width
            share += each * (len(answers) - 1)
        return share + each

    def share_before(self, rest: Rest | None) -> float:
        """
        Give the share of what comes before a later part of it; None is behind its end.
        """
        if rest is None:
            return self.share
        each = 1.0
        for depth, (answers, width) in enumerate(zip(rest.open, rest.widths, strict=True)):
            each /= width
            mine = len(self.open[depth]) if depth < len(self.open) else width
            if mine != len(answers):
                # Above, both are the same; the share of a deep part is lost beside a share of 1.
                below = depth + 1
                share = mine - len(answers) + Rest(self.open[below:], self.widths[below:]).share
                return each * (share - Rest(rest.open[below:], rest.widths[below:]).share)
        return 0.0

    def cut(self, share: float) -> tuple[Rest, Rest | None]:
        """
        Cut off what comes first, with about that share of the tree; give it, and what is left.
        """
        each = [1.0]
        for width in self.widths:
            each.append(each[-1] / width)
        depth, near = len(self.open), each[-1]
        while depth and near + each[depth] * (len(self.open[depth - 1]) - 1) <= share:
            depth -= 1
            near += each[depth + 1] * (len(self.open[depth]) - 1)
        heads = tuple(answers[:1] for answers in self.open[:depth])
        first = Rest(heads + self.open[depth:], self.widths)
        while depth and len(self.open[depth - 1]) == 1:
            depth -= 1
        if not depth:
            return first, None
        left = (*self.open[: depth - 1], self.open[depth - 1][1:])
        return first, Rest(left, self.widths[:depth])


WHOLE = Rest()
"""The tree before its first path."""
