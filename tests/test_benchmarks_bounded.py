# SPDX-License-Identifier: GPL-2.0-only
"""
Processes that are stopped at a bound.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_process_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    """
    Whatever it has started is interrupted with it, and it has taken the bound.
    """
    bounded, measure = import_module("bounded"), import_module("measure")
    waits = f"'{sys.executable}' -c 'import signal; signal.pause()'"
    forever = ["sh", "-c", f"{waits}; echo it was not interrupted"]

    found = bounded.bounded(measure.Command(argv=forever, folder=tmp_path), seconds=0.5)

    assert (found.ended, found.status, found.seconds) == (False, None, 0.5)
    assert "it was not interrupted" not in found.said


def test_process_that_ends_is_measured(tmp_path: Path) -> None:
    """
    It has its exit status, what it said, and less than the bound.
    """
    bounded, measure = import_module("bounded"), import_module("measure")
    argv = [sys.executable, "-c", "print('done'); raise SystemExit(3)"]

    found = bounded.bounded(measure.Command(argv=argv, folder=tmp_path), seconds=300)

    assert (found.ended, found.status, found.said) == (True, 3, "done\n")
    assert 0 < found.seconds < 300
    assert found.peak > 1


def test_process_that_cannot_be_started_is_not_measured(tmp_path: Path) -> None:
    """
    What is missing is named.
    """
    bounded, measure = import_module("bounded"), import_module("measure")
    with pytest.raises(measure.Unmeasured) as found:
        bounded.bounded(measure.Command(argv=["/nowhere/tool"], folder=tmp_path), seconds=1)
    assert str(found.value) == "tool: No such file or directory"


def test_memory_of_who_starts_it_is_not_its_own(tmp_path: Path) -> None:
    """
    A process that is started from a large one has its own peak.
    """
    bounded, measure = import_module("bounded"), import_module("measure")
    kept = bytes(range(256)) * 400_000
    argv = [sys.executable, "-I", "-S", "-c", ""]

    found = bounded.bounded(measure.Command(argv=argv, folder=tmp_path), seconds=300)

    assert 1 < found.peak < len(kept) / 2**20
