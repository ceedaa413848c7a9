# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath lint`.
"""

from __future__ import annotations

import click

from errpath.cache import Cache
from errpath.commands.options import here, listing

FORMATS = ("full", "concise", "github", "json")


@click.command("lint")
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="How problems are told: for a reader, a line each, as GitHub annotations, as JSON.",
)
def command(specs: tuple[str, ...], output_format: str) -> None:
    """
    Read the specs, and report every problem in them.

    SPEC is a file or a folder; without one, it is the project's folder of specs.

    \b
    Examples:
      errpath lint
      errpath lint specs/new.errpath --output-format concise
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    project = here()
    paths = specs or (project.specs,)
    cache = Cache(project.root)
    question = f"lint {listing(project.root, paths)}"
    noted = cache.clean(question)
    if noted is None:
        from errpath.commands.loading import clean_specs, counted  # noqa: PLC0415 - if needed

        loaded = clean_specs(project.root, paths, output_format)
        noted = f"{counted(len(loaded.specs), 'spec')}: no problem"
        cache.note(question, loaded.files, noted)
    if output_format == "full":
        click.echo(noted)
