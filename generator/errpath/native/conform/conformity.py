# SPDX-License-Identifier: GPL-2.0-only
"""
Two targets on every path, compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from errpath.native.conform.told import Told, first_other, same, told

if TYPE_CHECKING:
    from errpath.native.walk.step import Followed, Step, Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """
    A path on which two targets differ: in which aspects, and both runs.

    `index` is that of the first event of the trace that differs. `lines` has, for each side,
    the place in its source of each of its events, as far as it tells.
    """

    aspects: tuple[str, ...]
    found: Told
    expected: Told
    index: int
    step: Step | None = None
    lines: tuple[list[str], list[str]] = field(default=([], []))

    @property
    def size(self) -> tuple[int, int]:
        """
        Tell which of two is shorter: by the events up to the first that differs, then by all.
        """
        return self.index, len(self.expected.trace)


@dataclass(slots=True, kw_only=True)
class Conformity:
    """
    How many paths were compared, how many differ in what, and the shortest that does.

    `statuses` and `bound` are the walk's. With `stopped`, the walk was not ended.
    """

    paths: int = 0
    differing: int = 0
    aspects: Counter[str] = field(default_factory=Counter)
    shortest: Divergence | None = None
    statuses: int = 1
    bound: str = ""
    stopped: bool = False


def conformity(walk: Walk, target: Any, *, most: int | None = None) -> Conformity:
    """
    Run a target on every step of the walk of another one, and compare.

    The walk's target is what is expected. Where both are asked the same on each of its paths,
    and do the same, their paths are the same; so none is missed that only the other one has.
    It stops behind `most` paths that differ.
    """
    found = Conformity()
    for step in walk.steps():
        found.paths += 1
        followed = walk.follow(target, step)
        if followed.alike and not followed.extra and same(followed.run, step.run):
            continue
        _add(found, step, followed)
        if found.differing == most:
            found.stopped = True
            break
    found.statuses, found.bound = walk.statuses, walk.bound
    return found


def _add(found: Conformity, step: Step, followed: Followed) -> None:
    real, expected = told(followed.run), told(step.run)
    # What is alike to the end, and has another status there, goes on otherwise later.
    aspects = real.differs_from(expected) or ("state",)
    found.differing += 1
    found.aspects.update(aspects)
    divergence = Divergence(
        aspects=aspects,
        found=real,
        expected=expected,
        index=first_other(real.trace, expected.trace),
        step=step,
    )
    if found.shortest is None or divergence.size < found.shortest.size:
        found.shortest = divergence
