# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.explore.exercised.noted import Noted
from errpath.explore.exercised.summary import Summary, summary_of
from errpath.explore.paths.enumerate import paths
from errpath.kernel.findings import KernelBug
from errpath.migrate import model
from tests.toy import run_of

MIGRATE = model()


def test_nothing() -> None:
    """
    No path comes to nothing.
    """
    summary = summary_of([])
    assert (summary.returns, summary.traces, summary.exits, summary.distinct()) == ({}, {}, {}, 0)


def test_counts() -> None:
    """
    Paths are counted by what they return, traces without tests, exits once for each path.
    """
    bug = KernelBug("use-after-put", "touches x")
    summary = summary_of(
        [
            (run_of("a is_full(x) = 0 b", returns=-12), [3, 1, 3]),
            (run_of("a is_full(x) = 1 b", returns=-12), [3]),
            (run_of("a", returns=0), [1]),
            (run_of("a", returns=None, bug=bug), []),
        ]
    )
    assert (dict(summary.returns), summary.traces, summary.exits, summary.distinct()) == (
        {"-ENOMEM": 2, "0": 1, "BUG use-after-put": 1},
        {
            "-ENOMEM": {("a()", "b()"): None},
            "0": {("a()",): None},
            "BUG use-after-put": {("a()",): None},
        },
        {3: {"-ENOMEM": 2}, 1: {"-ENOMEM": 1, "0": 1}},
        3,
    )


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_parts_add_up(semantics: str, size: int) -> None:
    """
    The summaries of parts add up to that of the whole, in the same order.
    """
    noted = Noted(MIGRATE, semantics, branches=False)
    runs = list(paths(noted.run, MIGRATE.vocabulary.rules))
    whole = summary_of(runs)
    added = Summary()
    for start in range(0, len(runs), size):
        added.add(summary_of(runs[start : start + size]))
    assert list(added.returns.items()) == list(whole.returns.items())
    assert [(code, list(traces)) for code, traces in added.traces.items()] == [
        (code, list(traces)) for code, traces in whole.traces.items()
    ]
    assert added.exits == whole.exits
