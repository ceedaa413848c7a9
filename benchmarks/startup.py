# SPDX-License-Identifier: GPL-2.0-only
"""
How long somebody waits for the first line.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus import write
from measure import BIN, Command, in_turn
from table import Row


def rows(root: Path, *, rounds: int) -> Iterator[Row]:
    """
    Measure `--version`, `--help` and `lint` of one file beside `python -c pass`.
    """
    write(root, scenarios=10)
    errpath = BIN / "errpath"
    nothing, version, help_, warm, cold = in_turn(
        Command(argv=[sys.executable, "-c", "pass"], folder=root),
        Command(argv=[errpath, "--version"], folder=root),
        Command(argv=[errpath, "--help"], folder=root),
        Command(argv=[errpath, "lint", "specs/part_0.errpath"], folder=root),
        Command(
            argv=[errpath, "lint", "specs/part_0.errpath"],
            folder=root,
            before=lambda: shutil.rmtree(root / ".errpath_cache", ignore_errors=True),
        ),
        rounds=rounds,
    )
    yield Row("errpath --version / python -c pass", version.seconds / nothing.seconds, 4)
    yield Row("errpath --help / the same", help_.seconds / nothing.seconds, 4)
    yield Row("errpath lint, a file that it knows / the same", warm.seconds / nothing.seconds, 10)
    yield Row("errpath lint, a file that is new / the same", cold.seconds / nothing.seconds, 10)
