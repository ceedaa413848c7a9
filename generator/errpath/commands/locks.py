# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath locks`.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from errpath.commands.screen import styled
from errpath.commands.semantics import known_semantics
from errpath.commands.status import FINDINGS, complain, unusable
from errpath.models import DEFAULT, UnknownModelError, model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.explore.edges.comparison import Comparison
    from errpath.explore.edges.survey import Survey
    from errpath.kernel.target import Model

_MOST: Final = 1_000_000
_COLOURS: Final = {
    r"(?m)^\+.*$": "bold red",
    r"(?m)^- .*$": "yellow",
    r"(?m)^> .*$": "bold",
    r"\breclaim\b": "bold",
}


@click.command("locks")
@click.argument("semantics", nargs=-1)
@click.option(
    "--output-format",
    type=click.Choice(["text", "dot", "svg", "json"]),
    default="text",
    show_default=True,
    help="A text for a mail, a graph for dot, a picture, or one JSON object a line.",
)
@click.option("--all", "everything", is_flag=True, help="Leave no edge out of text and picture.")
@click.option(
    "--edge",
    type=(str, str),
    default=None,
    metavar="HELD CALL",
    help="Show the smallest path that makes CALL while HELD is held.",
)
@click.option(
    "--max-paths",
    "most",
    type=click.IntRange(1),
    default=_MOST,
    show_default=True,
    metavar="N",
    help="More paths than N in a semantics are an error: exit status 2.",
)
@click.option(
    "--model",
    "model_name",
    default=DEFAULT,
    show_default=True,
    metavar="NAME",
    help="The model that has them.",
)
def command(
    semantics: tuple[str, ...],
    output_format: str,
    edge: tuple[str, str] | None,
    model_name: str,
    most: int,
    *,
    everything: bool,
) -> None:
    """
    Show what is called while each lock, reference or migration entry is held.

    Every path of each SEMANTICS is looked at, and the last is compared with the first: pre
    and post, unless others are named. A call counts as made while something is held if it
    stands between the call that took it and the one that gives it up. Text and pictures
    leave out, and count, the calls that may not sleep, allocate, reclaim or write back.

    The model is sequential: an edge is for review, and proves no deadlock nor the absence
    of one.

    \b
    Examples:
      errpath locks
      errpath locks post --all
      errpath locks --edge "PG_locked(src)" "get_new_page(src)"
      errpath locks --output-format svg >locks.svg
      errpath locks --output-format dot | dot -Tpdf >locks.pdf
      errpath locks --output-format json | jq 'select(.change == "new")'
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    if edge is not None and output_format != "text":
        raise unusable(f"--edge gives text, and no {output_format}")
    try:
        found = model(model_name)
    except UnknownModelError as error:
        raise unusable(str(error)) from None
    for name in semantics:
        known_semantics(name, found)
        if semantics.count(name) > 1:
            raise unusable(f"`{name}` is named twice; beside itself it has no new edge")
    names = semantics or found.vocabulary.semantics
    if not names:
        raise unusable(f"the model `{model_name}` has no semantics")
    surveys = _surveys(found, names, most)
    from errpath.explore.edges.comparison import Comparison  # noqa: PLC0415 - paid for when needed

    compared = Comparison(surveys)
    if edge is None:
        _report(compared, output_format, everything=everything)
    else:
        _path(compared, *edge)


def _surveys(found: Model, names: Iterable[str], most: int) -> list[Survey]:
    """
    Look at every path of each semantics, or end with status 1 if that shows nothing.
    """
    from errpath.commands.walking import walked  # noqa: PLC0415
    from errpath.explore.edges.survey import Surveyor  # noqa: PLC0415
    from errpath.explore.paths.part import Work  # noqa: PLC0415

    target = found.reference()
    rules, choices = found.vocabulary.rules, found.vocabulary.choices
    surveys = []
    for name in names:
        surveyor = Surveyor(name, choices)
        work = partial(Work, run=partial(target.run, name), rules=rules, gather=surveyor.add)
        for _ in walked(work, name, jobs=1, most=most):
            pass
        surveys.append(surveyor.survey())
    idle = [one for one in surveys if not one.takes_locks]
    for one in idle:
        complain(
            f"none of the {one.paths} paths of `{one.semantics}` calls anything under a lock"
            " that it took: this is no answer"
        )
    if idle:
        raise SystemExit(FINDINGS)
    return surveys


def _report(compared: Comparison, output_format: str, *, everything: bool) -> None:
    if output_format == "json":
        from errpath.explore.edges.objects import objects  # noqa: PLC0415

        for one in objects(compared):
            click.echo(json.dumps(one))
    elif output_format == "text":
        from errpath.explore.edges.text import lines  # noqa: PLC0415

        _show(lines(compared, everything=everything))
    else:
        from errpath.explore.edges.graph import dot, svg  # noqa: PLC0415

        draw = dot if output_format == "dot" else svg
        click.echo(draw(compared, everything=everything), nl=False)


def _path(compared: Comparison, held: str, call: str) -> None:
    """
    Show the smallest path of one edge, in each semantics.
    """
    from errpath.explore.edges.example import whole  # noqa: PLC0415

    rows = [row for row in compared.edges if row.key.item.text == held and row.key.call == call]
    if not rows:
        items = dict.fromkeys(row.key.item.text for row in compared.edges)
        calls = dict.fromkeys(row.key.call for row in compared.edges)
        if held not in items:
            raise unusable(f"nothing that is held is named `{held}`{_near(held, items)}")
        if call not in calls:
            raise unusable(f"no call that is made is `{call}`{_near(call, calls)}")
        complain(f"no path calls {call} while {held} is held")
        raise SystemExit(FINDINGS)
    _show(line for row in rows for line in whole(compared, row))


def _near(typed: str, names: Iterable[str]) -> str:
    close = get_close_matches(typed, list(names), n=1)
    return f"; `{close[0]}` exists" if close else ""


def _show(lines: Iterable[str]) -> None:
    text = "\n".join(lines).rstrip("\n")
    if not styled():
        click.echo(text)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for rich
    from rich.text import Text  # noqa: PLC0415

    coloured = Text(text)
    for pattern, style in _COLOURS.items():
        coloured.highlight_regex(pattern, style)
    Console(highlight=False).print(coloured, soft_wrap=True)
