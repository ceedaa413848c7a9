# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath generate`.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import click

from errpath.cache import Cache
from errpath.commands.options import folders, here, listing

if TYPE_CHECKING:
    from errpath.emit.plan import Plan
    from errpath.project import Project


@click.command("generate")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is not current.")
@folders
def command(specs: str | None, tests: str | None, *, check: bool) -> None:
    """
    Write the generated tests, or say what is stale.

    Each spec file gives one pytest module. Files are replaced in one step; what no spec asks
    for any more is removed, if errpath wrote it. A file that errpath did not write is never
    touched.

    \b
    Examples:
      errpath generate
      errpath generate --check          # in CI
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    project = here(specs, tests)
    cache = Cache(project.root)
    noted = cache.clean(_question(project))
    if noted is None:
        # What is made here is kept until the command ends: there is no garbage to look for.
        gc.disable()
        from errpath.commands.generating import plan_of  # noqa: PLC0415 - if needed
        from errpath.commands.loading import clean_specs  # noqa: PLC0415

        loaded = clean_specs(project.root, (project.specs,))
        plan = plan_of(project, loaded.specs)
        _settle(project, plan, check=check)
        many = "file is" if len(plan.texts) == 1 else "files are"
        noted = f"{project.tests}: {len(plan.texts)} {many} current"
        cache.note(_question(project), {**loaded.files, **plan.digests(project.root)}, noted)
    click.echo(noted)


def _question(project: Project) -> str:
    """
    Name the folders, and every file in them that the answer is about.
    """
    folder = project.root / project.tests
    tests = sorted(str(path.relative_to(project.root)) for path in folder.rglob("test_*.py"))
    specs = listing(project.root, (project.specs,))
    return f"generate {project.specs} {project.tests} {specs} {tests}"


def _settle(project: Project, plan: Plan, *, check: bool) -> None:
    from errpath.commands.generating import done, findings, stop_at  # noqa: PLC0415
    from errpath.emit.plan import State  # noqa: PLC0415
    from errpath.emit.write import ForeignFileError, bring_up_to_date  # noqa: PLC0415

    if check:
        stop_at(findings(project, plan.drift()))
        return
    try:
        drift = bring_up_to_date(plan)
    except ForeignFileError:
        foreign = [one for one in plan.drift() if one.state is State.FOREIGN]
        stop_at(findings(project, foreign))
        raise
    for line in done(project, drift):
        click.echo(line)
