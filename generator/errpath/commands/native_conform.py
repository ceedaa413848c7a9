# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath native conform`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from signal import Signals
from typing import TYPE_CHECKING, Final, TypeAlias

import click

from errpath.commands.builds import build_of, refusals, said_of, which_c
from errpath.commands.screen import fold, show
from errpath.commands.semantics import known_semantics
from errpath.commands.status import CLEAN, FINDINGS
from errpath.commands.table import table
from errpath.models import model

if TYPE_CHECKING:
    from errpath.native.build.build import Build
    from errpath.native.conform.conformity import Conformity
    from errpath.native.walk.part import Part

Row: TypeAlias = "tuple[Part, Conformity]"

_FIXED: Final = (
    "on lists, behind the first attempt: what is about no page is fixed, to MIGRATE_SYNC and"
    " what goes the caller's way"
)
_SECONDS: Final = 2
_MOST: Final = 3
"""So many runs that end their process are made again, each for so much processor time."""


@click.command("conform")
@click.argument("semantics")
@which_c
def command(semantics: str, tree: Path | None, patch: Path | None, built: Path | None) -> None:
    """
    Compare the C with the model, path by path.

    The C and the model of SEMANTICS (pre or post) run under the same choices: every path of
    unmap_and_move(), and migrate_pages() on lists, attempt by attempt, where what cannot be
    told apart is merged. Compared are the return code, the whole trace, what was asked, and
    the final state. Of the paths that differ the shortest is shown: the first event that
    differs, with the line of the C beside that of the model.

    Exit status 1 if any path differs.

    \b
    Examples:
      errpath native conform pre --tree ~/linux
      errpath native conform post --tree ~/linux --patch reply.txt
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    known_semantics(semantics, model())
    build = build_of(tree, patch, built)
    from errpath.native.walk.part import PARTS  # noqa: PLC0415 - --help needs none

    with refusals():
        rows = _compared(build, PARTS, semantics)
    _show(build, semantics, rows)
    raise SystemExit(FINDINGS if any(found.differing for _, found in rows) else CLEAN)


def _compared(build: Build, parts: Sequence[Part], semantics: str) -> list[Row]:
    """
    Compare in a process for each part; where the C ends that, each run has one of its own.
    """
    from errpath.native.conform.apart import Timed, each  # noqa: PLC0415 - see above
    from errpath.native.target.target import Isolated  # noqa: PLC0415

    def here(part: Part) -> Conformity:
        target = Timed(build.target(part.entry, part.pages))
        return _conformity(build, part, semantics, target)

    rows = []
    with closing(each(partial(here, part) for part in parts)) as every:
        for part, found in zip(parts, every, strict=True):
            if isinstance(found, Signals):
                isolated = Isolated(build, part.entry, part.pages, seconds=_SECONDS)
                rows.append((part, _conformity(build, part, semantics, isolated, most=_MOST)))
            else:
                rows.append((part, found))
    return rows


def _conformity(
    build: Build, part: Part, semantics: str, target: object, *, most: int | None = None
) -> Conformity:
    from errpath.native.conform.conformity import conformity  # noqa: PLC0415 - see above
    from errpath.native.conform.places import with_places  # noqa: PLC0415

    expected = part.model().reference()
    walk = part.walk(expected, semantics)
    found = with_places(conformity(walk, target, most=most), walk, expected, target, build.file)
    shortest = found.shortest and replace(found.shortest, step=None)
    return replace(found, shortest=shortest)


def _show(build: Build, semantics: str, rows: Sequence[Row]) -> None:
    show(f"{said_of(build)}, beside the model of {semantics}\n")
    table(
        ["", "paths", "differ"],
        [[part.name, str(found.paths), str(found.differing)] for part, found in rows],
    )
    show("\n".join(_lines(rows)))


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    from errpath.native.conform.report import counts, divergence  # noqa: PLC0415 - see above

    bounds = [(part, found) for part, found in rows if found.bound]
    if bounds:
        yield ""
    for part, found in bounds:
        yield fold(f"{part.name}: {found.statuses} states; {found.bound}")
    if bounds:
        yield fold(_FIXED)
    for part, found in rows:
        if found.stopped:
            says = f"the C ends its process: compared up to path {found.paths}, the last of"
            yield from ("", fold(f"{part.name}: {says} {found.differing} that differ"))
        if found.shortest:
            yield from ("", f"{part.name} differs in:", *counts(found))
            yield from ("", "the shortest path that differs:")
            yield from divergence(found.shortest, part.model().vocabulary)
