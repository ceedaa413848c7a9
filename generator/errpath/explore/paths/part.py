# SPDX-License-Identifier: GPL-2.0-only
"""
Paths that follow each other, and what is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from errpath.explore.paths.enumerate import Enumeration

if TYPE_CHECKING:
    from errpath.explore.paths.rest import Rest
    from errpath.kernel.machine import Environment
    from errpath.vocabulary.rule import Rules

One = TypeVar("One")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[One, Result]):
    """
    What is run for each path, under which rules, and what is made of the paths of a part.

    `gather` takes all that the iterator gives; its result goes from one process to another.
    """

    run: Callable[[Environment], One]
    rules: Rules
    gather: Callable[[Iterator[One]], Result]


Maker: TypeAlias = Callable[[], Work[Any, Result]]
"""Makes the work anew in each process; it goes there as a name and its arguments."""


class Part(NamedTuple, Generic[Result]):
    """
    Paths that follow each other: where they start, how many, what was made of them.

    `share` is their share of the tree, and `rest` what they leave of the part of it that was
    to be walked; None if nothing.
    """

    start: Rest
    paths: int
    result: Result
    share: float
    rest: Rest | None


def walk(work: Work[Any, Result], start: Rest, size: int) -> Part[Result]:
    """
    Walk a part of the tree, up to `size` paths.
    """
    enumeration = Enumeration(work.rules, start)
    count = 0

    def counted() -> Iterator[Any]:
        nonlocal count
        for count, one in enumerate(islice(enumeration.paths(work.run), size), 1):  # noqa: B007
            yield one

    result = work.gather(counted())
    rest = enumeration.rest()
    return Part(start, count, result, start.share_before(rest), rest)
