# SPDX-License-Identifier: GPL-2.0-only
"""
Work on C that may crash, or never end, in a process of its own.

What the sanitizers see is a finding of the run. What they do not see ends that process, and
the one that waits for it tells in which run that was.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from mmap import mmap
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from errpath.native.conform.apart import SECONDS, Apart, Timed
from errpath.native.review.sides import PATCHED

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value

Result = TypeVar("Result")

_ROOM: Final = 1 << 16
_NUMBER: Final = 8
_LAST: Final = 60
"""So many calls of a run that crashed are told: the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """
    A run that ended its process: on which side, by which signal, and what it had done till then.

    `seconds` is the processor time that it was given.
    """

    side: str
    signal: signal.Signals
    choices: dict[str, Value]
    trace: tuple[str, ...]
    seconds: float = SECONDS

    @property
    def changes(self) -> bool:
        """
        Whether it is the patch that brings it about.
        """
        return self.side == PATCHED

    @property
    def says(self) -> str:
        """
        What the C does.
        """
        if self.signal is signal.SIGVTALRM:
            return f"runs for {self.seconds:g} seconds, and no end is in sight"
        return f"crashes ({self.signal.name})"


class Guarded(Generic[Result]):
    """
    Work that a child of this process does on targets, from now on.

    Runs have to come in the same order whenever the work is done. One that takes more than
    so many `seconds` of processor time is taken for one that does not end.
    """

    def __init__(
        self, work: Callable[..., Result], *targets: Any, seconds: float = SECONDS
    ) -> None:
        self._work = work
        self._seconds = seconds
        self._targets = targets
        self._memory = mmap(-1, _ROOM)
        self._apart = self._begun(_Count(self._memory))

    def result(self) -> Result | Crash:
        """
        Wait, and give the result, or the crash that there was; what the work raises is raised.
        """
        found = self._apart.result()
        if not isinstance(found, signal.Signals):
            return found
        number = int.from_bytes(self._memory[:_NUMBER], "little")
        # Once more, and this run is written down while it goes on.
        self._begun(_Count(self._memory, number)).result()
        said = json.loads(bytes(self._memory[_NUMBER:]).rstrip(b"\0") or b"{}")
        return Crash(
            side=said.get("side", ""),
            signal=found,
            choices=said.get("choices", {}),
            trace=tuple(said.get("trace", ())),
            seconds=self._seconds,
        )

    def end(self) -> None:
        """
        End the child, whose result nobody waits for.
        """
        self._apart.end()

    def _begun(self, count: _Count) -> Apart[Result]:
        watched = (_Watched(one, count, self._seconds) for one in self._targets)
        return Apart(partial(self._work, *watched))


class _Count:
    """
    The number of the run that goes on, where another process sees it; or which run is wanted.
    """

    def __init__(self, memory: mmap, wanted: int = 0) -> None:
        self._memory = memory
        self._wanted = wanted
        self._number = 0

    def next(self) -> bool:
        """
        Count a run; tell whether it is the one that is wanted.
        """
        self._number += 1
        if not self._wanted:
            self._memory[:_NUMBER] = self._number.to_bytes(_NUMBER, "little")
        return self._number == self._wanted

    def write(self, said: dict[str, Any]) -> None:
        """
        Write down what the run has come to.
        """
        data = json.dumps(said).encode().ljust(_ROOM - _NUMBER, b"\0")
        self._memory[_NUMBER:] = data[: _ROOM - _NUMBER]


class _Watched:
    """
    A target whose runs are counted, and take so much time at most.
    """

    def __init__(self, target: Any, count: _Count, seconds: float) -> None:
        self._target = Timed(target, seconds)
        self._count = count
        self.machine = target.machine

    def run(self, semantics: str, environment: Environment, *more: Any) -> Run:
        """
        Run the target once.
        """
        wanted = self._count.next()
        asked = _Told(self, semantics, environment) if wanted else environment
        return self._target.run(semantics, asked, *more)

    def told(self, side: str, choice: Choice, value: Value) -> None:
        """
        Write down how far the run is, when it gets an answer.
        """
        machine = self.machine
        made = [one.text for one in machine.trace if not one.primitive.test]
        # What is asked here is told when it is answered.
        made += [f"{choice.text} = {value}"] if choice.subject else []
        choices = {**machine.choices, choice.text: value}
        self._count.write({"side": side, "choices": choices, "trace": made[-_LAST:]})


class _Told:
    """
    An environment that has each of its answers written down.
    """

    def __init__(self, watched: _Watched, side: str, environment: Environment) -> None:
        self._watched = watched
        self._side = side
        self._environment = environment

    def __call__(self, choice: Choice) -> Value:
        """
        Answer, and write that down.
        """
        value = self._environment(choice)
        self._watched.told(self._side, choice, value)
        return value

    def __getattr__(self, name: str) -> Any:
        # Environments of lists have methods beside: when a pass begins, what is forgotten.
        return getattr(self._environment, name)
