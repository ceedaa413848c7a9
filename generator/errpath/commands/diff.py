# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath diff`.
"""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING, NoReturn

import click

from errpath.commands import list_claims, list_differing
from errpath.commands.claims import claim_of, found_in, known_entry, two_semantics
from errpath.commands.declared import closing
from errpath.commands.differing import objects, report
from errpath.commands.finding import render
from errpath.commands.loading import clean_specs
from errpath.commands.options import here, specs_folder
from errpath.commands.screen import show
from errpath.commands.status import CLEAN, FINDINGS
from errpath.models import DEFAULT, model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.explore.difference.list_claim import ListClaim
    from errpath.spec.contract import Spec

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
@click.option(
    "--entry",
    metavar="FUNCTION",
    help="Compare what runs over a list of one page: migrate_pages, migrate_pages_and_putback.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Compare lists in N processes. [default: one for each processor]",
)
def command(
    old: str,
    new: str,
    specs: str | None,
    examples: str,
    *,
    entry: str | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """
    Show every difference between OLD and NEW, and who declares it.

    Both semantics run under the same environment: they get the same answer to the same
    question, in whichever order they ask. What then differs is grouped by what an observer
    sees: BEHAVIOUR (what is returned, the state at the end), COST (calls that are made or no
    longer made, what is held across a call that may sleep), ORDER (the same calls elsewhere).
    Each group has the situations in which it shows, its smallest example, both traces side
    by side, and the deltas of the specs that declare it.

    With --entry, the function above is compared, on a list of one page, with all its passes:
    what its caller sees. Nobody can walk these paths: those that nothing can tell apart are
    merged, and counted. What is grouped are the attempts on a page in which the two part, by
    what each does there; what then differs at the end stands with them.

    Exit status 1 if a difference is not declared, or a delta is not true.

    \b
    Examples:
      errpath diff pre post
      errpath diff pre post --examples none
      errpath diff pre post --entry migrate_pages
      errpath diff pre post --json | jq 'select(.weight == "behaviour")'
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    found = model(DEFAULT)
    two_semantics(old, new, found)
    project = here(specs)
    # Who has no specs wants to see what differs all the same.
    none = specs is None and not (project.root / project.specs).exists()
    declaring = () if none else clean_specs(project.root, (project.specs,)).specs
    if entry is not None:
        known_entry(entry, found)
        # What is made here is kept until the command ends: there is no garbage to look for.
        gc.disable()
        compared = list_claims.list_claim_of(declaring, old, new, entry=entry, jobs=jobs)
        _on_list(compared, declaring, examples, as_json=as_json)
    claim = claim_of(declaring, old, new, found)
    findings = list(found_in(claim))
    if as_json:
        for one in objects(claim):
            click.echo(json.dumps(one))
        # What stands between the lines of JSON would be no JSON.
        click.echo(render(findings, "concise"), err=True, nl=bool(findings))
    else:
        show("\n".join(report(claim, examples)))
        groups = claim.differences.groups()
        show(f"\n{closing(claim, groups)}" if not (findings and groups) else "")
        show(f"\n{render(findings, 'full')}" if findings else "")
    raise SystemExit(FINDINGS if findings else CLEAN)


def _on_list(claim: ListClaim, specs: Sequence[Spec], examples: str, *, as_json: bool) -> NoReturn:
    """
    Tell what was compared on a list, and end with the status of that.
    """
    findings = [*list_claims.not_compared(specs), *list_claims.found_in_list(claim)]
    if as_json:
        for one in list_differing.objects(claim):
            click.echo(json.dumps(one))
        click.echo(render(findings, "concise"), err=True, nl=bool(findings))
    else:
        show("\n".join(list_differing.report(claim, examples, declaring=True)))
        show(f"\n{closing(claim, claim.parts)}" if not findings else "")
        show(f"\n{render(findings, 'full')}" if findings else "")
    raise SystemExit(FINDINGS if findings else CLEAN)
