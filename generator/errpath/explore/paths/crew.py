# SPDX-License-Identifier: GPL-2.0-only
"""
Several processes that walk the paths of a semantics.

A process walks a part of the tree of choices up to so many paths, and hands back what it has
not walked. Only the parts that come next are walked ahead, so memory does not grow with the
number of paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from errpath.explore.paths.enumerate import Enumeration
from errpath.explore.paths.part import walk
from errpath.explore.paths.rest import Rest
from errpath.explore.workers import no_interrupt, workers

if TYPE_CHECKING:
    from concurrent.futures import Future

    from errpath.explore.paths.part import Maker, Part, Work

Result = TypeVar("Result")

_AHEAD: Final = 4
"""How many parts are walked ahead, for each process."""

_SLACK: Final = 2
"""How many times the size a part that is cut off may seem to have; and be, times what it seems."""


class Crew(Generic[Result]):
    """
    Several processes that walk the parts of a tree.

    The parts stand in their order: those that some process walks, or has walked, and between
    them what is still to be cut. How large a part is nobody knows before it is walked; it is
    taken to have as many paths for its share of the tree as the one that came last.
    """

    def __init__(self, make: Maker[Result], work: Work[Any, Result], jobs: int, size: int) -> None:
        self._work = work
        self._jobs = jobs
        self._size = size
        self._per_share = 1.0
        self._executor = workers(jobs, _begin, make)
        self._line: list[Future[Part[Result]] | Rest] = []

    def parts(self, whole: Rest, per_share: float) -> Iterator[Part[Result]]:
        """
        Give the parts in order; `per_share` is the number of paths for a share of 1, so far.
        """
        self._per_share = per_share
        line = self._line = [whole]
        while True:
            self._walk_ahead()
            if not line:
                return
            first = line.pop(0)
            assert not isinstance(first, Rest)  # noqa: S101 - what comes first is being walked
            part = first.result()
            if part.rest:
                line.insert(0, part.rest)
            if part.share > 0:
                self._per_share = part.paths / part.share
            yield part

    def leave(self) -> None:
        """
        Let every process end: it finishes the part that it walks, and begins no other.
        """
        self._executor.shutdown(cancel_futures=True)

    def _walk_ahead(self) -> None:
        """
        Cut off the parts that come next, and have them walked.

        What comes first is always walked, so that a part which was larger than it seemed
        waits for nobody.
        """
        line = self._line
        walked = sum(not isinstance(one, Rest) for one in line)
        index = 0
        while index < len(line):
            one = line[index]
            if isinstance(one, Rest):
                if walked >= _AHEAD * self._jobs and index >= self._jobs:
                    return
                begun = self._begun(one)
                line[index : index + 1] = begun
                if not begun:
                    continue
                walked += 1
            index += 1

    def _begun(self, part: Rest) -> list[Future[Part[Result]] | Rest]:
        """
        Have the beginning of a part walked; give that, and what is left to be cut.
        """
        enumeration = Enumeration(self._work.rules, part)
        if next(enumeration.paths(self._work.run), None) is None:
            return []
        first, left = enumeration.unfolded().cut(_SLACK * self._size / self._per_share)
        with no_interrupt():
            future = self._executor.submit(_walk_here, first, _SLACK * _SLACK * self._size)
        return [future, left] if left else [future]


_here: list[Work[Any, Any]] = []
"""The work of this process, if it is one of a crew."""


def _begin(make: Maker[Any]) -> None:
    _here.append(make())


def _walk_here(start: Rest, size: int) -> Part[Any]:
    return walk(_here[0], start, size)
