# SPDX-License-Identifier: GPL-2.0-only
"""
What is told of a verdict on a list beside those of peers.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_peer_that_was_stopped_counts_as_its_bound() -> None:
    """
    It has taken at least that, on a longer list too; and what it did not do is said.
    """
    driver, line = import_module("driver"), import_module("table").line
    figures = driver.Figures
    before = {
        "errpath": figures(1.0, 60, 0, ended=True, pages=1),
        "Spin": figures(4.0, 90, 1_000, ended=True, pages=1),
        "TLC": figures(8.0, 300, 500, ended=True, pages=1),
    }
    second = {
        "errpath": figures(6.0, 60, 0, ended=True, pages=2),
        "Spin": figures(20.0, 90, 30_000, ended=True, pages=2),
        "TLC": figures(120.0, 900, 70_000, ended=False, pages=2),
    }
    third = second | {
        "errpath": figures(60.0, 60, 0, ended=True, pages=3),
        "Spin": figures(120.0, 90, 60_000, ended=False, pages=3),
    }

    lines = [line(row) for row in driver.compared(2, second, before)]
    more = [line(row) for row in driver.compared(3, third, second)]

    assert lines == [
        "2 pages: errpath, seconds                           6.00",
        "2 pages: errpath, MiB                              60.00",
        "2 pages: Spin, seconds                             20.00",
        "2 pages: Spin, MiB                                 90.00",
        "2 pages: Spin, states                             30,000",
        "2 pages: TLC, stopped after seconds               120.00",
        "2 pages: TLC, MiB                                 900.00",
        "2 pages: TLC, states so far                       70,000",
        "2 pages: errpath / Spin                             0.30    <= 0.50  met",
        "2 pages: errpath / TLC (stopped)                    0.05    <= 0.50  met",
        "2 pages: errpath's MiB / TLC's (stopped)            0.07    <= 0.33  met",
        "2 pages: growth of time / of Spin's states          0.20    <= 1.00  met",
    ]
    assert more == [
        "3 pages: errpath, seconds                          60.00",
        "3 pages: errpath, MiB                              60.00",
        "3 pages: Spin, stopped after seconds              120.00",
        "3 pages: Spin, MiB                                 90.00",
        "3 pages: Spin, states so far                      60,000",
        "3 pages: errpath / Spin (stopped)                   0.50    <= 0.50  met",
        "3 pages: errpath / TLC (of 2, stopped)              0.50    <= 0.50  met",
        "3 pages: errpath's MiB / TLC's (of 2, stopped)      0.07    <= 0.33  met",
        "3 pages: growth of time / of Spin's states          5.00    <= 1.00  MISSED",
    ]


def test_errpath_that_was_stopped_is_no_better_than_its_bound() -> None:
    """
    It has taken the bound, at least, and is not said to have met anything by ending early.
    """
    driver, line = import_module("driver"), import_module("table").line
    taken = {
        "errpath": driver.Figures(120.0, 60, 0, ended=False, pages=1),
        "TLC": driver.Figures(120.0, 300, 500, ended=False, pages=1),
    }

    lines = [line(row) for row in driver.compared(2, taken, taken)]

    assert lines == [
        "2 pages: errpath, stopped / TLC (of 1, stopped)     1.00    <= 0.50  MISSED",
        "2 pages: errpath's MiB / TLC's (of 1, stopped)      0.20    <= 0.33  met",
    ]
    assert max(map(len, lines)) <= 75
