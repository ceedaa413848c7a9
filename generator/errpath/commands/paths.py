# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath paths`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import click

from errpath.commands.exits import exits
from errpath.commands.lines import Lines
from errpath.commands.screen import show
from errpath.commands.semantics import known_semantics
from errpath.commands.status import unusable
from errpath.commands.table import table
from errpath.commands.walking import max_paths, walked, write
from errpath.explore.exercised.noted import Noted
from errpath.explore.exercised.summary import Summary, summary_of
from errpath.explore.paths.part import Work
from errpath.models import DEFAULT, UnknownModelError, model

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model

_MOST_JOBS = 256


@click.command("paths")
@click.argument("semantics", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a path each.")
@click.option(
    "--jobs",
    type=click.IntRange(1, _MOST_JOBS),
    default=1,
    show_default=True,
    metavar="N",
    help="How many processes walk a large tree of choices. The output is the same for each N.",
)
@max_paths
@click.option(
    "--suggest",
    is_flag=True,
    help="Write a small set of scenarios that takes every exit and kills every mutant.",
)
@click.option(
    "--entry",
    metavar="NAME",
    help="The paths of a function that is given a list of pages, merged: migrate_pages.",
)
@click.option(
    "--pages",
    type=click.IntRange(1),
    metavar="K",
    help="With --entry: how long the list is. [default: 1]",
)
@click.option(
    "--model",
    "model_name",
    default=DEFAULT,
    show_default=True,
    metavar="NAME",
    help="The model that has it.",
)
@click.pass_context
def command(
    context: click.Context,
    semantics: str | None,
    *,
    model_name: str,
    jobs: int,
    most: int,
    entry: str | None,
    pages: int | None,
    as_json: bool,
    suggest: bool,
) -> None:
    """
    Enumerate every path of SEMANTICS (pre or post).

    A path is one complete assignment of what the environment decides: is the lock free, is
    there memory, is the page mapped. A question is asked when the code asks it, so what a
    path does not read is no choice of it; combinations that cannot be are left out.

    It prints the return codes, the distinct traces of each, and every exit of the functions
    under contract: each goto, each return and each end of a block that falls into a label,
    with the condition around it, the paths that take it, and what they return.

    Lines of JSON are written as they come. They are all paths only if the exit status is 0:
    behind the N-th line that --max-paths allows there is an error on standard error.

    With --entry it tells the paths over a list of K pages. They are too many to walk, even for
    one page: those that nothing can tell apart are merged, and their exact number is told by
    return code and by class. In JSON, a line is a class, with its smallest path.

    With --suggest it writes a spec instead, for an author to begin with: as few scenarios as
    take every exit of SEMANTICS, or of all, and tell every mutant from the right version.

    \b
    Examples:
      errpath paths post
      errpath paths --suggest >specs/new.errpath
      errpath paths pre --json | jq 'select(.returns == -12)'
      errpath paths post --entry migrate_pages --pages 3
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    try:
        found = model(model_name)
    except UnknownModelError as error:
        raise unusable(str(error)) from None
    if semantics is not None:
        known_semantics(semantics, found)
    _hold_together(entry, pages, as_json=as_json, suggest=suggest)
    if suggest:
        click.echo(_suggested(found, semantics), nl=False)
    elif semantics is None:
        raise click.MissingParameter(ctx=context, param_type="argument", param_hint="'SEMANTICS'")
    elif entry is not None:
        _of_a_list(found, semantics, entry, pages or 1, as_json=as_json)
    elif as_json:
        # On a terminal, a bar would stand between the lines.
        bar = not sys.stdout.isatty()
        lines = partial(_lines, model_name, semantics)
        write(walked(lines, semantics, jobs=jobs, most=most, bar=bar))
    else:
        summary = Summary()
        counts = partial(_counts, model_name, semantics)
        with closing(walked(counts, semantics, jobs=jobs, most=most)) as summaries:
            for some in summaries:
                summary.add(some)
        _show(semantics, found, summary)


def _hold_together(entry: str | None, pages: int | None, *, as_json: bool, suggest: bool) -> None:
    """
    End with status 2 if options contradict each other.
    """
    if entry is None and pages is not None:
        raise unusable("--pages is about a list, and --entry names no function that has one")
    if suggest and entry is not None:
        raise unusable("--suggest is about one page, and --entry about a list")
    if suggest and as_json:
        raise unusable("--suggest gives a spec, and no JSON")


def _of_a_list(found: Model, semantics: str, entry: str, pages: int, *, as_json: bool) -> None:
    """
    Tell the paths of an entry.
    """
    from errpath.commands.merged_paths import merged_paths  # noqa: PLC0415 - only lists pay for it

    entries = found.vocabulary.entries
    if entry not in entries:
        known = " and ".join(f"`{name}`" for name in entries) or "none"
        raise unusable(f"no entry is named `{entry}`: the entries are {known}")
    if pages > entries[entry].most:
        most = entries[entry].most
        raise unusable(f"`{entry}` takes at most {most} pages, and {pages:,} are asked for")
    merged_paths(found, semantics, entry, pages, as_json=as_json)


def _suggested(found: Model, semantics: str | None) -> str:
    """
    Give the spec, as `errpath format` lays it out.
    """
    from errpath.explore.suggest.suggestion import (  # noqa: PLC0415 - it takes the mutants
        UnsuggestibleError,
        suggested,
    )
    from errpath.language.syntax.formatting import format_text  # noqa: PLC0415 - likewise

    names = found.vocabulary.semantics if semantics is None else (semantics,)
    missing = [name for name in names if name not in found.modules]
    if missing or not names:
        name = f"`{missing[0]}`" if missing else "any semantics"
        raise unusable(f"the model has no Python source of {name}: nothing can be suggested")
    try:
        return format_text(suggested(found, names).text)
    except UnsuggestibleError as error:
        raise unusable(str(error)) from None


def _lines(model_name: str, semantics: str) -> Work[Run, str]:
    """
    Make what gives lines of JSON.
    """
    found = model(model_name)
    run = partial(found.reference().run, semantics)
    return Work(run=run, rules=found.vocabulary.rules, gather=Lines(semantics).text)


def _counts(model_name: str, semantics: str) -> Work[tuple[Run, Sequence[int]], Summary]:
    """
    Make what counts.
    """
    found = model(model_name)
    return Work(run=_run_of(found, semantics), rules=found.vocabulary.rules, gather=summary_of)


def _run_of(found: Model, semantics: str) -> Callable[[Environment], tuple[Run, Sequence[int]]]:
    if semantics in found.modules:
        return Noted(found, semantics, branches=False).run
    target = found.reference()
    return lambda environment: (target.run(semantics, environment), ())


def _show(semantics: str, found: Model, summary: Summary) -> None:
    returns = summary.returns.most_common()
    distinct = summary.distinct()
    show(f"{semantics}: {summary.returns.total()} paths, {distinct} distinct (returns, trace)\n")
    rows = [[code, str(count), str(len(summary.traces[code]))] for code, count in returns]
    table(["returns", "paths", "distinct"], rows)
    if semantics in found.modules:
        noted = Noted(found, semantics, branches=False)
        lines = exits(noted.points, summary.exits, [code for code, _ in returns])
        show("\n".join(["", f"exits of {noted.file}", "", *lines]))
    else:
        show(f"\nno table of exits: the model has no Python source of `{semantics}`")
