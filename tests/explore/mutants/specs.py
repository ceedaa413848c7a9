# SPDX-License-Identifier: GPL-2.0-only
"""
The project's specs, and the judges of their mutants.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from errpath.explore.mutants.above import AboveJudge
from errpath.explore.mutants.judge import Judge
from errpath.language.loading import load
from errpath.migrate.migration import MIGRATE
from errpath.spec.contract import Spec

ROOT = Path(__file__).parents[3]


@cache
def specs() -> Sequence[Spec]:
    """
    Read the specs of the project.
    """
    return load([Path("specs")], root=ROOT, vocabulary=MIGRATE.vocabulary).specs


@cache
def judge(semantics: str) -> Judge:
    """
    Give the judge of a semantics by all specs.
    """
    return Judge(specs(), semantics, MIGRATE)


def judge_of(semantics: str) -> Judge | AboveJudge:
    """
    Give any judge by its name; another process makes it anew.
    """
    return above() if semantics == "driver" else judge(semantics)


@cache
def above() -> AboveJudge:
    """
    Give the judge of what runs above the semantics, by all specs.
    """
    assert MIGRATE.above is not None
    return AboveJudge(specs(), MIGRATE.above(), MIGRATE)


@cache
def lenient(semantics: str) -> Judge:
    """
    Give a judge that has no test at all.
    """
    return Judge((), semantics, MIGRATE)
