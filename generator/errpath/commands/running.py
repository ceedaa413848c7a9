# SPDX-License-Identifier: GPL-2.0-only
"""
Running the generated tests, and what came of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import Any

from errpath.commands.screen import WIDTH
from errpath.project import Project

# The tests are errpath's own, and run the same whatever the project around them tells pytest.
_OPTIONS = (
    *("-c", os.devnull, "--rootdir=.", "--import-mode=importlib", "--strict-markers"),
    *("-qq", "--no-header", "-rN", "-p", "errpath", "-p", "no:randomly"),
)
_SELECTING = ("-k", "-m", "--deselect", "--lf", "--last-failed", "--sw", "--stepwise", "--ignore")
_PATIENCE = 10.0
# pytest tells of an interrupt, but not while it imports or collects.
_SESSION = """\
import sys
try:
    import pytest
    sys.argv[0] = "pytest"
    sys.exit(pytest.main())
except KeyboardInterrupt:
    sys.exit(2)
"""


@dataclass(slots=True, kw_only=True)
class Ran:
    """
    What pytest was to run and did run; keys are (module, semantics).

    `broken` counts the cases of each broken promise, by its line and semantics; `unread` are
    modules that could not be imported; `ended` is pytest's exit status.
    """

    ended: int
    selected: Counter[tuple[str, str]] = field(default_factory=Counter)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: Counter[tuple[str, str]] = field(default_factory=Counter)
    unread: tuple[str, ...] = ()


def run(project: Project, arguments: Sequence[str], *, target: str | None = None) -> Ran:
    """
    Run pytest in a process of its own: it insists on importing its plugins itself.

    The tests run on the target of that name, or else on the reference model.
    """
    with TemporaryDirectory(prefix="errpath-") as folder:
        file = Path(folder, "tally.json")
        tests = f"testpaths={quote(escape(project.tests))}"
        options = [*_OPTIONS, "-o", tests, f"--errpath-tally={file}"]
        options += [f"--errpath-target={target}"] if target else []
        options += arguments
        ended = _wait([sys.executable, "-P", "-c", _SESSION, *options], project.root)
        ran = Ran(ended=ended)
        with suppress(OSError):
            _fill(ran, json.loads(file.read_text()))
        return ran


def narrowed(arguments: Sequence[str]) -> bool:
    """
    Tell whether arguments for pytest ask for some of the tests only.
    """
    return any(
        argument.startswith(_SELECTING)
        or "::" in argument
        or (not argument.startswith("-") and (argument.endswith(".py") or Path(argument).is_dir()))
        for argument in arguments
    )


def _wait(command: Sequence[str], root: Path) -> int:
    environment = dict(os.environ)
    if not sys.stdout.isatty():
        environment["COLUMNS"] = str(WIDTH)
    with subprocess.Popen(command, cwd=root, env=environment) as process:  # noqa: S603
        try:
            return process.wait()
        except KeyboardInterrupt:
            # A terminal interrupts pytest as well: it says where it was, and ends.
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
            process.kill()
            raise


def _fill(ran: Ran, tally: dict[str, Any]) -> None:
    counters = {"passed": ran.passed, "failed": ran.failed, "skipped": ran.skipped}
    for module, semantics, outcome, count in tally["outcomes"]:
        if outcome in counters:
            counters[outcome][module, semantics] += count
    ran.selected = Counter(dict(_counts(tally["selected"])))
    ran.broken = Counter(dict(_counts(tally["broken"])))
    ran.unread = tuple(tally["unread"])


def _counts(rows: list[list[Any]]) -> Iterator[tuple[tuple[str, str], int]]:
    for first, second, count in rows:
        yield (first, second), count
