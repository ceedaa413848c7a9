# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath native build`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errpath.commands.builds import build_of, said_of, tree_and_patch
from errpath.commands.screen import fold

if TYPE_CHECKING:
    from errpath.native.build.build import Build


@click.command("build")
@tree_and_patch
def command(tree: Path | None, patch: Path | None) -> None:
    """
    Compile the functions under contract of a Linux tree.

    Prints the kernel version, where each hunk of the patch went, each function with its line
    and the sha256 of its text, and the folder of the build, which is private and below the
    user's cache folder. The same text is compiled once.

    \b
    Examples:
      errpath native build --tree ~/linux
      errpath native build --tree ~/linux --patch reply.txt
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    click.echo("\n".join(_lines(build_of(tree, patch))))


def _lines(build: Build) -> Iterator[str]:
    yield said_of(build)
    if build.hunks:
        yield from ("", "the patch:")
        yield from (fold(f"  {hunk}") for hunk in build.hunks)
    yield from ("", "functions:")
    for function in build.functions:
        yield f"  {function.name} at line {function.line}"
        yield f"    {function.sha256}"
    # A folder is one word, however long it is: it can be copied.
    yield from ("", "built in:", f"  {build.folder}")
