# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from typing import Any

import pytest

from errpath.kernel.ledger import Ledger
from errpath.kernel.run import Run
from errpath.vocabulary.choice import Value
from tests.toy import events, run_of


def test_calls_leave_tests_out() -> None:
    """
    The trace as text has what acts or takes a result, not what only reads.
    """
    run = run_of("a is_full(x) = 0 try(x) = 1 unlock(x)")
    assert run.calls() == ["a()", "try(x) = 1", "unlock(x)"]


def test_final_state_is_worded_once_and_on_demand() -> None:
    """
    The final state costs nothing until it is read, and nothing when it is read again.
    """
    worded: list[str] = []

    def final() -> dict[str, dict[str, Any]]:
        worded.append("worded")
        return {"x": {"on": "shelf"}}

    run = Run(
        "old",
        choices={},
        trace=events("a"),
        returns=0,
        ledger=Ledger(()),
        entitled=frozenset(),
        final=final,
    )
    before = list(worded)
    assert (before, run.final, run.final, worded) == (
        [],
        {"x": {"on": "shelf"}},
        {"x": {"on": "shelf"}},
        ["worded"],
    )


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"try(x)": 0}, True),
        ({"try(x)": 1, "try(x)#2": 0}, True),
        ({"try(x)": 1, "try(x)#2": 1}, False),
        ({"try(xy)#2": 0}, False),
        ({}, False),
    ],
)
def test_answered(choices: dict[str, Value], expected: bool) -> None:  # noqa: FBT001
    """
    A choice was answered so if any of its calls was, the first or a later one.
    """
    assert run_of("a", choices=choices).answered("try(x)", 0) is expected
