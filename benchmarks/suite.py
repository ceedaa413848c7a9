# SPDX-License-Identifier: GPL-2.0-only
"""
The generated suite beside as many empty test functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus import scenarios_for, write, write_empty, write_empty_cases
from measure import BIN, Command, in_turn, prepare, without_bytecode
from table import Row

_QUIET = ("-q", "--no-header", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider")


def rows(root: Path, *, cases: int, rounds: int) -> Iterator[Row]:
    """
    Measure the suite of a corpus with so many cases: time, first run, memory.
    """
    real = write(root / "real", scenarios=scenarios_for(cases))
    prepare(BIN / "errpath", "generate", folder=root / "real")
    folder = root / "real" / "generated_tests"
    modules = len(list(folder.glob("test_*.py")))
    write_empty(root / "empty", functions=real, modules=modules)
    write_empty_cases(root / "empty_cases", cases=real, modules=modules)
    suite = Command(
        argv=[BIN / "pytest", *_QUIET, "--import-mode=importlib", "generated_tests"],
        folder=root / "real",
    )
    empty = Command(
        argv=[BIN / "pytest", *_QUIET, "--import-mode=importlib", "-p", "no:errpath", "tests"],
        folder=root / "empty",
    )
    first = Command(argv=suite.argv, folder=suite.folder, before=without_bytecode(folder))
    in_cases = Command(argv=empty.argv, folder=root / "empty_cases")
    errpath, nothing, fresh, parametrized = in_turn(suite, empty, first, in_cases, rounds=rounds)
    name = f"{real:,} cases"
    yield Row(f"{name} / as many empty functions", errpath.seconds / nothing.seconds, 1.0)
    yield Row(f"{name}, first run / with bytecode", fresh.seconds / errpath.seconds, 1.2)
    yield Row(f"{name}, peak memory / empty functions", errpath.peak / nothing.peak, 1.5)
    yield Row(f"{name} / empty parametrized cases", errpath.seconds / parametrized.seconds)
