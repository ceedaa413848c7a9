# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath verify`.
"""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

import click

from errpath.commands.claims import claims, found_in
from errpath.commands.finding import Code, Finding, render
from errpath.commands.loading import clean_specs, counted
from errpath.commands.options import here, specs_folder
from errpath.commands.screen import show
from errpath.commands.status import CLEAN, FINDINGS
from errpath.commands.table import table
from errpath.contracts.events import Patterns
from errpath.contracts.judge import judged
from errpath.contracts.law import unchecked_law
from errpath.explore.enumerate import paths
from errpath.models import model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.contracts.law import Excuse
    from errpath.contracts.law import Law as Judged
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Law, Spec

_NOTHING = "-"


@click.command("verify")
@specs_folder
def command(specs: str | None) -> None:
    """
    Judge every law on every path, and every difference between the semantics.

    This is `errpath check` without pytest and without the scenarios: what the specs say of
    all paths. A law holds on each path that its condition binds, or the exception that it
    declares is true; a difference that a path shows is declared by a delta, and each delta
    is true.

    \b
    Examples:
      errpath verify
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    # What is made here is kept until the command ends: there is no garbage to look for.
    gc.disable()
    project = here(specs)
    loaded = clean_specs(project.root, (project.specs,))
    found = model()
    laws = _Laws(loaded.specs, found)
    findings: list[Finding] = []
    if laws.rows:
        table(["law", *found.vocabulary.semantics], laws.rows)
        click.echo()
    for claim in claims(loaded.specs, found):
        findings += found_in(claim)
        groups, deltas = len(claim.differences.groups()), len(claim.declarations)
        pairs = counted(len(claim.differences.pairs), "pair")
        show(
            f"{claim.old} -> {claim.new}: {counted(groups, 'difference')} on {pairs} of paths, "
            f"{counted(deltas, 'delta')}"
        )
    if not laws.rows and not any(spec.deltas for spec in loaded.specs):
        says = f"no file in `{project.specs}` has a law or a delta to judge"
        findings.append(Finding(code=Code.NOTHING_TO_RUN, message=says))
    for part in (*laws.messages, render(findings, "full")):
        show(f"\n{part}" if part else "")
    raise SystemExit(FINDINGS if findings or laws.messages else CLEAN)


class _Laws:
    """
    The laws of all specs, judged on every path: the rows of the table, and the messages.
    """

    def __init__(self, specs: Sequence[Spec], model: Model) -> None:
        laws = [law for spec in specs for law in spec.laws]
        self._model = model
        self._patterns = Patterns(model.vocabulary)
        self.messages: list[str] = []
        cells: dict[str, list[str]] = {str(law.at): [law.name] for law in laws}
        for semantics in model.vocabulary.semantics if laws else ():
            runs = self._paths(semantics)
            for law in laws:
                said = self._cell(law, semantics, runs)
                cells[str(law.at)].append(said)
        self.rows = list(cells.values())

    def _paths(self, semantics: str) -> list[Run]:
        run = partial(self._model.reference().run, semantics)
        return list(paths(run, self._model.vocabulary.rules))

    def _cell(self, law: Law, semantics: str, runs: Sequence[Run]) -> str:
        if semantics not in law.semantics:
            return _NOTHING
        found, excuses = judged(law, semantics, runs, model=self._model, patterns=self._patterns)
        messages = list(_messages(law, semantics, found, excuses))
        self.messages += messages
        if messages:
            return f"{len(found.broken)} BROKEN of {found.bound}" if found.broken else "UNCHECKED"
        excused = sum(excuse.excused for excuse in excuses)
        return f"{found.bound - excused} kept" + (f", {excused} excused" if excused else "")


def _messages(law: Law, semantics: str, found: Judged, excuses: Sequence[Excuse]) -> Iterator[str]:
    at = str(law.at)
    if found.broken:
        yield found.explained(
            law.name, at=at, semantics=semantics, target="reference model", again="errpath verify"
        )
    else:
        unchecked = found.unchecked(excuses)
        if unchecked:
            yield unchecked_law(law.name, at=at, semantics=semantics, unchecked=unchecked)
