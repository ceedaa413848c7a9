# SPDX-License-Identifier: GPL-2.0-only
"""
Work in a process of its own, as C that is run there may end it.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any, Final, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from errpath.kernel.run import Run

Result = TypeVar("Result")

SECONDS: Final = 2.0
"""The processor time after which a run is taken for one that does not end."""


class Apart(Generic[Result]):
    """
    Work that a child of this process does, from now on.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        ours, theirs = os.pipe()
        with warnings.catch_warnings():
            # Whatever other threads there are, the child uses none of their locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._child = os.fork()
        if not self._child:
            _child(work, theirs)
        os.close(theirs)
        self._ours = ours

    def result(self) -> Result | signal.Signals:
        """
        Wait, and give the result, or the signal that ended the child.

        What the work raises is raised here. Its result goes from one process to the other.
        """
        with os.fdopen(self._ours, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self._child, 0)
        if os.WIFSIGNALED(status):
            return signal.Signals(os.WTERMSIG(status))
        raised, result = pickle.loads(said)  # noqa: S301 - our own child has written it
        if raised:
            raise raised
        done: Result = result
        return done

    def end(self) -> None:
        """
        End the child, whose result nobody waits for.
        """
        os.close(self._ours)
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


def each(works: Iterable[Callable[[], Result]]) -> Generator[Result | signal.Signals]:
    """
    Begin some works at once, each in a child of its own, and give the results in their order.

    If the caller stops before the last one, the others are ended.
    """
    begun = deque(Apart(work) for work in works)
    try:
        while begun:
            yield begun.popleft().result()
    finally:
        for apart in begun:
            apart.end()


def _child(work: Callable[[], Any], pipe: int) -> NoReturn:
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    # A crash here is the C's, and told by the parent.
    faulthandler.disable()
    try:
        said = pickle.dumps((None, work()))
    except BaseException as error:  # noqa: BLE001 - the parent raises it
        said = _pickled(error)
    with os.fdopen(pipe, "wb") as file:
        file.write(said)
    os._exit(0)


def _pickled(error: BaseException) -> bytes:
    try:
        said = pickle.dumps((error, None))
        pickle.loads(said)  # noqa: S301 - we have just written it
    except Exception:  # noqa: BLE001 - there are many ways not to be pickled
        return pickle.dumps((RuntimeError(f"{type(error).__name__}: {error}"), None))
    return said


class Timed:
    """
    A target in this process, a run of which may take so much time: more ends the process.
    """

    def __init__(self, target: Any, seconds: float = SECONDS) -> None:
        self._target = target
        self._seconds = seconds
        self.machine = target.machine

    @property
    def lines(self) -> list[int]:
        """
        The lines of the events of the last run.
        """
        lines: list[int] = self._target.lines
        return lines

    def run(self, *arguments: Any) -> Run:
        """
        Run it.
        """
        signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds)
        try:
            run: Run = self._target.run(*arguments)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return run
