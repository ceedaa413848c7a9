# SPDX-License-Identifier: GPL-2.0-only
"""
What `generate` and `check` say of the folder of generated tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from errpath.commands.finding import Code, Finding, render
from errpath.commands.screen import show
from errpath.commands.status import FINDINGS, unusable
from errpath.emit.plan import Drift, Plan, State, target
from errpath.emit.render import render as test_module
from errpath.models import model
from errpath.project import Project

if TYPE_CHECKING:
    from errpath.spec.contract import Spec

_SAYS = {
    State.MISSING: (Code.MISSING, "has no generated file"),
    State.STALE: (Code.STALE, "is not what its spec gives now"),
    State.ORPHAN: (Code.ORPHAN, "comes from no spec"),
    State.FOREIGN: (Code.FOREIGN, "was not written by errpath"),
}
_DONE = {State.MISSING: "wrote", State.STALE: "wrote", State.ORPHAN: "removed"}
_HELP = "`errpath generate` brings the folder up to date"
_FOREIGN_HELP = "errpath never writes over what it did not write: move that file away"


def plan_of(project: Project, specs: Sequence[Spec], output_format: str = "full") -> Plan:
    """
    Plan the generated files of all specs that say something to run.

    Ends with status 1 if that cannot be: nothing to run, or two files in one place; with
    status 2 if the folder is none.
    """
    folder = project.root / project.tests
    if folder.exists() and not folder.is_dir():
        raise unusable(f"`{project.tests}` is not a folder")
    texts: dict[Path, str] = {}
    origins: dict[Path, str] = {}
    clashes = []
    for spec in specs:
        if not (spec.scenarios or spec.laws):
            continue
        file = target(folder, spec.file, PurePosixPath(project.specs))
        if file in texts:
            clashes.append(_clash(project, file, origins[file], spec.file))
        texts[file] = test_module(spec, model(spec.model).vocabulary)
        origins[file] = spec.file
    stop_at(clashes, output_format)
    if not texts:
        message = f"no file in `{project.specs}` has a scenario or a law to run"
        stop_at([Finding(code=Code.NOTHING_TO_RUN, message=message)], output_format)
    return Plan(folder=folder, texts=texts, specs=origins)


def stop_at(findings: Iterable[Finding], output_format: str = "full") -> None:
    """
    Print findings and end with status 1, if there are any.
    """
    found = list(findings)
    if found:
        show(render(found, output_format))
        raise SystemExit(FINDINGS)


def findings(project: Project, drift: Iterable[Drift]) -> Iterator[Finding]:
    """
    Word each difference between the folder and what the specs give.
    """
    for one in drift:
        code, message = _SAYS[one.state]
        file = one.file.relative_to(project.root).as_posix()
        about = one.spec if one.state is State.MISSING else file
        help_ = _FOREIGN_HELP if one.state is State.FOREIGN else _HELP
        yield Finding(code=code, message=message, file=about, help=help_)


def done(project: Project, drift: Iterable[Drift]) -> Iterator[str]:
    """
    Word each difference that is none any more.
    """
    for one in drift:
        yield f"{_DONE[one.state]} {one.file.relative_to(project.root).as_posix()}"


def _clash(project: Project, file: Path, first: str, second: str) -> Finding:
    name = file.relative_to(project.root).as_posix()
    return Finding(
        code=Code.CLASH,
        message=f"would give {name}, as {first} does",
        file=second,
        help="in the name of a generated file, `_` stands for all but ASCII letters and digits",
    )
