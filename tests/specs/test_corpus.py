# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from errpath.commands.loading import read
from errpath.contracts.scenario import situation_of
from errpath.explore.paths.enumerate import paths
from errpath.kernel.run import Run
from errpath.language import Loaded, format_text
from errpath.models import model
from errpath.spec.contract import Contract, Scenario
from tests.runs import SITUATIONS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "specs").rglob("*.errpath"))
NAMES = [file.relative_to(ROOT).as_posix() for file in FILES]
VOCABULARY = model().vocabulary

each_semantics = pytest.mark.parametrize("semantics", VOCABULARY.semantics)
each_file = pytest.mark.parametrize("file", FILES, ids=NAMES)


@cache
def corpus() -> Loaded:
    """
    Read the project's own specs.
    """
    with pytest.MonkeyPatch.context() as context:
        context.chdir(ROOT)
        return read(ROOT, NAMES)


def scenarios() -> list[Scenario]:
    """
    List every scenario of the corpus.
    """
    return [scenario for spec in corpus().specs for scenario in spec.scenarios]


def alone() -> list[Scenario]:
    """
    List the scenarios of one page.
    """
    return [scenario for scenario in scenarios() if scenario.entry is None]


def contracts() -> list[Contract]:
    """
    List every scenario and every law of the corpus.
    """
    return [*scenarios(), *(law for spec in corpus().specs for law in spec.laws)]


@cache
def every_path(semantics: str) -> tuple[Run, ...]:
    """
    Run a semantics on every path.
    """
    target = model().reference()
    found = paths(lambda environment: target.run(semantics, environment), VOCABULARY.rules)
    return tuple(found)


@cache
def every_case(semantics: str) -> tuple[Run, ...]:
    """
    Run every case of every scenario of one page in a semantics.
    """
    target = model().reference()
    return tuple(
        target.run(semantics, situation_of(SITUATIONS, scenario, case).environment())
        for scenario in alone()
        if semantics in scenario.semantics
        for case in scenario.cases
    )


def faults(run: Run) -> Iterator[tuple[str, object]]:
    """
    Give the faults of a run: what the environment answered against the caller.
    """
    for text, value in run.choices.items():
        choice = text.partition("#")[0]
        if VOCABULARY.fault_at(choice, value):
            yield choice, value


def ending(run: Run) -> str:
    """
    Give the exit that a run took, by all that can be seen of it afterwards.
    """
    return json.dumps([run.returns, run.final], sort_keys=True)


def test_no_problem() -> None:
    """
    The corpus has no problem, and leaves no file out.
    """
    found = corpus()
    assert (found.diagnostics, [spec.file for spec in found.specs]) == ((), NAMES)


@each_file
def test_licence_and_subject(file: Path) -> None:
    """
    Each file begins with its licence, and a sentence about its subject.
    """
    first, second, *_ = file.read_text(encoding="utf-8").splitlines()
    (spec,) = [spec for spec in corpus().specs if spec.file == file.relative_to(ROOT).as_posix()]
    assert (first, second[:2], spec.says[-1:]) == (
        "# SPDX-License-Identifier: GPL-2.0-only",
        "# ",
        ".",
    )


@each_file
def test_layout(file: Path) -> None:
    """
    Each file is in the one layout.
    """
    text = file.read_text(encoding="utf-8")
    assert format_text(text) == text


def test_reasons_are_sentences() -> None:
    """
    Each scenario and law says why, in a sentence.
    """
    reasons = [contract.because for contract in contracts()]
    assert [why for why in reasons if not why.endswith(".")] == []


def test_names_are_no_sentences() -> None:
    """
    A name stands in a line of output: it ends without a stop.
    """
    assert [one.name for one in contracts() if one.name.endswith((".", ":", "!"))] == []


def test_names_are_unique() -> None:
    """
    No name is used in two files: `errpath trace` finds each scenario by its name.
    """
    names = Counter(contract.name for contract in contracts())
    assert [name for name, count in names.items() if count > 1] == []


def test_commits_have_one_title() -> None:
    """
    A commit that is cited twice has the same title twice.
    """
    cited = {(commit.id, commit.title) for one in contracts() for commit in one.commits}
    assert len({commit for commit, _ in cited}) == len(cited)


@each_semantics
def test_every_fault(semantics: str) -> None:
    """
    Every fault that can happen on some path happens in some scenario.
    """
    possible = {fault for run in every_path(semantics) for fault in faults(run)}
    happened = {fault for run in every_case(semantics) for fault in faults(run)}
    assert (bool(possible), possible - happened) == (True, set())


@each_semantics
def test_every_exit(semantics: str) -> None:
    """
    Every return code with every final state that it can come with is reached by a scenario.
    """
    possible = {ending(run) for run in every_path(semantics)}
    reached = {ending(run) for run in every_case(semantics)}
    assert (len(possible) > 40, possible - reached) == (True, set())


@each_semantics
def test_every_mode_and_force(semantics: str) -> None:
    """
    ENOMEM, busy locks and writeback are met in every mode, with and without force.
    """
    met = {
        (scenario_fault, words.get("mode"), words.get("force"))
        for words, scenario_fault in _met(semantics)
    }
    modes = [word.name for word in VOCABULARY.settings["mode"].words]
    expected = {
        (fault, mode, force)
        for fault in (
            "get_new_page(src)",
            "trylock_page(src)",
            "trylock_page(dst)",
            "PageWriteback(src)",
        )
        for mode in modes
        for force in ("no", "yes")
    }
    assert expected - met == set()


def _met(semantics: str) -> Iterator[tuple[dict[str, str], str]]:
    """
    Give the settings of each case, stated or by default, with each fault that it meets.
    """
    target = model().reference()
    defaults = {name: aspect.default.name for name, aspect in VOCABULARY.settings.items()}
    for scenario in alone():
        if semantics not in scenario.semantics:
            continue
        for case in scenario.cases:
            run = target.run(semantics, situation_of(SITUATIONS, scenario, case).environment())
            stated = {s.aspect: s.words[0] for s in scenario.situation.settings}
            chosen = dict(zip(scenario.parameters, case, strict=True))
            words = {name: chosen.get(name, stated.get(name, defaults[name])) for name in defaults}
            for text, _ in faults(run):
                yield words, text
