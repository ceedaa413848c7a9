# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath native record`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from signal import Signals
from typing import TYPE_CHECKING

import click

from errpath.commands.builds import Text, build_of, refusals, said_of, text_of, which_c
from errpath.commands.loading import counted
from errpath.commands.screen import fold, show
from errpath.commands.semantics import known_semantics
from errpath.commands.status import CLEAN, FINDINGS, unusable
from errpath.models import model

if TYPE_CHECKING:
    from errpath.native.build.build import Build
    from errpath.native.record.certificate import Certificate
    from errpath.native.record.drift import Drift
    from errpath.native.walk.part import Part

CERTIFICATES = "certificates"
"""The folder that certificates are in, if no other is named."""


@click.command("record")
@click.argument("semantics")
@which_c
@click.option(
    "--check",
    "check",
    is_flag=True,
    help="Write nothing; say whether the functions are those that are recorded.",
)
@click.option(
    "--certificates",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(CERTIFICATES),
    show_default=True,
    metavar="DIR",
    help="The folder of the certificates.",
)
def command(
    semantics: str,
    tree: Path | None,
    patch: Path | None,
    built: Path | None,
    folder: Path,
    *,
    check: bool,
) -> None:
    """
    Write down what the C does on every path.

    The certificates are for the model of SEMANTICS (pre or post). Each has the choices, the trace,
    the return code and the final state of each path, the kernel version and a sha256 of each
    function's code, without comments and white space; no code. The same C gives the same
    bytes. They are written below certificates/VERSION/SEMANTICS.

    With --check it compares the functions of the tree with every certificate of SEMANTICS:
    exit status 1 if one of them has changed. Nothing is compiled for that.

    \b
    Examples:
      errpath native record pre --tree ~/linux
      errpath native record pre --tree ~/linux-next --check
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    known_semantics(semantics, model())
    if check:
        raise SystemExit(_checked(text_of(tree, patch, built), semantics, folder))
    build = build_of(tree, patch, built)
    from errpath.native.walk.part import PARTS  # noqa: PLC0415 - --help needs none

    home = folder / build.version / semantics
    show(f"{said_of(build)}, recorded for the model of {semantics}\n")
    with refusals():
        for made in _recorded(build, PARTS, semantics):
            file = home / made.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made.packed())
            click.echo(fold(f"{file}: {made.part.name}, {made.count} paths"))


def _recorded(build: Build, parts: Sequence[Part], semantics: str) -> list[Certificate]:
    """
    Record in a process for each part.
    """
    from errpath.native.conform.apart import Timed, each  # noqa: PLC0415 - see above
    from errpath.native.record.certificate import certificate_of  # noqa: PLC0415
    from errpath.native.record.drift import hashes  # noqa: PLC0415
    from errpath.native.record.row import rows  # noqa: PLC0415
    from errpath.native.walk.ahead import StrayError  # noqa: PLC0415

    functions = hashes(build.functions)

    def here(part: Part) -> Certificate:
        target = Timed(build.target(part.entry, part.pages))
        return certificate_of(
            rows(part.walk(target, semantics)),
            part,
            semantics=semantics,
            version=build.version,
            file=build.file,
            patched=build.patched,
            functions=functions,
        )

    made = []
    try:
        with closing(each(partial(here, part) for part in parts)) as every:
            for part, found in zip(parts, every, strict=True):
                if isinstance(found, Signals):
                    raise unusable(
                        f"{part.name} cannot be recorded: the C ends its process ({found.name});"
                        " `errpath native conform` shows the path"
                    )
                made.append(found)
    except StrayError as error:
        raise unusable(f"it cannot be recorded: {error}") from None
    return made


def _checked(text: Text, semantics: str, folder: Path) -> int:
    """
    Compare the functions with each certificate; give the exit status.
    """
    from errpath.native.record.certificate import (  # noqa: PLC0415 - see above
        CertificateError,
        certificates,
        read,
    )
    from errpath.native.record.drift import Fate, drift  # noqa: PLC0415

    functions = text.functions()
    try:
        every = [(file, read(file)) for file in certificates(folder)]
    except CertificateError as error:
        raise unusable(str(error)) from None
    found = [(file, one) for file, one in every if one.semantics == semantics]
    if not found:
        raise unusable(f"{folder} has no certificate of {semantics}: nothing is compared")
    # Certificates of one C are told together: what they say of its functions is the same.
    told: dict[tuple[str, bool, tuple[tuple[str, str], ...]], list[Path]] = {}
    for file, one in found:
        key = (one.version, one.patched, tuple(sorted(one.functions.items())))
        told.setdefault(key, []).append(file)
    status = CLEAN
    show(f"{text.says}, beside what is recorded of {semantics}")
    for (version, patched, recorded), files in told.items():
        rows = list(drift(dict(recorded), functions))
        if any(row.fate is not Fate.SAME for row in rows):
            status = FINDINGS
        what = f"Linux {version}{', patched' if patched else ''}"
        show("\n".join(["", f"{what} ({counted(len(files), 'certificate')}):", *_told(rows)]))
    return status


def _told(rows: list[Drift]) -> Iterator[str]:
    for row in rows:
        at = f" at line {row.line}" if row.line else ""
        yield f"  {row.fate.value:<11}  {row.name}{at}"
