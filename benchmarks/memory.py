# SPDX-License-Identifier: GPL-2.0-only
"""
The peak memory of small processes.

Linux counts the memory of whoever starts a process into the process's own peak, until it runs
its program. So it is started by a process that has next to nothing.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure import Unmeasured

# VmHWM is the peak so far. A process that has ended has none.
_STARTER = """
import os, sys
null = os.open(os.devnull, os.O_RDWR)
output, into = os.pipe()
streams = [(os.POSIX_SPAWN_DUP2, one, number) for number, one in enumerate((null, into, null))]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=streams)
os.close(into)
os.read(output, 1)
with open(f"/proc/{pid}/status") as status:
    early = [int(line.split()[1]) for line in status if line.startswith("VmHWM:")]
while os.read(output, 1 << 16):
    pass
_, status, usage = os.wait4(pid, 0)
print(*early, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Peak(NamedTuple):
    """
    The peak of a process in MiB: until it had said its first words, and in its whole life.

    The first is no number for a process that had ended before anybody could look.
    """

    early: float
    whole: float


def peaks(*commands: Sequence[str | Path], folder: Path, rounds: int) -> list[Peak]:
    """
    Start all commands in turn, `rounds` times; gives the medians of each one's peaks.
    """
    found: list[list[Peak]] = [[] for _ in commands]
    for _ in range(rounds):
        for argv, row in zip(commands, found, strict=True):
            row.append(_peak([str(word) for word in argv], folder))
    return [Peak(median(p.early for p in row), median(p.whole for p in row)) for row in found]


def _peak(argv: list[str], folder: Path) -> Peak:
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _STARTER, *argv],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise Unmeasured(f"{Path(argv[0]).name}: exit {ended.returncode}{ended.stderr[-1000:]}")
    kibibytes = [int(word) for word in ended.stdout.split()]
    early = kibibytes[0] if kibibytes[1:] else float("nan")
    return Peak(early / 1024, kibibytes[-1] / 1024)
