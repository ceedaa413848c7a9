# SPDX-License-Identifier: GPL-2.0-only
"""
Where a project keeps its specs and its generated tests.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

SPECS = "specs"
TESTS = "generated_tests"


class ProjectError(Exception):
    """
    `[tool.errpath]` in pyproject.toml says what errpath does not understand.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """
    The folders of a project, relative to its root: the folder that errpath runs in.
    """

    root: Path
    specs: str
    tests: str


def project(root: Path, *, specs: str | None = None, tests: str | None = None) -> Project:
    """
    Read `[tool.errpath]` of the root's pyproject.toml; arguments that are given win.

    The keys are `specs` and `tests`, both folders inside the root. ProjectError tells of
    any other key, of a value that is no such folder, and of TOML that cannot be read.
    """
    said = _table(root / "pyproject.toml")
    unknown = sorted(said.keys() - {"specs", "tests"})
    if unknown:
        raise ProjectError(
            f"pyproject.toml: [tool.errpath] has no key `{unknown[0]}`; it has `specs` and `tests`"
        )
    return Project(
        root=root,
        specs=_inside(root, "specs", said.get("specs", SPECS) if specs is None else specs),
        tests=_inside(root, "tests", said.get("tests", TESTS) if tests is None else tests),
    )


def _inside(root: Path, key: str, folder: object) -> str:
    """
    Name a folder relative to the root, as it is written; a link may not lead out of it.
    """
    if isinstance(folder, str) and folder and "\0" not in folder:
        written = os.path.relpath(root / folder, root)
        real = (root / folder).resolve()
        if real.is_relative_to(root.resolve()):
            if Path(written).parts[:1] != ("..",):
                return Path(written).as_posix()
            return real.relative_to(root.resolve()).as_posix()
    raise ProjectError(f"{key}: `{folder}` is not a folder inside the project")


def _table(file: Path) -> dict[str, object]:
    if not file.is_file():
        return {}
    import tomllib  # noqa: PLC0415 - most projects that errpath starts in quickly have none

    try:
        tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError) as error:
        raise ProjectError(f"pyproject.toml: {error}") from error
    found = tool.get("errpath", {}) if isinstance(tool, dict) else {}
    if not isinstance(found, dict):
        raise ProjectError("pyproject.toml: tool.errpath is not a table")
    return found
