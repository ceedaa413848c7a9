# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath format`.
"""

from __future__ import annotations

from difflib import unified_diff
from hashlib import sha256
from pathlib import Path

import click

from errpath.commands.loading import counted, report, status
from errpath.commands.options import here
from errpath.commands.status import CLEAN, FINDINGS
from errpath.emit.write import replace
from errpath.language import Diagnostic, UnformattableError, format_text
from errpath.language.paths import Root, spec_files
from errpath.language.syntax.source import Source, read_source


@click.command("format")
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file would change.")
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would change.")
def command(specs: tuple[str, ...], *, check: bool, show: bool) -> None:
    """
    Lay out spec files in the one canonical way.

    Comments stay, and the meaning does. A file with a syntax error is left as it is.
    SPEC is a file or a folder; without one, it is the project's folder of specs.
    """
    project = here()
    root = Root(project.root)
    names, problems = spec_files([Path(name) for name in specs or (project.specs,)], root)
    texts: dict[str, str] = {}
    changed = 0
    for name in names:
        source = read_source(root.path(name), name)
        if isinstance(source, Diagnostic):
            problems.append(source)
            continue
        texts[name] = source.text
        try:
            laid = format_text(source.text, file=name)
        except UnformattableError as error:
            problems += error.diagnostics
            continue
        if sha256(laid.encode()).hexdigest() != source.sha256:
            changed += 1
            if show:
                click.echo(_diff(source, laid), nl=False)
            elif check:
                click.echo(f"{name} would change")
            else:
                replace(root.path(name).resolve(), laid)
                click.echo(f"formatted {name}")
    if problems:
        report(sorted(problems, key=lambda problem: problem.order), texts, "full")
    elif not changed:
        click.echo(f"{counted(len(names), 'spec')}: nothing to change")
    found = FINDINGS if changed and (check or show) else CLEAN
    raise SystemExit(max(status(problems), found))


def _diff(source: Source, laid: str) -> str:
    old, new = source.text.splitlines(keepends=True), laid.splitlines(keepends=True)
    # A byte order mark is no part of the text.
    return "".join(unified_diff(old, new, source.file, source.file)) or (
        f"{source.file} would change in its first bytes\n"
    )
