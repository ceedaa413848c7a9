# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath paths`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from errpath.commands.semantics import known_semantics
from errpath.commands.status import unusable
from errpath.commands.table import table
from errpath.explore.enumerate import paths
from errpath.models import DEFAULT, UnknownModelError, model
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.kernel.run import Run


@click.command("paths")
@click.argument("semantics")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a path each.")
@click.option(
    "--model",
    "model_name",
    default=DEFAULT,
    show_default=True,
    metavar="NAME",
    help="The model that has it.",
)
def command(semantics: str, model_name: str, *, as_json: bool) -> None:
    """
    Enumerate every path of SEMANTICS (pre or post).

    A path is one complete assignment of what the environment decides: is the lock free, is
    there memory, is the page mapped. A question is asked when the code asks it, so what a
    path does not read is no choice of it; combinations that cannot be are left out.

    \b
    Examples:
      errpath paths post
      errpath paths pre --json | jq 'select(.returns == -12)'
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    try:
        found = model(model_name)
    except UnknownModelError as error:
        raise unusable(str(error)) from None
    known_semantics(semantics, found)
    target = found.reference()
    runs = paths(lambda environment: target.run(semantics, environment), found.vocabulary.rules)
    if as_json:
        for run in runs:
            sys.stdout.write(json.dumps(_object(run)) + "\n")
    else:
        _summary(semantics, runs)


def _object(run: Run) -> dict[str, Any]:
    return {
        "semantics": run.semantics,
        "choices": run.choices,
        "returns": run.returns,
        "trace": run.calls(),
        "final": run.final,
        "bug": run.bug and run.bug.name,
    }


def _summary(semantics: str, runs: Iterator[Run]) -> None:
    codes: Counter[str] = Counter()
    traces: dict[str, set[tuple[str, ...]]] = {}
    for run in runs:
        code = f"BUG {run.bug.name}" if run.bug else spell(run.returns or 0)
        codes[code] += 1
        traces.setdefault(code, set()).add(tuple(run.calls()))
    distinct = sum(map(len, traces.values()))
    click.echo(f"{semantics}: {codes.total()} paths, {distinct} distinct (returns, trace)\n")
    rows = [[code, str(count), str(len(traces[code]))] for code, count in codes.most_common()]
    table(["returns", "paths", "distinct"], rows)
