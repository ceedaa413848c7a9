# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from errpath import models
from errpath.language import load
from errpath.migrate.words import VOCABULARY

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

CASES = """
import pytest


def test_plain():
    return "plain"


@pytest.mark.parametrize("a", [pytest.param("x", marks=pytest.mark.pre), "y"])
def test_one(a):
    return a


@pytest.mark.parametrize(("a", "b"), [("x", "1"), ("y", "2")])
def test_two(a, b):
    return a, b


@pytest.mark.law
def test_law():
    raise AssertionError
"""


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_corpus_is_made_of_specs(tmp_path: Path) -> None:
    """
    It has no problem, and the cases that it says it has.
    """
    corpus = import_module("corpus")
    cases = corpus.write(tmp_path, scenarios=60)

    loaded = load([tmp_path / "specs"], root=tmp_path, vocabulary=VOCABULARY)

    assert loaded.diagnostics == ()
    scenarios = [scenario for spec in loaded.specs for scenario in spec.scenarios]
    assert len(scenarios) == 60
    assert sum(len(s.cases) * len(s.semantics) for s in scenarios) == cases == 1200
    assert corpus.scenarios_for(1200) == 60


@pytest.mark.parametrize(
    ("write", "count"),
    [("write_empty", {"functions": 30}), ("write_empty_cases", {"cases": 30})],
)
def test_empty_suites_have_so_many_tests(
    write: str, count: dict[str, int], pytester: pytest.Pytester
) -> None:
    """
    What the suite is compared with has as many tests, and they pass.
    """
    getattr(import_module("corpus"), write)(pytester.path, **count, modules=2)

    result = pytester.runpytest_subprocess("-p", "no:errpath", "--import-mode=importlib", "tests")

    result.assert_outcomes(passed=30)


def test_commands_are_measured_in_turn(tmp_path: Path) -> None:
    """
    Each is started once for nothing and then so many times, one after the other.
    """
    measure = import_module("measure")
    first, second = (
        measure.Command(
            argv=[sys.executable, "-c", f"open('log', 'a').write({name!r})"], folder=tmp_path
        )
        for name in "ab"
    )

    figures = measure.in_turn(first, second, rounds=2)

    assert (tmp_path / "log").read_text() == "ababab"
    assert [0 < one.seconds < 60 and one.peak > 1 for one in figures] == [True, True]


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([sys.executable, "-c", "print('no'); raise SystemExit(3)"], "no\n"),
        (["/nowhere/tool"], "tool: No such file or directory"),
    ],
)
def test_command_that_fails_is_not_measured(argv: list[str], says: str, tmp_path: Path) -> None:
    """
    What a command says before it fails, or why it cannot be started, is told.
    """
    measure = import_module("measure")
    with pytest.raises(measure.Unmeasured) as found:
        measure.in_turn(measure.Command(argv=argv, folder=tmp_path), rounds=1)
    assert str(found.value) == says


def test_bytecode_is_wanted_where_it_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Commands write bytecode, whatever the environment says of it.
    """
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "module.py").write_text("")
    measure = import_module("measure")

    measure.prepare(sys.executable, "-c", "import module", folder=tmp_path)

    assert list(tmp_path.glob("__pycache__/module.*.pyc"))
    measure.without_bytecode(tmp_path)()
    assert not (tmp_path / "__pycache__").exists()


def test_cases_run_without_pytest(tmp_path: Path) -> None:
    """
    Every case of every scenario is a function, with its values; a law is none of them.
    """
    models.model()  # a session knows the markers of a model that it has loaded
    (tmp_path / "test_a.py").write_text(CASES)

    seen = [case() for case in import_module("cases").cases_of(tmp_path)]

    assert seen == ["plain", "x", "y", ("x", "1"), ("y", "2")]


def test_model_s_figures_come_from_contracts_that_are_kept() -> None:
    """
    Each figure of the model has a rate.
    """
    rows = list(import_module("model").rows(seconds=0.001, rounds=1))
    assert [row.measured > 0 for row in rows] == [True] * len(rows)


def test_table_tells_what_is_missed() -> None:
    """
    A ratio is to stay below its target, a rate above; a line fits into a mail.
    """
    table = import_module("table")

    lines = [
        table.line(table.Row("a ratio", 1.25, 1.5)),
        table.line(table.Row("a ratio", 1.75, 1.5)),
        table.line(table.Row("a rate", 60_000, 50_000, least=True)),
        table.line(table.Row("a rate", 40_000, 50_000, least=True)),
        table.line(table.Row("a peer", 3.8)),
    ]

    assert lines == [
        "a ratio                                             1.25    <= 1.50  met",
        "a ratio                                             1.75    <= 1.50  MISSED",
        "a rate                                            60,000  >= 50,000  met",
        "a rate                                            40,000  >= 50,000  MISSED",
        "a peer                                              3.80",
    ]
    assert max(map(len, lines)) <= 75


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

    groups = "suite, language, model, startup, verdict, driver, native, peers"
    assert ended.returncode == 2
    assert ended.stderr == f"no group is named siute; there are: {groups}\n"
