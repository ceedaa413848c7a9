# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from errpath.language import load
from errpath.migrate.words import VOCABULARY

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """
    Give the module that writes specs to measure with.
    """
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return import_module("corpus")


def test_corpus_is_made_of_specs(corpus: ModuleType, tmp_path: Path) -> None:
    """
    It has no problem, and the cases that it says it has.
    """
    cases = corpus.write(tmp_path, scenarios=60)

    loaded = load([tmp_path / "specs"], root=tmp_path, vocabulary=VOCABULARY)

    assert loaded.diagnostics == ()
    scenarios = [scenario for spec in loaded.specs for scenario in spec.scenarios]
    assert len(scenarios) == 60
    assert sum(len(s.cases) * len(s.semantics) for s in scenarios) == cases == 1200
    assert corpus.scenarios_for(1200) == 60


def test_table_tells_what_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A ratio is to stay below its target, a rate above.
    """
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    table = import_module("table")

    lines = [
        table.line(table.Row("a ratio", 1.25, 1.5)),
        table.line(table.Row("a ratio", 1.75, 1.5)),
        table.line(table.Row("a rate", 60_000, 50_000, least=True)),
        table.line(table.Row("a rate", 40_000, 50_000, least=True)),
        table.line(table.Row("a peer", 3.8)),
    ]

    assert lines == [
        "a ratio                                                  1.25   <= 1.50",
        "a ratio                                                  1.75   <= 1.50 MISSED",
        "a rate                                                 60,000 >= 50,000",
        "a rate                                                 40,000 >= 50,000 MISSED",
        "a peer                                                   3.80",
    ]


def test_group_that_is_none_is_told() -> None:
    """
    Nothing is measured for a name with a slip of the pen.
    """
    ended = subprocess.run(
        [sys.executable, BENCHMARKS / "run.py", "siute"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (
        2,
        "no group is named siute; there are: suite, language, model, startup, peers\n",
    )
