# SPDX-License-Identifier: GPL-2.0-only
"""
The walk over migrate_pages() on a list of pages, attempt by attempt.

Ten passes have more paths than can be walked. So runs whose status agrees where an attempt
ends are one, and of each status every attempt that can follow is walked once without force and
once with it; what is about no page is fixed then (`world`). Behind the attempt each
run goes on to its end: with the first answers that are possible, and one run to each status with
new pages that are busy, too, which goes through all passes that are left. These ends show what a
status does not have: what the C keeps in variables of its own.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from errpath.native.walk.ahead import Ahead, Watch
from errpath.native.walk.replay import Replay
from errpath.native.walk.status import Statuses
from errpath.native.walk.step import Followed, Step
from errpath.native.walk.world import LaterRules

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.native.walk.step import Answers

FORCED_FROM: Final = 4
"""The first pass with force: `pass > 2`, counted from 0."""


class _Way(NamedTuple):
    answers: Answers
    attempts: int


class _Goes(NamedTuple):
    answers: Answers
    next_pass: bool


class PagesWalk:
    """
    Steps from every status; with `most`, no attempt behind that number.
    """

    def __init__(
        self,
        target: Any,
        semantics: str,
        model: Model,
        *,
        passes: int,
        most: int | None = None,
    ) -> None:
        self._target = target
        self._semantics = semantics
        self._rules = model.vocabulary.rules
        self._statuses = Statuses(model.vocabulary, target.machine)
        self._later = LaterRules(self._rules, self._statuses.world)
        self._passes = passes
        self._most = most
        self._numbers: dict[Hashable, int] = {"at first": 0}
        self._goes: dict[tuple[int, bool], dict[int, _Goes]] = {}

    @property
    def bound(self) -> str:
        """
        Say what was not walked.
        """
        if self._most is None:
            return "what cannot be told apart where an attempt ends is gone on from once"
        attempts = "1 attempt" if self._most == 1 else f"{self._most} attempts"
        return f"{attempts} with every answer, the rest with the first one, or busy"

    @property
    def statuses(self) -> int:
        """
        Give the number of statuses.
        """
        return len(self._numbers)

    def steps(self) -> Iterator[Step]:
        """
        Walk.
        """
        front = {0: _Way((), 0)}
        for number in range(1, self._passes + 1):
            force = number >= FORCED_FROM
            ways = dict(front)
            todo = deque(front)
            following: dict[int, _Way] = {}
            while todo:
                status = todo.popleft()
                way = ways[status]
                if self._most is not None and way.attempts >= self._most:
                    continue
                if (status, force) not in self._goes:
                    self._goes[status, force] = {}
                    yield from self._from(status, way, self._goes[status, force])
                for to, (answers, next_pass) in self._goes[status, force].items():
                    longer = _Way(way.answers + answers, way.attempts + 1)
                    if next_pass:
                        following.setdefault(to, longer)
                    elif to not in ways:
                        ways[to] = longer
                        todo.append(to)
            front = following

    def follow(self, target: Any, step: Step) -> Followed:
        """
        Run another target as a step was run.
        """
        replay = Replay(step.run.choices, self._rules)
        watch = Watch(self._statuses, step.before, replay)
        run = target.run(self._semantics, replay, watch)
        key = watch.status and watch.status.key
        return Followed(run=run, extra=replay.extra, alike=key == step.key)

    def _from(self, status: int, way: _Way, goes: dict[int, _Goes]) -> Iterator[Step]:
        """
        Give a step for each way in which an attempt can follow a status.
        """
        ahead = Ahead(self._later if way.attempts else self._rules, way.answers)
        for run, watch in ahead.enumeration.paths(lambda _: self._run(way, ahead)):
            answers = tuple(ahead.asked[len(way.answers) :])
            come = watch.status
            new = come is not None and come.key not in self._numbers
            step = self._step(run, watch, answers, status, way)
            if come is not None and step.to is not None and come.goes_on:
                goes.setdefault(step.to, _Goes(answers, come.next_pass))
            yield step
            if new:
                yield from self._busy(step, way)

    def _busy(self, step: Step, way: _Way) -> Iterator[Step]:
        """
        Give the same step once more, with new pages behind it that cannot be locked.
        """
        ahead = Ahead(self._rules, way.answers + step.answers, busy=True)
        for run, watch in ahead.enumeration.paths(lambda _: self._run(way, ahead)):
            yield self._step(run, watch, step.answers, step.status, way, busy=True)

    def _run(self, way: _Way, ahead: Ahead) -> tuple[Run, Watch]:
        ahead.restart()
        watch = Watch(self._statuses, way.attempts, ahead)
        return self._target.run(self._semantics, ahead, watch), watch

    def _step(
        self,
        run: Run,
        watch: Watch,
        answers: Answers,
        status: int,
        way: _Way,
        *,
        busy: bool = False,
    ) -> Step:
        to = watch.status
        return Step(
            run=run,
            answers=answers,
            start=watch.start,
            end=watch.end if to else len(run.trace),
            status=status,
            to=self._numbers.setdefault(to.key, len(self._numbers)) if to else None,
            busy=busy,
            before=way.attempts,
            key=to and to.key,
        )
