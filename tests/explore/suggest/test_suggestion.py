# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from functools import cache, partial
from itertools import chain

import pytest

from errpath.contracts.scenario import cases
from errpath.contracts.situation import Situations
from errpath.explore.exercised.noted import Noted
from errpath.explore.mutants.judge import Judge
from errpath.explore.mutants.matrix import score
from errpath.explore.paths.enumerate import paths
from errpath.explore.suggest.suggestion import Suggestion, suggested
from errpath.language.loading import load
from errpath.language.syntax.formatting import format_text
from errpath.migrate.migration import MIGRATE
from tests.shell import Shell

BOTH = ("pre", "post")
RULES = MIGRATE.vocabulary.rules


@cache
def _suggested(*semantics: str) -> Suggestion:
    return suggested(MIGRATE, semantics)


@pytest.fixture
def project(shell: Shell) -> Shell:
    """
    Stand in a project that has the suggestion and nothing else.
    """
    shell.write("specs/suggested.errpath", _suggested(*BOTH).text)
    return shell


def _exits(noted: Noted, *passed: list[int]) -> set[int]:
    return {point for point in chain(*passed) if noted.points[point].is_exit}


def test_it_is_a_spec_that_an_author_would_keep(project: Shell) -> None:
    """
    What is suggested has no problem, and stands in the one layout.
    """
    text = _suggested(*BOTH).text
    assert project("lint").out == "1 spec: no problem\n"
    assert format_text(text) == text


def test_it_is_green(project: Shell) -> None:
    """
    The right versions keep all that is suggested.
    """
    assert project("generate").status == 0
    said = project("check")
    number = _suggested(*BOTH).scenarios
    assert said.status == 0
    assert f"specs/suggested.errpath  {number} kept  {number} kept" in said.out


@pytest.mark.parametrize("semantics", BOTH)
def test_it_alone_kills_every_mutant(project: Shell, semantics: str) -> None:
    """
    Each mutant that any path can show is killed by a scenario of the suggestion.
    """
    loaded = load([project.folder / "specs"], root=project.folder, vocabulary=MIGRATE.vocabulary)
    judge = Judge(loaded.specs, semantics, MIGRATE)
    found = score(map(judge.verdict, judge.mutants))
    assert (found.survived, found.score, found.by_laws) == (0, 1.0, 0)
    assert found.killed > 350


@pytest.mark.parametrize("semantics", BOTH)
def test_it_takes_every_exit(project: Shell, semantics: str) -> None:
    """
    Each exit that any path takes is taken in some situation of the suggestion.
    """
    loaded = load([project.folder / "specs"], root=project.folder, vocabulary=MIGRATE.vocabulary)
    noted = Noted(MIGRATE, semantics)
    situations = Situations(MIGRATE.vocabulary)
    taken = [
        noted.run(case.situation.environment())[1]
        for spec in loaded.specs
        for scenario in spec.scenarios
        for case in cases(scenario, semantics, situations)
    ]
    every = [passed for _, passed in paths(partial(noted.run), RULES)]
    assert _exits(noted, *taken) == _exits(noted, *every)


def test_it_says_how_small_it_is() -> None:
    """
    The head counts, and says whether fewer would do; nothing is told that is not so.
    """
    found = _suggested(*BOTH)
    assert found.scenarios == found.text.count('scenario "')
    assert found.at_least == found.scenarios
    assert found.text.splitlines()[:4] == [
        "# SPDX-License-Identifier: GPL-2.0-only",
        f"# {found.scenarios} scenarios. They take every exit of pre and post ({found.exits}),",
        f"# and kill every mutant that any path can show ({found.mutants}).",
        "# No smaller set does.",
    ]


def test_one_semantics_has_a_suggestion_of_its_own(shell: Shell) -> None:
    """
    Scenarios that take the exits of one semantics are fewer, and speak of the other as well.
    """
    found = _suggested("post")
    shell.write("specs/post.errpath", found.text)
    assert shell("lint").out == "1 spec: no problem\n"
    assert found.scenarios <= _suggested(*BOTH).scenarios
    assert found.exits < _suggested(*BOTH).exits
    loaded = load([shell.folder / "specs"], root=shell.folder, vocabulary=MIGRATE.vocabulary)
    judge = Judge(loaded.specs, "post", MIGRATE)
    assert score(map(judge.verdict, judge.mutants)).score == 1.0
