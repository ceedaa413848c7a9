# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from errpath.commands.builds import refusals
from errpath.commands.claims import claims, found_in
from errpath.commands.finding import Code, Finding, render
from errpath.commands.generating import findings, plan_of, stop_at
from errpath.commands.lint import FORMATS
from errpath.commands.list_claims import compared_on_lists, not_compared
from errpath.commands.loading import clean_specs
from errpath.commands.options import folders, here
from errpath.commands.outcome import Outcome
from errpath.commands.promises import KINDS, declared, lines
from errpath.commands.regressions import regressions
from errpath.commands.running import Ran, narrowed, run
from errpath.commands.screen import show
from errpath.commands.status import CLEAN, FINDINGS, UNUSABLE, complain
from errpath.commands.table import table
from errpath.contracts.explain import HEADLINES
from errpath.models import model

if TYPE_CHECKING:
    from pathlib import Path

    from errpath.spec.contract import Spec

_INTERNAL_ERROR, _WRONG_USAGE = 3, 4
_STATUS = {0: CLEAN, 1: FINDINGS}

_CODES = "\n".join(f"  {code.code}  {code.says}" for code in Code)
_HEADS = "\n".join(f"  {HEADLINES[kind]:<27}{says}" for kind, says in KINDS.items())
_ON_THE_MODEL = "on the reference model: deltas, and laws over lists whose paths are merged"
EPILOG = f"""\b
What it finds beside the problems that `errpath lint` tells:
{_CODES}

\b
How the message of a failing test begins:
{_HEADS}
"""


@click.command("check", epilog=EPILOG)
@click.option(
    "--output-format",
    type=click.Choice(FORMATS[:3]),
    default="full",
    show_default=True,
    help="How problems and broken contracts are told.",
)
@click.option(
    "--target",
    metavar="TARGET",
    help="Run the kernel's own C in the place of the reference model: native:BUILD, or"
    " native:pre=BUILD,post=BUILD. `errpath native build` makes a BUILD.",
)
@folders
@click.argument("pytest_arguments", nargs=-1, metavar="[-- PYTEST...]", type=click.UNPROCESSED)
def command(
    specs: str | None,
    tests: str | None,
    output_format: str,
    target: str | None,
    pytest_arguments: tuple[str, ...],
) -> None:
    """
    Check every contract in every semantics.

    Reads the specs, verifies that the generated tests are what the specs give now, runs
    them, and prints one table. What follows `--` goes to pytest; what it leaves out on
    purpose is no finding, whatever else does not run is one.

    With --target the same tests run on a build of the kernel's own C; a crash, a hang or a
    sanitizer's finding fails its test. What one C cannot show by itself stays on the
    reference model: deltas, and laws over lists whose paths are merged.

    \b
    Examples:
      errpath check
      errpath check -- -n auto --junitxml=errpath.xml
      errpath check -- -m "post and enomem"
      errpath check --target native:BUILD -- -m pre
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    if target is not None:
        _known(target)
    project = here(specs, tests)
    loaded = clean_specs(project.root, (project.specs,), output_format)
    drift = plan_of(project, loaded.specs, output_format).drift()
    stop_at(findings(project, drift), output_format)
    quiet = ("--tb=no",) if output_format == "concise" else ()
    ran = run(project, (*quiet, *pytest_arguments), target=target)
    if ran.ended in {_INTERNAL_ERROR, _WRONG_USAGE} or ran.ended < 0:
        complain(_unusable(ran))
        raise SystemExit(UNUSABLE)
    selected = narrowed(pytest_arguments)
    outcome = Outcome(project, loaded.specs, ran, narrowed=selected)
    click.echo()
    names = model().vocabulary.semantics
    table(["spec", *names], outcome.rows(names))
    found = [*outcome.unchecked(), *_differences(loaded.specs, project.root)]
    for part in (
        outcome.left_out() if selected else "",
        _ON_THE_MODEL if target else "",
        "\n".join(declared(loaded.specs)),
        "\n".join(regressions(loaded.specs)),
        "\n".join(lines(ran.broken, output_format)),
        render(found, output_format),
    ):
        show(f"\n{part}" if part else "")
    raise SystemExit(FINDINGS if found or ran.failed else _STATUS.get(ran.ended, UNUSABLE))


def _known(target: str) -> None:
    """
    End with status 2 if a target is none, before anything else is done.
    """
    from errpath.native.named import native_named  # noqa: PLC0415 - who asks for it pays for it

    with refusals():
        native_named(target)


def _differences(specs: Sequence[Spec], root: Path) -> Iterator[Finding]:
    yield from not_compared(specs)
    for compared in compared_on_lists(specs, root):
        yield from compared.findings
    for claim in claims(specs, model()):
        yield from found_in(claim)


def _unusable(ran: Ran) -> str:
    if ran.ended < 0:
        return f"pytest was ended by signal {-ran.ended}: nothing is checked"
    return "pytest could not run, and says why above: nothing is checked"
