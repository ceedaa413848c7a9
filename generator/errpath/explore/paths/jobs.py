# SPDX-License-Identifier: GPL-2.0-only
"""
Every path of a semantics, a part at a time, walked by one process or by several.

The parts come in the order of the paths, whoever walks them: what is made of them does not
depend on the number of processes.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, TypeVar

from errpath.explore.paths.part import walk
from errpath.explore.paths.rest import WHOLE

if TYPE_CHECKING:
    from errpath.explore.paths.part import Maker, Part, Work
    from errpath.explore.paths.rest import Rest

Result = TypeVar("Result")

SIZE: Final = 1_000
"""About how many paths a part has, unless it is told otherwise."""

ALONE: Final = 10_000
"""How many paths are walked in about the time that a process takes to start."""


class TooManyPathsError(Exception):
    """
    There are more paths than `most`: so many have come, and are not all.
    """

    def __init__(self, most: int) -> None:
        super().__init__(f"there are more than {most} paths")
        self.most = most


class LostProcessError(Exception):
    """
    A process that walked paths was ended by somebody else, and what it walked is lost.
    """


def parts(
    make: Maker[Result],
    *,
    jobs: int = 1,
    most: int | None = None,
    size: int = SIZE,
    alone: int = ALONE,
) -> Generator[Part[Result]]:
    """
    Give every path of the work, in order, in parts of about `size`; `jobs` processes walk.

    TooManyPathsError comes behind `most` paths, if those are not all. The first `alone` paths
    are walked by this process: a smaller tree is not worth another one. Whoever stops early
    closes the iterator, and the processes end. LostProcessError tells that one of them was
    ended by somebody else.
    """
    work = make()
    done = 0
    with closing(_all(make, work, jobs, size, alone)) as found:
        for part in found:
            if most is not None and done + part.paths > most:
                if most > done:
                    yield walk(work, part.start, most - done)
                raise TooManyPathsError(most)
            done += part.paths
            yield part


def _all(
    make: Maker[Result], work: Work[Any, Result], jobs: int, size: int, alone: int
) -> Generator[Part[Result]]:
    rest: Rest | None = WHOLE
    done, share = 0, 0.0
    while rest and (jobs == 1 or done < alone):
        part = walk(work, rest, size)
        yield part
        done += part.paths
        share += part.share
        rest = part.rest
    if rest:
        # What another process takes is imported for a large tree only.
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        from errpath.explore.paths.crew import Crew  # noqa: PLC0415

        crew = Crew(make, work, jobs, size)
        try:
            yield from crew.parts(rest, done / share if share else 1.0)
        except BrokenProcessPool:
            raise LostProcessError from None
        finally:
            crew.leave()
