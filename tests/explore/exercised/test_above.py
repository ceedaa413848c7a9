# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.contracts.scenario import Suite
from errpath.explore.exercised.above import AboveCoverage
from errpath.explore.exercised.coverage import Kind
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.above import above
from tests.language.reading import load_spec

TEXT = """\
scenario "it" {
    because "A reason."
    run migrate_pages(a)
    a: file, locked
    mode: MIGRATE_ASYNC
    returns 1
}
"""


def _coverage(tmp_path: Path, text: str) -> AboveCoverage:
    (scenario,) = load_spec(tmp_path, text).scenarios
    suite = Suite(MIGRATE)
    coverage = AboveCoverage(above())
    for semantics in scenario.semantics:
        for case in suite.cases(scenario, semantics):
            coverage.judge(case, f"test_{semantics}", suite.stage(scenario))
    return coverage


def test_cases_of_all_semantics_exercise_what_is_above_them(tmp_path: Path) -> None:
    """
    Each row has the number of its cases, and the first of them.
    """
    coverage = _coverage(tmp_path, TEXT)
    rows = {(row.says, row.outcome): row for row in coverage.rows()}
    again = rows["rc == -EAGAIN", True]
    assert (coverage.semantics, coverage.cases, coverage.broken) == ("driver", 2, [])
    assert (again.cases, again.first, again.missed) == (2, "test_pre", False)
    assert {row.kind for row in rows.values()} == {Kind.EXITS, Kind.BRANCHES}


def test_what_no_case_exercises_is_missed_though_no_path_was_walked(tmp_path: Path) -> None:
    """
    Nobody knows that no path gets there.
    """
    rows = {(row.says, row.outcome): row for row in _coverage(tmp_path, TEXT).rows()}
    success = rows["rc == MIGRATEPAGE_SUCCESS", True]
    assert (success.cases, success.path, success.reachable, success.missed) == (0, None, True, True)


def test_a_broken_case_exercises_nothing(tmp_path: Path) -> None:
    """
    It is named instead.
    """
    coverage = _coverage(tmp_path, TEXT.replace("returns 1", "returns 0"))
    assert (coverage.cases, coverage.broken) == (0, ["test_pre", "test_post"])
    assert [row for row in coverage.rows() if row.cases] == []


@pytest.mark.parametrize("text", ["True", "pass_ < 10 and retry"])
def test_a_condition_that_is_no_question_is_no_branch(text: str, tmp_path: Path) -> None:
    """
    A loop that only its body ends has one way in.
    """
    says = {row.says for row in _coverage(tmp_path, TEXT).rows()}
    assert (text in says) is (text != "True")
