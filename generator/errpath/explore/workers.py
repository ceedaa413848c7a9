# SPDX-License-Identifier: GPL-2.0-only
"""
Processes that share the work of this one, and end with it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_all_start_methods, get_context, parent_process
from threading import Thread, active_count
from typing import Any, ParamSpec, TypeVar

from errpath.room import roomy

_P = ParamSpec("_P")
_T = TypeVar("_T")


def workers(jobs: int, begin: Callable[..., None], *arguments: Any) -> ProcessPoolExecutor:
    """
    Give an executor of `jobs` processes; each calls `begin(*arguments)` before all else.
    """
    # A copy of this process is there at once, with all modules. Of one with threads it would
    # have their locks, which nobody there lets go of: then it is started anew.
    how = "fork" if active_count() == 1 and "fork" in get_all_start_methods() else "spawn"
    return _Executor(jobs, get_context(how), _begin, (begin, *arguments))


class _Executor(ProcessPoolExecutor):
    """
    Gives what is submitted room for its calls.
    """

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """
        Hand a call to a process.
        """
        return super().submit(_call, partial(fn, *args, **kwargs))


@contextmanager
def no_interrupt() -> Iterator[None]:
    """
    Start processes that an interrupt of the terminal does not reach: this one ends them.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _call(made: Callable[[], _T]) -> _T:
    return roomy(made)


def _begin(begin: Callable[..., None], *arguments: Any) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    begin(*arguments)


def _end_with_parent() -> None:
    """
    Leave no process behind if the one that started it is killed.
    """
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
