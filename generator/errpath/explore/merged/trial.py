# SPDX-License-Identifier: GPL-2.0-only
"""
An attempt that is to be made, and what comes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from errpath.explore.merged.attempt import answers_of

if TYPE_CHECKING:
    from errpath.explore.merged.attempt import Through
    from errpath.explore.merged.status import Status


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

    `ahead` is what the walk reads before the attempt, and goes on with.
    """

    status: Status
    way: Way
    by: str
    ahead: str
    number: int


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
    for through, *both in rows:
        calls = len(through.outcome.events)
        for to in both:
            if to >= 0 and (to not in found or calls < len(found[to].outcome.events)):
                found[to] = through
    return found
