# SPDX-License-Identifier: GPL-2.0-only
"""
The walk over every path of unmap_and_move() on one page.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from errpath.explore.paths.enumerate import paths
from errpath.native.walk.replay import Replay
from errpath.native.walk.step import Followed, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.kernel.target import Target
    from errpath.vocabulary.rule import Rules


class PageWalk:
    """
    Every path is a step: there is one status, and one attempt.
    """

    bound: Final = ""
    statuses: Final = 1

    def __init__(self, target: Target, semantics: str, rules: Rules) -> None:
        self._target = target
        self._semantics = semantics
        self._rules = rules

    def steps(self) -> Iterator[Step]:
        """
        Give every path, in the order of the enumeration.
        """
        for run in paths(partial(self._target.run, self._semantics), self._rules):
            yield Step(run=run, answers=tuple(run.choices.items()), start=0, end=len(run.trace))

    def follow(self, target: Target, step: Step) -> Followed:
        """
        Run another target on the same path.
        """
        replay = Replay(step.run.choices, self._rules)
        run = target.run(self._semantics, replay)
        return Followed(run=run, extra=replay.extra, alike=True)
