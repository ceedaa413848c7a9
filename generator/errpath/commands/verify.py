# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath verify`.
"""

from __future__ import annotations

import gc
import json
import os
import re
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import click

from errpath.commands import regressions
from errpath.commands.claims import claims, found_in
from errpath.commands.finding import Code, Finding, object_of, render
from errpath.commands.laws import Laws
from errpath.commands.list_claims import compared_on_lists, not_compared
from errpath.commands.listed import (
    bound_of,
    messages_of,
    objects,
    refused,
    tables_of,
    undecided,
)
from errpath.commands.loading import clean_specs, counted
from errpath.commands.options import here, listing, specs_folder
from errpath.commands.pages import Lengths, hold_to_most, pages_option
from errpath.commands.screen import fold, show
from errpath.commands.status import CLEAN, FINDINGS, unusable
from errpath.commands.table import table
from errpath.models import model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.commands.listed import Table
    from errpath.explore.difference.pair_claim import PairClaim
    from errpath.explore.merged.verdicts import Verdicts
    from errpath.project import Project
    from errpath.spec.contract import Law

_OF_ALL_PATHS = re.compile(rb"^(?:\xef\xbb\xbf)?[^\S\n]*(?:law|delta)\b", re.MULTILINE)


@click.command("verify")
@specs_folder
@pages_option("1..6", "How long the lists are that laws about lists of any length are judged on.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Judge lists in N processes, a semantics each. [default: one for each processor]",
)
@click.option("--lists/--no-lists", default=True, help="Judge laws about lists, or leave them out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, of each verdict.")
def command(
    specs: str | None, pages: Lengths, jobs: int | None, *, lists: bool, as_json: bool
) -> None:
    """
    Judge every law on every path, and every difference between the semantics.

    This is `errpath check` without pytest and without the scenarios: what the specs say of
    all paths, so that only files with a law or a delta are read. A law holds on each path
    that its condition binds, or the exception that it declares is true; a difference that a
    path shows is declared by a delta, and each delta is true.

    A law with `run migrate_pages(each page)` is judged on all paths over all lists of the
    lengths of --pages. Nobody can walk these paths: those that nothing can tell apart are
    merged, and counted. Where a law names `page`, a path counts for each of its pages.

    A delta with `run migrate_pages(a)` is compared on lists of one page, as `errpath diff` does
    with --entry; what was found clean is not compared again. --no-lists leaves it out as well.

    \b
    Examples:
      errpath verify
      errpath verify --pages 8
      errpath verify --pages 1..3 --json | jq 'select(.broken > 0)'
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    # What is made here is kept until the command ends: there is no garbage to look for.
    gc.disable()
    project = here(specs)
    loaded = clean_specs(project.root, _files(project) or (project.specs,))
    found = model()
    semantics = found.vocabulary.semantics
    listed = [law for spec in loaded.specs for law in spec.laws if law.entry]
    hold_to_most(pages, (law.entry.name for law in listed if law.entry and law.entry.each), found)
    compared = list(claims(loaded.specs, found))
    laws = Laws(loaded.specs, found, compared)
    on_lists = _on_lists(listed, pages, jobs) if listed and lists else []
    deltas = [delta for spec in loaded.specs for delta in spec.deltas]
    findings = [*not_compared(loaded.specs), *refused(on_lists)]
    said = []
    for found_there in compared_on_lists(loaded.specs, project.root, jobs) if lists else ():
        findings += found_there.findings
        said.append(found_there.says)
    for claim in compared:
        findings += found_in(claim)
    if not (laws.rows or on_lists or deltas):
        says = f"no file in `{project.specs}` has a law or a delta to judge"
        findings.append(Finding(code=Code.NOTHING_TO_RUN, message=says))
    messages = [*laws.messages, *messages_of(on_lists)]
    if as_json:
        for one in (
            *laws.objects,
            *objects(on_lists),
            *regressions.objects(loaded.specs),
            *map(object_of, findings),
        ):
            click.echo(json.dumps(one))
    else:
        tables = [(["law", *semantics], laws.rows)] if laws.rows else []
        sentences = [*bound_of(on_lists), *undecided(on_lists, pages)]
        sentences += [*map(_compared, compared), *said]
        if listed and not lists:
            sentences.append(f"{counted(len(listed), 'law')} about lists left out: --no-lists")
        left = sum(1 for delta in deltas if delta.entry)
        if left and not lists:
            sentences.append(f"{counted(left, 'delta')} about lists left out: --no-lists")
        _show([*tables, *tables_of(on_lists, pages, semantics)], sentences)
        declared = "\n".join(regressions.regressions(loaded.specs))
        for part in (*messages, declared, render(findings, "full")):
            show(f"\n{part}" if part else "")
    raise SystemExit(FINDINGS if findings or messages else CLEAN)


def _show(tables: Sequence[Table], sentences: Sequence[str]) -> None:
    """
    Print tables, with a line between, and below them what is said of all.
    """
    for number, (head, rows) in enumerate(tables):
        if number:
            click.echo()
        table(head, rows)
    if tables and sentences:
        click.echo()
    for sentence in sentences:
        show(fold(sentence))


def _on_lists(laws: Sequence[Law], pages: Lengths, jobs: int | None) -> list[Verdicts]:
    """
    Judge the laws about lists in every semantics.
    """
    from errpath.explore.merged.jobs import judged_in_each  # noqa: PLC0415 - only for lists

    jobs = jobs or len(os.sched_getaffinity(0))
    try:
        return judged_in_each(model, laws, pages, jobs=jobs, again="errpath verify")
    except BrokenProcessPool:
        message = "a process that judged laws about lists was ended by somebody else"
        raise unusable(message) from None


def _compared(claim: PairClaim) -> str:
    """
    Say how many differences there are between two semantics, and how many deltas.
    """
    groups, deltas = len(claim.differences.groups()), len(claim.declarations)
    pairs = counted(len(claim.differences.pairs), "pair")
    return (
        f"{claim.old} -> {claim.new}: {counted(groups, 'difference')} on {pairs} of paths, "
        f"{counted(deltas, 'delta')}"
    )


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
