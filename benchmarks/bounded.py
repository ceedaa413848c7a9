# SPDX-License-Identifier: GPL-2.0-only
"""
A process that may not end: it is stopped at a bound.

It is started by a process that has next to nothing, as those of `memory` are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from measure import Unmeasured

if TYPE_CHECKING:
    from measure import Command

# Whoever is interrupted has ten seconds in which it may say how far it came. What it starts is in
# its group, and stops with it.
_STARTER = """
import json, os, signal, sys, time
figures, seconds, *argv = sys.argv[1:]
stopped = []
def stop(*_):
    os.killpg(pid, signal.SIGKILL if stopped else signal.SIGINT)
    stopped.append(1)
    signal.alarm(10)
signal.signal(signal.SIGALRM, stop)
started = time.perf_counter()
try:
    pid = os.posix_spawnp(argv[0], argv, os.environ, setpgroup=0)
except OSError as error:
    told = {"missing": error.strerror}
else:
    try:
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
        _, status, usage = os.wait4(pid, 0)
        signal.alarm(0)
    except BaseException:
        os.killpg(pid, signal.SIGKILL)
        raise
    taken = time.perf_counter() - started
    status = None if stopped else os.waitstatus_to_exitcode(status)
    told = {
        "seconds": float(seconds) if stopped else taken,
        "peak": usage.ru_maxrss / 1024,
        "status": status,
    }
with os.fdopen(int(figures), "w") as file:
    json.dump(told, file)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """
    What a process took, in wall seconds and MiB at its peak, and what it said.

    One that was stopped took at least that, and has no exit `status`.
    """

    seconds: float
    peak: float
    status: int | None
    said: str

    @property
    def ended(self) -> bool:
        """
        Whether it ended by itself.
        """
        return self.status is not None


def bounded(command: Command, *, seconds: float) -> Bounded:
    """
    Start a command and whatever it starts, and interrupt them all after so many seconds.

    A command that cannot be started is Unmeasured.
    """
    if command.before:
        command.before()
    environment = {**os.environ, **command.environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    words = [str(word) for word in command.argv]
    with TemporaryFile() as said, TemporaryFile() as figures:
        number = figures.fileno()
        starter = [sys.executable, "-I", "-S", "-c", _STARTER, str(number), str(seconds), *words]
        subprocess.run(
            starter,
            cwd=command.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            pass_fds=(number,),
            check=True,
        )
        said.seek(0)
        text = said.read().decode(errors="replace")
        figures.seek(0)
        told = json.loads(figures.read())
    if "missing" in told:
        raise Unmeasured(f"{Path(words[0]).name}: {told['missing']}")
    return Bounded(**told, said=text)
