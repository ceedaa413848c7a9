# SPDX-License-Identifier: GPL-2.0-only
"""
Whole processes, measured in turn: A B A B.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

BIN = Path(sys.prefix) / "bin"


class Unmeasured(Exception):  # noqa: N818 - what is missing is a figure
    """
    A command that is to be measured ended otherwise than it should.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """
    What to start, where, and what is done before each start outside the measurement.
    """

    argv: Sequence[str | Path]
    folder: Path
    before: Callable[[], None] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """
    The medians of one command: wall seconds, and peak memory in MiB.
    """

    seconds: float
    peak: float


def in_turn(*commands: Command, rounds: int) -> list[Figures]:
    """
    Start all commands one after another, `rounds` times, after one round that is not counted.
    """
    rows: list[list[tuple[float, float]]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for command, row in zip(commands, rows, strict=True):
            figures = _start(command)
            if number:
                row.append(figures)
    return [
        Figures(seconds=median(s for s, _ in row), peak=median(p for _, p in row)) for row in rows
    ]


def _start(command: Command) -> tuple[float, float]:
    if command.before:
        command.before()
    environment = {**os.environ, **command.environment}
    # Whoever sets it does not want bytecode on this machine; a user of errpath has it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with TemporaryFile() as said:
        started = time.perf_counter()
        try:
            process = subprocess.Popen(
                [str(word) for word in command.argv],
                cwd=command.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            raise Unmeasured(f"{Path(command.argv[0]).name}: {error.strerror}") from error
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise Unmeasured(said.read().decode(errors="replace")[-2000:])
    return seconds, usage.ru_maxrss / 1024


def prepare(*argv: str | Path, folder: Path) -> None:
    """
    Run a command that is not measured itself.
    """
    _start(Command(argv=argv, folder=folder))


def without_bytecode(folder: Path) -> Callable[[], None]:
    """
    Give what removes the bytecode caches below a folder.
    """

    def remove() -> None:
        for cache in list(folder.rglob("__pycache__")):
            shutil.rmtree(cache)

    return remove
