# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath trace`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from errpath.commands.loading import read, report, status
from errpath.commands.options import here, specs_folder
from errpath.commands.scenarios import case_of, find, hint
from errpath.commands.screen import fold, show
from errpath.commands.semantics import known_semantics
from errpath.commands.status import unusable
from errpath.contracts.picture import held_across, picture
from errpath.contracts.scenario import Suite, situation_of
from errpath.models import model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.kernel.run import Run
    from errpath.spec.contract import Scenario, Spec


@click.command("trace")
@click.argument("scenario")
@specs_folder
@click.option("--case", metavar="ID", help="One case of a scenario that has several.")
@click.option("--semantics", metavar="NAME", help="Show this one alone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a run each.")
def command(
    scenario: str, specs: str | None, case: str | None, semantics: str | None, *, as_json: bool
) -> None:
    """
    Show one scenario's run, event by event, pre beside post.

    SCENARIO is its sentence, its place (specs/allocation.errpath:12), or the name of its
    test. Next to the events stands the span of every lock, reference and migration entry
    that the run holds: + taken, | held, - given up. Those of one kind that are never held
    at once share a column.

    \b
    Examples:
      errpath trace "no memory for the new page"
      errpath trace specs/allocation.errpath:12 --case MIGRATE_ASYNC
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    spec, found = _scenario(specs, scenario)
    which = case_of(found, case)
    contracts = model(spec.model)
    if semantics is not None:
        known_semantics(semantics, contracts)
        if semantics not in found.semantics:
            raise unusable(f"the scenario has no contract for `{semantics}`")
    stage = Suite(contracts).stage(found)
    situation = situation_of(stage.situations, found, which)
    target = stage.model.reference()
    names = found.semantics if semantics is None else (semantics,)
    runs = [target.run(name, situation.environment()) for name in names]
    if as_json:
        for run in runs:
            click.echo(json.dumps(_object(run)))
    else:
        _show(found, which, runs)


def _scenario(specs: str | None, text: str) -> tuple[Spec, Scenario]:
    """
    Find a scenario in the specs that have no problem; the problems are told if it is not there.
    """
    project = here(specs)
    loaded = read(project.root, (project.specs,))
    found = find(loaded.specs, text)
    if found:
        return found
    if loaded.diagnostics:
        report(loaded.diagnostics, loaded.sources, "full")
        raise SystemExit(status(loaded.diagnostics))
    raise unusable(f"no scenario is named `{text}`{hint(loaded.specs, text)}")


def _show(scenario: Scenario, case: tuple[str, ...], runs: Sequence[Run]) -> None:
    head = [fold(scenario.name), str(scenario.at)]
    if case:
        others = len(scenario.cases) - 1
        more = f"  ({others} more: --case)" if others else ""
        head.append(fold(f"case {'-'.join(case)}{more}"))
    show("\n".join([*head, "", *picture(*runs)]))
    across = "\n".join(held_across(runs))
    show(f"\n{across}" if across else "")


def _object(run: Run) -> dict[str, Any]:
    return {
        "semantics": run.semantics,
        "choices": run.choices,
        "returns": run.returns,
        "trace": run.calls(),
        "held": _held(run),
        "final": run.final,
    }


def _held(run: Run) -> dict[str, list[list[str | None]]]:
    """
    Give what the run held: the call that took it, and the one that gave it up.

    None stands for what came before the run, and for what is still held at its end.
    """

    def name(step: int | None) -> str | None:
        return run.trace[step - 1].text if step else None

    open_rows = [(item, start, None) for item, start in run.ledger.open_rows()]
    held: dict[str, list[list[str | None]]] = {}
    for item, start, end in [*run.ledger.spans, *open_rows]:
        held.setdefault(item.text, []).append([name(start), name(end)])
    return held
