# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath coverage`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from errpath.commands.exercised import Exercised
from errpath.commands.finding import render
from errpath.commands.loading import clean_specs
from errpath.commands.options import here, specs_folder
from errpath.commands.screen import show
from errpath.commands.status import CLEAN, FINDINGS, complain
from errpath.commands.table import table
from errpath.commands.walking import max_paths, walked
from errpath.contracts.scenario import Suite
from errpath.emit.plan import target
from errpath.explore.exercised.above import AboveCoverage
from errpath.explore.exercised.coverage import Coverage, Kind
from errpath.explore.paths.part import Work
from errpath.models import model

if TYPE_CHECKING:
    from errpath.commands.finding import Finding
    from errpath.kernel.target import Model
    from errpath.project import Project
    from errpath.spec.contract import Scenario, Spec


@click.command("coverage")
@specs_folder
@max_paths
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
def command(specs: str | None, most: int, *, as_json: bool) -> None:
    """
    Show what the scenarios exercise, and what they miss.

    Each case of each scenario is run and judged, and counts if its contract is kept. The
    table has, for each semantics, what the cases exercise of all that any path reaches:

    \b
      exits       each goto, return, and end of a block that falls into a label
      faults      each answer that is made against the caller
      branches    both outcomes of each condition, and of each operand of and/or
      primitives  each call, with its subjects
      values      each answer to each choice

    Of what runs above the semantics, over lists of pages, it has exits and branches, if any
    scenario runs it. What laws alone reach, since they walk every path, is listed with the
    smallest path that gets there, and what no path reaches is listed and not counted. Exits
    and faults have to be exercised whole: each that no scenario exercises is an error, with
    exit status 1.
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    project = here(specs)
    loaded = clean_specs(project.root, (project.specs,))
    found = model()
    coverages: list[Coverage | AboveCoverage] = [*_coverages(project, found, loaded.specs, most)]
    coverages += _above(project, found, loaded.specs)
    parts = [Exercised(coverage, found.vocabulary) for coverage in coverages]
    findings = [finding for part in parts for finding in part.findings()]
    if not any(part.cases or part.broken for part in parts):
        complain(f"no spec in `{project.specs}` has a scenario: nothing is exercised")
        raise SystemExit(FINDINGS)
    if as_json:
        click.echo(json.dumps({part.semantics: part.object() for part in parts}))
    else:
        _show(parts, findings)
    raise SystemExit(FINDINGS if findings else CLEAN)


def _coverages(
    project: Project, found: Model, specs: Sequence[Spec], most: int
) -> Iterator[Coverage]:
    """
    Run every case, and then every path, in each semantics.
    """
    suite = Suite(found)
    every = [(_module(project, spec), one) for spec in specs for one in spec.scenarios]
    for name in found.vocabulary.semantics:
        coverage = Coverage(found, name)
        _judge(coverage, suite, every, name)
        work = partial(Work, run=coverage.run, rules=found.vocabulary.rules, gather=coverage.reach)
        for _ in walked(work, name, jobs=1, most=most):
            pass
        yield coverage


def _above(project: Project, found: Model, specs: Sequence[Spec]) -> Iterator[AboveCoverage]:
    """
    Run the cases of all entries, in every semantics, on what is above those.
    """
    listed = [
        (_module(project, spec), one) for spec in specs for one in spec.scenarios if one.entry
    ]
    if found.above and listed:
        suite = Suite(found)
        coverage = AboveCoverage(found.above())
        for name in found.vocabulary.semantics:
            _judge(coverage, suite, listed, name)
        yield coverage


def _judge(
    coverage: Coverage | AboveCoverage,
    suite: Suite,
    scenarios: Iterable[tuple[str, Scenario]],
    semantics: str,
) -> None:
    """
    Run the cases of scenarios, each of which comes with the module that has its tests.
    """
    for module, scenario in scenarios:
        stage = suite.stage(scenario)
        for case in suite.cases(scenario, semantics):
            coverage.judge(case, f"{module}::{case.test}", stage)


def _module(project: Project, spec: Spec) -> str:
    return target(Path(project.tests), spec.file, PurePosixPath(project.specs)).as_posix()


def _show(parts: Sequence[Exercised], findings: Sequence[Finding]) -> None:
    counts = ", ".join(f"{part.cases} of {part.semantics}" for part in parts)
    show(f"exercised by the cases of scenarios: {counts}\n")
    rows = [[kind.value, *(part.cell(kind) for part in parts)] for kind in Kind]
    table(["", *(part.semantics for part in parts)], rows)
    missed = [line for part in parts for line in part.only_laws()]
    if missed:
        show("\n".join(["\nreached by no scenario, only by the paths of laws:", *missed]))
    unknown = [line for part in parts for line in part.unknown()]
    if unknown:
        show("\n".join(["\nreached by no scenario, and other paths were not walked:", *unknown]))
    unreachable = [line for part in parts for line in part.unreachable()]
    if unreachable:
        show("\n".join(["\nreached by no path, and not counted:", *unreachable]))
    text = render(findings, "full")
    show(f"\n{text}" if text else "")
