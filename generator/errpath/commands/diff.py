# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath diff`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from errpath.commands.claims import claim_of, found_in, not_judged, two_semantics
from errpath.commands.differing import objects, report
from errpath.commands.finding import render
from errpath.commands.loading import clean_specs, counted
from errpath.commands.options import here, specs_folder
from errpath.commands.screen import show
from errpath.commands.status import CLEAN, FINDINGS
from errpath.models import DEFAULT, model

if TYPE_CHECKING:
    from errpath.explore.difference.claim import Claim

EXAMPLES = ("all", "undeclared", "none")


@click.command("diff")
@click.argument("old")
@click.argument("new")
@specs_folder
@click.option(
    "--examples",
    type=click.Choice(EXAMPLES),
    default="all",
    show_default=True,
    help="Which differences are shown with their smallest example.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a group each.")
def command(old: str, new: str, specs: str | None, examples: str, *, as_json: bool) -> None:
    """
    Show every difference between OLD and NEW, and who declares it.

    Both semantics run under the same environment: they get the same answer to the same
    question, in whichever order they ask. What then differs is grouped by what an observer
    sees: BEHAVIOUR (what is returned, the state at the end), COST (calls that are made or no
    longer made, what is held across a call that may sleep), ORDER (the same calls elsewhere).
    Each group has the situations in which it shows, its smallest example, both traces side
    by side, and the deltas of the specs that declare it.

    Exit status 1 if a difference is not declared, or a delta is not true.

    \b
    Examples:
      errpath diff pre post
      errpath diff pre post --examples none
      errpath diff pre post --json | jq 'select(.weight == "behaviour")'
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    found = model(DEFAULT)
    two_semantics(old, new, found)
    project = here(specs)
    # Who has no specs wants to see what differs all the same.
    none = specs is None and not (project.root / project.specs).exists()
    declaring = () if none else clean_specs(project.root, (project.specs,)).specs
    claim = claim_of(declaring, old, new, found)
    findings = [*not_judged(delta for spec in declaring for delta in spec.deltas), *found_in(claim)]
    if as_json:
        for one in objects(claim):
            click.echo(json.dumps(one))
        # What stands between the lines of JSON would be no JSON.
        click.echo(render(findings, "concise"), err=True, nl=bool(findings))
    else:
        show("\n".join(report(claim, examples)))
        show(_closing(claim, len(findings)))
        show(f"\n{render(findings, 'full')}" if findings else "")
    raise SystemExit(FINDINGS if findings else CLEAN)


def _closing(claim: Claim, findings: int) -> str:
    groups = len(claim.differences.groups())
    if not groups:
        return f"\n{claim.old} and {claim.new} do the same on every pair of paths"
    if findings:
        return ""
    deltas = sum(bool(one.shown) for one in claim.declarations)
    return f"\nevery difference is declared, by {counted(deltas, 'delta')}"
