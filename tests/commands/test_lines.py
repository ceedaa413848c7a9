# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json

import pytest

from errpath.commands import lines
from errpath.commands.lines import Lines
from errpath.kernel.findings import KernelBug
from errpath.kernel.run import Run
from tests.toy import run_of


def _object(run: Run) -> str:
    """
    Write a run as a library does.
    """
    found = {
        "semantics": "old",
        "choices": run.choices,
        "returns": run.returns,
        "trace": run.calls(),
        "final": run.final,
        "bug": run.bug and run.bug.name,
    }
    return json.dumps(found) + "\n"


RUNS = [
    run_of("a is_full(x) = 0 try(x) = 1", final={"x": {"on": "shelf", "sold": True}}),
    run_of("a", final={"x": {"on": "shelf", "sold": 1}}, choices={"colour": 'r"ed\n', "n": -1}),
    run_of("", returns=None, bug=KernelBug("use-after-put", "touches x")),
    run_of("b", returns=-12, final={"x": {"on": "shelf", "sold": True}}, choices={"n#2": "é"}),
]


@pytest.mark.parametrize("kept", [1, 10_000])
def test_lines_are_what_a_library_writes(monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    """
    However few texts are kept, a line is to the letter what a library writes of the object.
    """
    monkeypatch.setattr(lines, "_KEPT", kept)
    assert Lines("old").text([*RUNS, *RUNS]) == "".join(map(_object, [*RUNS, *RUNS]))


def test_no_lines() -> None:
    """
    No path is no line.
    """
    assert Lines("old").text([]) == ""
