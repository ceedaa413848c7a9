# SPDX-License-Identifier: GPL-2.0-only
"""
What `errpath paths --entry` tells: the paths over a list of pages, by classes.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from errpath.commands.loading import counted
from errpath.commands.screen import fold
from errpath.commands.status import unusable
from errpath.commands.table import table
from errpath.contracts.cleanup import contracts_broken
from errpath.contracts.number import spelled
from errpath.kernel.caller import Flag
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.explore.merged.merged import Class, Merged
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model


def merged_paths(model: Model, semantics: str, entry: str, count: int, *, as_json: bool) -> None:
    """
    Print the paths of an entry over a list of that length, or a line of JSON for each class.
    """
    from errpath.explore.merged.entangled import EntangledError  # noqa: PLC0415 - only lists
    from errpath.explore.merged.lists import Lists, names_of  # noqa: PLC0415 - only lists

    pages = names_of(count, "page")
    try:
        found = Lists(model, entry).merged(pages, semantics)
    except EntangledError as error:
        raise unusable(f"the paths cannot be merged: {error}") from None
    listed = model.at(entry, pages)
    if as_json:
        for one in found.classes:
            click.echo(json.dumps(_object(one, semantics, listed)))
        return
    classes = counted(len(found.classes), "class").replace("classs", "classes")
    length = counted(count, "page")
    click.echo(f"{semantics}: {spelled(found.paths)} paths of {entry}() over {length}, {classes}\n")
    number: Counter[str] = Counter(_end(one.run) for one in found.classes)
    table(
        ["returns", "paths", "classes"],
        [[end, spelled(paths), str(number[end])] for end, paths in _ends(found)],
    )
    click.echo()
    click.echo(
        fold(
            f"Nobody walks so many: what nothing can tell apart was merged. {found.runs} runs of a "
            f"page alone told {found.statuses} states and {found.attempts} attempts apart."
        )
    )
    click.echo("\nclasses, each by what is not as ever in its smallest run:")
    for end, _ in _ends(found):
        click.echo(f"\n{end}")
        for says, paths in _said(found, end, listed).most_common():
            click.echo(fold(f"  {spelled(paths):>8}  {says}"))


def _ends(found: Merged) -> Iterator[tuple[str, int]]:
    """
    Give how paths end and how many do, the most first; those that are stopped last.
    """
    rows = sorted(found.returns.items(), key=lambda row: -row[1])
    yield from ((spell(code), count) for code, count in rows)
    stops = sorted(found.bugs.items(), key=lambda row: -row[1])
    yield from ((f"stops: {bug}", count) for bug, count in stops)


def _said(found: Merged, end: str, model: Model) -> Counter[str]:
    """
    Count the paths that end so, by what is said of their class.
    """
    said: Counter[str] = Counter()
    for one in found.classes:
        if _end(one.run) == end:
            said[_says(one.run, model)] += one.paths
    return said


def _end(run: Run) -> str:
    if run.bug is not None:
        return f"stops: {run.bug.name}"
    return "-" if run.returns is None else spell(run.returns)


def _says(run: Run, model: Model) -> str:
    """
    Say which answers are not the first of their kind, and which contracts are broken.
    """
    choices = model.vocabulary.choices
    times: Counter[str] = Counter()
    for asked, value in run.choices.items():
        text = asked.partition("#")[0]
        choice = choices[text]
        # What became of a flag that the caller has set tells classes apart, but no paths.
        if value != choice.values[0] and not isinstance(choice, Flag):
            times[f"{text} = {value}"] += 1
    answers = [f"{says} ({n} times)" if n > 1 else says for says, n in times.items()]
    broken = () if run.bug else sorted(contracts_broken(run, model))
    said = ", ".join(answers) or "all as ever"
    return f"{said}; breaks {', '.join(broken)}" if broken else said


def _object(one: Class, semantics: str, model: Model) -> dict[str, Any]:
    run = one.run
    return {
        "semantics": semantics,
        "run": f"{model.vocabulary.entry}({', '.join(model.vocabulary.pages)})",
        "paths": one.paths,
        "returns": run.returns,
        "bug": run.bug.name if run.bug else None,
        "breaks": sorted(contracts_broken(run, model)),
        "choices": dict(run.choices),
        "trace": [str(made) for made in run.trace],
        "final": run.final,
    }
