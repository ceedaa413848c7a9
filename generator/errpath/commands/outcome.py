# SPDX-License-Identifier: GPL-2.0-only
"""
What was due, beside what ran: the table, and whatever was not checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from errpath.commands.finding import Code, Finding
from errpath.commands.loading import counted
from errpath.emit.plan import target

if TYPE_CHECKING:
    from errpath.commands.running import Ran
    from errpath.project import Project
    from errpath.spec.contract import Law, Scenario, Spec

_NOTHING = "-"


class Outcome:
    """
    The cases of all specs, and what came of each.
    """

    def __init__(
        self, project: Project, specs: Sequence[Spec], ran: Ran, *, narrowed: bool
    ) -> None:
        self._ran = ran
        self._narrowed = narrowed
        self._modules: dict[str, str] = {}
        self._due: Counter[tuple[str, str]] = Counter()
        for spec in specs:
            folder, specs_folder = project.root / project.tests, PurePosixPath(project.specs)
            module = target(folder, spec.file, specs_folder).relative_to(project.root).as_posix()
            for contract, cases in _contracts(spec):
                self._modules[module] = spec.file
                for name in contract.semantics:
                    self._due[module, name] += cases

    def rows(self, semantics: Sequence[str]) -> list[list[str]]:
        """
        Give the rows of the table: a spec with what each semantics keeps, and the sum.
        """
        rows = []
        for module, spec in self._modules.items():
            cells = [self._cell([(module, name)]) for name in semantics]
            if any(cell != _NOTHING for cell in cells):
                rows.append([spec, *cells])
        sums = [self._cell([(module, name) for module in self._modules]) for name in semantics]
        return [*rows, ["all", *sums]]

    def unchecked(self) -> Iterator[Finding]:
        """
        Find that cases which were to run did not: green must not mean that nobody looked.
        """
        ran, asked = self._count(), self._asked()
        if ran < asked or not asked:
            message = f"{ran} of {counted(asked, 'case')} ran: what did not run is not checked"
            if not asked:
                message = f"none of {counted(self._due.total(), 'case')} was selected"
            yield Finding(code=Code.NOT_RUN, message=message, help=self._why())

    def left_out(self) -> str:
        """
        Say how many cases were not asked for; "" if all were.
        """
        ran, due = self._count(), self._due.total()
        return f"{ran} of {due} cases ran: the others were not asked for" if ran < due else ""

    def _cell(self, keys: Sequence[tuple[str, str]]) -> str:
        good = sum(self._ran.passed[key] for key in keys)
        bad = sum(self._ran.failed[key] for key in keys)
        if bad:
            return f"{bad} BROKEN of {good + bad}"
        return f"{good} kept" if good else _NOTHING

    def _asked(self) -> int:
        """
        Count what was to run: all that is due, unless somebody asked for some of it.
        """
        if self._narrowed:
            return sum(min(self._ran.selected[key], self._due[key]) for key in self._due)
        return self._due.total()

    def _count(self) -> int:
        ran = self._ran
        return sum(min(ran.passed[key] + ran.failed[key], self._due[key]) for key in self._due)

    def _why(self) -> str | None:
        if self._ran.unread:
            return f"pytest cannot import {', '.join(f'`{name}`' for name in self._ran.unread)}"
        skipped = sum(self._ran.skipped[key] for key in self._due)
        if skipped:
            return f"{counted(skipped, 'case')} skipped, or expected to fail"
        return None


def _contracts(spec: Spec) -> Iterator[tuple[Scenario | Law, int]]:
    """
    Give each contract that is run, and in how many cases; a law is one, whatever its paths.
    """
    for scenario in spec.scenarios:
        yield scenario, len(scenario.cases)
    for law in spec.laws:
        yield law, 1
