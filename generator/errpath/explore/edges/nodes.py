# SPDX-License-Identifier: GPL-2.0-only
"""
The nodes and arrows of a picture of edges; a layout gives them their places.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(kw_only=True, eq=False)
class HoldNode:
    """
    A lock, a reference or migration entries.
    """

    name: str
    text: str
    note: str
    colour: str
    y: float = 0
    height: float = 0


@dataclass(kw_only=True, eq=False)
class CallNode:
    """
    A call; `words` are what it may do and the colour of each.
    """

    name: str
    text: str
    words: list[tuple[str, str]]
    new: bool = False
    held: list[HoldNode] = field(default_factory=list)
    y: float = 0

    @property
    def may(self) -> str:
        """
        What the call may do, as one line.
        """
        return " ".join(word for word, _ in self.words)


@dataclass(kw_only=True, eq=False)
class Arrow:
    """
    From what is held to the call; `change` is "new", "gone" or "same".
    """

    hold: HoldNode
    call: CallNode
    change: str
    counts: str
    told: bool = False
    y1: float = 0
    y2: float = 0


@dataclass(kw_only=True, eq=False)
class Arc:
    """
    From the lock that is held to the one that a call takes.
    """

    outer: HoldNode
    inner: HoldNode
    change: str
    call: str
    way: str
    counts: str
    bend: float = 0
    x: float = 0
    y: float = 0
    y1: float = 0
    y2: float = 0


@dataclass(frozen=True, kw_only=True)
class Key:
    """
    A line of the legend: what a kind of arrow says, and how it is drawn.
    """

    says: str
    kind: str
    colour: str
    drawn: str
