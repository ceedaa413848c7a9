# SPDX-License-Identifier: GPL-2.0-only
"""
An attempt that is to be made, and what comes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from errpath.explore.merged.lone.attempt import answers_of

if TYPE_CHECKING:
    from errpath.explore.merged.lone.attempt import Through
    from errpath.explore.merged.lone.status import Status


class Way(NamedTuple):
    """
    The answers of the attempts that lead to a status, and the number of their calls.
    """

    answers: tuple[Any, ...] = ()
    attempts: int = 0
    calls: int = 0

    def and_then(self, through: Through) -> Way:
        """
        Give the way that one more attempt makes of it.
        """
        more = tuple(value for _, value in answers_of(through.asked))
        calls = self.calls + len(through.outcome.events)
        return Way(self.answers + more, self.attempts + 1, calls)


class Trial(NamedTuple):
    """
    An attempt on the page `by` in a pass, from a status and by a way there.

    `ahead` is what the walk reads before the attempt, and goes on with; `how` the page goes on to
    it, as `GoesOn` has it.
    """

    status: Status
    way: Way
    by: str
    ahead: str
    number: int
    how: str


class Row(NamedTuple):
    """
    One way through an attempt, and the number of the status that it comes to.

    `beside` is that if another page is on the LRU list. Where the run ends, both are -1 after a
    bug, and else below that: `LonePage.left_by()` gives what is left.
    """

    through: Through
    to: int
    beside: int


def shortest(rows: list[Row]) -> dict[int, Through]:
    """
    Give for each status that an attempt can come to the shortest way there.
    """
    found: dict[int, Through] = {}
    calls: dict[int, int] = {}
    for through, to, beside in rows:
        some = len(through.outcome.events)
        for at in (to,) if to == beside else (to, beside):
            if at >= 0 and (at not in found or some < calls[at]):
                found[at], calls[at] = through, some
    return found
