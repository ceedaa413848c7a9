# SPDX-License-Identifier: GPL-2.0-only
"""
What several commands have in common: the project and its spec files.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from errpath.commands.status import unusable
from errpath.project import Project, ProjectError, project

Command = TypeVar("Command", bound=Callable[..., Any])


def folders(command: Command) -> Command:
    """
    Add the options that name the project's folders.
    """
    tests = click.option(
        "--tests",
        metavar="DIR",
        help="Folder of the generated tests. [default: generated_tests]",
    )
    return specs_folder(tests(command))


def specs_folder(command: Command) -> Command:
    """
    Add the option that names the folder of the specs.
    """
    option = click.option("--specs", metavar="DIR", help="Folder of the specs. [default: specs]")
    return option(command)


def here(specs: str | None = None, tests: str | None = None) -> Project:
    """
    Give the project in the current folder, or end with status 2.
    """
    try:
        return project(Path.cwd(), specs=specs, tests=tests)
    except ProjectError as error:
        raise unusable(str(error)) from None


def listing(root: Path, paths: tuple[str, ...]) -> list[str]:
    """
    Name the spec files of files and folders, relative to the root.
    """
    found: dict[str, None] = {}
    for text in paths:
        path = root / text
        inside = sorted(path.rglob("*.errpath")) if path.is_dir() else [path]
        found.update(dict.fromkeys(os.path.relpath(file, root) for file in inside))
    return list(found)
