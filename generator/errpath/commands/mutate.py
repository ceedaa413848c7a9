# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath mutate`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

import click

from errpath.commands.loading import clean_specs, counted
from errpath.commands.mutated import Report, objects
from errpath.commands.options import here, specs_folder
from errpath.commands.progress import Bar
from errpath.commands.screen import show
from errpath.commands.semantics import known_semantics
from errpath.commands.status import CLEAN, FINDINGS, complain, unusable
from errpath.explore.mutants.above import AboveJudge, runs_entries
from errpath.explore.mutants.jobs import verdicts
from errpath.explore.mutants.judge import BrokenAlreadyError, Judge
from errpath.explore.mutants.registry import KNOWN_BUG, OPERATORS
from errpath.models import model

if TYPE_CHECKING:
    from errpath.explore.mutants.judge import Verdict
    from errpath.explore.mutants.mutant import Mutant
    from errpath.kernel.target import Model
    from errpath.spec.contract import Spec

_NAMES = (*(operator.name for operator in OPERATORS), KNOWN_BUG)
_LISTED = "\n".join(f"  {operator.name:<19}{operator.says}" for operator in OPERATORS)
EPILOG = f"""\b
Operators:
{_LISTED}
  {KNOWN_BUG:<19}A bug that the kernel had, and no other operator makes.
"""

# To start a process takes as long as to judge some tens of mutants.
_WORTH_A_PROCESS = 100


@click.command("mutate", epilog=EPILOG)
@specs_folder
@click.option("--semantics", metavar="NAME", help="Mutate this one alone, or what runs above them.")
@click.option(
    "--operator", "operators", multiple=True, metavar="NAME", help="Only mutants of this one."
)
@click.option("--tests", "every", is_flag=True, help="List what each scenario and law is for.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a mutant each.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Judge in N processes. [default: one for each processor, if there is enough to do]",
)
def command(
    specs: str | None,
    semantics: str | None,
    operators: tuple[str, ...],
    jobs: int | None,
    *,
    every: bool,
    as_json: bool,
) -> None:
    """
    Score the specs by the mutants that they kill.

    A mutant is a semantics with one thing wrong, as error paths go wrong: a call is left
    out, a label is another one, a lock is given up too early. Each is judged by every
    scenario and every law, and is killed if one of their tests turns red. A mutant that
    survives is shown with the smallest path that would tell it from the right version. If
    no path does, whatever the environment answers, it is equivalent, and not counted.

    What runs above the semantics, over lists of pages, is mutated as well if a scenario
    runs it. Its paths are too many to walk: there a mutant is equivalent for a reason that
    the model declares, or it survives. A reason that somebody gainsays is an error.

    Exit status 1 if a mutant survives.

    \b
    Examples:
      errpath mutate
      errpath mutate --semantics post --operator other-label
      errpath mutate --json | jq 'select(.verdict == "survived")'
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    found = model()
    for name in operators:
        if name not in _NAMES:
            raise unusable(f"no operator is named `{name}`{_meant(name)}")
    names = _names(found, semantics)
    project = here(specs)
    loaded = clean_specs(project.root, (project.specs,))
    if semantics is None and found.above and runs_entries(loaded.specs):
        names = (*names, found.above().name)
    judges = [_judge(loaded.specs, name) for name in names]
    if not any(judge.tests for judge in judges):
        complain(f"no file in `{project.specs}` has a scenario or a law: nothing is judged")
        raise SystemExit(FINDINGS)
    mutants = [
        mutant
        for judge in judges
        for mutant in judge.mutants
        if not operators or mutant.operator in operators
    ]
    if not mutants:
        raise unusable("there is no mutant to judge: the operators find nothing to change")
    made = {judge.semantics: judge for judge in judges}
    jobs = jobs or min(len(os.sched_getaffinity(0)), 1 + len(mutants) // _WORTH_A_PROCESS)
    make = made.__getitem__ if jobs == 1 else partial(_judge, loaded.specs)
    results = _judged(verdicts(make, mutants, jobs=jobs), mutants)
    if as_json:
        done = []
        for verdict, text in objects(results):
            click.echo(json.dumps(text))
            done.append(verdict)
        report = Report(judges, done, found.vocabulary)
    else:
        report = Report(judges, list(results), found.vocabulary)
        report.print(every=every)
    if report.unscored:
        complain("every mutant is equivalent: nothing is scored")
    raise SystemExit(FINDINGS if report.errors or report.unscored else CLEAN)


def _names(model: Model, semantics: str | None) -> tuple[str, ...]:
    """
    Name what is to be mutated; ends with status 2 if that has no source.
    """
    if semantics is not None:
        if model.above and semantics == model.above().name:
            return (semantics,)
        known_semantics(semantics, model)
    names = model.vocabulary.semantics if semantics is None else (semantics,)
    for name in names:
        if name not in model.modules:
            raise unusable(f"the model has no Python source of `{name}`: nothing can be mutated")
    return names


def _judge(specs: Sequence[Spec], semantics: str) -> Judge | AboveJudge:
    """
    Make the judge of a semantics, or of what is above; ends with status 1 if the specs are broken.
    """
    found = model()
    try:
        if found.above and semantics == found.above().name:
            return AboveJudge(specs, found.above(), found)
        return Judge(specs, semantics, found)
    except BrokenAlreadyError as error:
        tests = counted(len(error.tests), "test")
        fail = "fails" if len(error.tests) == 1 else "fail"
        says = f"{tests} of `{semantics}` {fail} without a mutant: a mutant can turn none red"
        show(f"error: {says}")
        show("  = help: `errpath check` tells what is broken")
        raise SystemExit(FINDINGS) from None


def _meant(name: str) -> str:
    close = get_close_matches(name, _NAMES, n=1)
    return f"; `{close[0]}` exists" if close else " (see `errpath mutate --help`)"


class _Judged(Bar):
    """
    A bar that counts mutants.
    """

    def __init__(self, mutants: int) -> None:
        super().__init__()
        self._mutants = mutants

    def says(self) -> str:
        """
        Give the count in words.
        """
        return f"{self._paths:,} of {self._mutants:,} mutants"


def _judged(found: Generator[Verdict], mutants: Sequence[Mutant]) -> Iterator[Verdict]:
    """
    Give the verdicts, with a bar for somebody who waits.
    """
    done = 0
    try:
        with closing(found), _Judged(len(mutants)) as bar:
            for verdict in found:
                done += 1
                bar.advance(1, 1 / len(mutants))
                yield verdict
    except BrokenProcessPool:
        raise unusable(
            f"a process that judged mutants was ended by somebody else, behind"
            f" {counted(done, 'mutant')}: this is not the whole"
        ) from None
