# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath verify`.
"""

from __future__ import annotations

import gc
import re
from functools import partial
from typing import TYPE_CHECKING

import click

from errpath.commands.claims import claims, found_in, not_judged
from errpath.commands.finding import Code, Finding, render
from errpath.commands.loading import clean_specs, counted
from errpath.commands.options import here, listing, specs_folder
from errpath.commands.screen import show
from errpath.commands.status import CLEAN, FINDINGS
from errpath.commands.table import table
from errpath.contracts.alike import alike, named_by
from errpath.contracts.events import Patterns
from errpath.contracts.judge import judged
from errpath.contracts.law import unchecked_law
from errpath.explore.paths.enumerate import paths
from errpath.models import model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.contracts.alike import Alike
    from errpath.contracts.law import Excuse
    from errpath.contracts.law import Law as Judged
    from errpath.explore.difference.claim import Claim
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.project import Project
    from errpath.spec.contract import Law, Spec

_NOTHING = "-"
_OF_ALL_PATHS = re.compile(rb"^(?:\xef\xbb\xbf)?[^\S\n]*(?:law|delta)\b", re.MULTILINE)


@click.command("verify")
@specs_folder
def command(specs: str | None) -> None:
    """
    Judge every law on every path, and every difference between the semantics.

    This is `errpath check` without pytest and without the scenarios: what the specs say of
    all paths, so that only files with a law or a delta are read. A law holds on each path
    that its condition binds, or the exception that it declares is true; a difference that a
    path shows is declared by a delta, and each delta is true.

    \b
    Examples:
      errpath verify
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    # What is made here is kept until the command ends: there is no garbage to look for.
    gc.disable()
    project = here(specs)
    loaded = clean_specs(project.root, _files(project) or (project.specs,))
    found = model()
    compared = list(claims(loaded.specs, found))
    laws = _Laws(loaded.specs, found, compared)
    of_all_paths = [one for spec in loaded.specs for one in (*spec.laws, *spec.deltas)]
    findings = list(not_judged(of_all_paths))
    if laws.rows:
        table(["law", *found.vocabulary.semantics], laws.rows)
    if laws.rows and compared:
        click.echo()
    for claim in compared:
        findings += found_in(claim)
        groups, deltas = len(claim.differences.groups()), len(claim.declarations)
        pairs = counted(len(claim.differences.pairs), "pair")
        show(
            f"{claim.old} -> {claim.new}: {counted(groups, 'difference')} on {pairs} of paths, "
            f"{counted(deltas, 'delta')}"
        )
    if not of_all_paths:
        says = f"no file in `{project.specs}` has a law or a delta to judge"
        findings.append(Finding(code=Code.NOTHING_TO_RUN, message=says))
    for part in (*laws.messages, render(findings, "full")):
        show(f"\n{part}" if part else "")
    raise SystemExit(FINDINGS if findings or laws.messages else CLEAN)


def _files(project: Project) -> tuple[str, ...]:
    """
    Name the files that say something of all paths: an item begins its line.
    """
    return tuple(
        name
        for name in listing(project.root, (project.specs,))
        if (project.root / name).is_file()
        and _OF_ALL_PATHS.search((project.root / name).read_bytes())
    )


class _Laws:
    """
    The laws of all specs, judged on every path: the rows of the table, and the messages.
    """

    def __init__(self, specs: Sequence[Spec], model: Model, compared: Sequence[Claim]) -> None:
        laws = [law for spec in specs for law in spec.laws if not law.entry]
        self._model = model
        self._patterns = Patterns(model.vocabulary)
        self.messages: list[str] = []
        named = named_by(laws, self._patterns)
        cells: dict[str, list[str]] = {str(law.at): [law.name] for law in laws}
        for semantics in model.vocabulary.semantics if laws else ():
            classes = alike(self._paths(semantics, compared), model, named)
            for law in laws:
                said = self._cell(law, semantics, classes)
                cells[str(law.at)].append(said)
        self.rows = list(cells.values())

    def _paths(self, semantics: str, compared: Sequence[Claim]) -> list[Run]:
        """
        Take the paths from a comparison that had them all, or enumerate them.
        """
        for claim in compared:
            if semantics in (claim.old, claim.new):
                return claim.paths(semantics)
        run = partial(self._model.reference().run, semantics)
        return list(paths(run, self._model.vocabulary.rules))

    def _cell(self, law: Law, semantics: str, classes: Sequence[Alike]) -> str:
        if semantics not in law.semantics:
            return _NOTHING
        found, excuses = judged(law, semantics, classes, model=self._model, patterns=self._patterns)
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
