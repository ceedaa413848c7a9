# SPDX-License-Identifier: GPL-2.0-only
"""
A room in a process of its own: whatever the C does there, this one goes on.
"""

from __future__ import annotations

import mmap
import os
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import finalize

from errpath.native.refusal import Problem, RefusedError
from errpath.native.target.memory import Memory, size_of
from errpath.native.target.room import ffi

if TYPE_CHECKING:
    from pathlib import Path

_KIND, _START, _ANSWER = 1, 2, 3


class RoomApart:
    """
    A room in a process that `runner` is started as, again after each crash.

    A run may take so many seconds of processor time. What the process shares with this one is
    the memory that the C tells its calls in: those of a run that crashed are all there.
    """

    def __init__(self, runner: Path, library: Path, limit: int, seconds: float) -> None:
        milliseconds = max(1, round(seconds * 1000))
        self._command = (str(runner), str(library), str(limit), str(milliseconds))
        self._file = os.memfd_create("errpath")
        finalize(self, os.close, self._file)
        os.truncate(self._file, size_of(limit))
        shared = mmap.mmap(self._file, 0)
        self.memory = Memory(memoryview(shared), limit)
        self._shared = ffi().from_buffer(shared)
        # Of the library nothing is called here but how two processes take turns.
        exchange = ffi().dlopen(str(library))
        self._exchange = exchange.errpath_exchange
        self._answered = exchange.errpath_answered
        self._held: dict[int, int] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._status = 0
        self._guesses = True
        self._parts: list[tuple[tuple[int, int, int], list[int]]] = []
        self._open = -1
        self._asks = self._guessed = 0

    def hold(self, slot: int, kind: int) -> None:
        """
        Say what a slot holds.
        """
        self._held[slot] = kind
        if self._process is not None:
            self._ask(_KIND, slot, kind, 0)

    def start(self, entry: int, subject: int, goes_on: bool) -> None:  # noqa: FBT001 - as in C
        """
        Begin a run, or another part of the last one.
        """
        if not goes_on:
            self._parts = []
            if self._process is not None and not self._guesses:
                self.close()
        self._parts.append(((entry, subject, int(goes_on)), []))
        if self._process is None:
            self._begin(guesses=True)
        self._open = -1
        self._ask(_START, entry, subject, int(goes_on))

    def resume(self, value: int) -> int:
        """
        Go on with the run; a process that ends tells a finding as its last call.

        The C has gone on already, with guesses of its answers. Where a guess was wrong it goes
        back.
        """
        memory, which = self.memory, self._open
        if which >= 0:
            self._parts[-1][1].append(value)
            if which >= self._guessed or memory.answers[which] != value:
                if self._process is None:
                    self._again()
                self._ask(_ANSWER, which, value, 0)
        which = self._open = which + 1
        return memory.ends[which] if which < self._asks else memory.told

    def close(self) -> None:
        """
        End the process, if there is one.
        """
        if self._process is not None:
            self._process = None
            self._end()

    def _begin(self, *, guesses: bool) -> None:
        handle = self._file
        self._guesses = guesses
        self.memory.clear(guesses=guesses)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - errpath's own program
                [*self._command, str(handle)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(handle,),
            )
        except OSError as error:
            says = f"cannot be run: {error.strerror}"
            raise RefusedError(Problem(self._command[0], says)) from None
        self._end = finalize(self, _end, self._process, os.getpid())
        for slot, kind in self._held.items():
            self._ask(_KIND, slot, kind, 0)

    def _again(self) -> None:
        """
        Come back to where the run is: on a guess that was wrong the C has crashed.
        """
        self._begin(guesses=False)
        for start, answers in self._parts:
            self._ask(_START, *start)
            known = answers if start is not self._parts[-1][0] else answers[:-1]
            for which, value in enumerate(known):
                self._ask(_ANSWER, which, value, 0)

    def _ask(self, what: int, first: int, second: int, third: int) -> None:
        """
        Have something done; of a run, see how far it has come.
        """
        if self._process is None:
            says = f"ends with status {self._status}, before it has run anything"
            raise RefusedError(Problem(self._command[0], says))
        if not self._exchange(self._shared, what, first, second, third):
            self._wait()
        memory = self.memory
        self._asks = asks = memory.asks
        # The last answer is still wanted, unless something was told behind that question.
        wanted = asks and memory.ends[asks - 1] == memory.told
        self._guessed = asks - 1 if wanted else asks

    def _wait(self) -> None:
        """
        Wait for an answer that takes long: for as long as the process is there.
        """
        process = self._process
        assert process is not None  # noqa: S101 - it was asked
        while not self._answered(self._shared):
            status = process.poll()
            if status is not None:
                self._status = status
                self.close()
                self.memory.crashed(status)
                return


def _end(process: subprocess.Popen[bytes], starter: int) -> None:
    # A copy of the process that started it has no say in it.
    if os.getpid() == starter:
        with suppress(OSError), process:
            process.kill()
