# SPDX-License-Identifier: GPL-2.0-only
"""
Which files are meant, and what they are called.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Diagnostic, Span
from errpath.language.syntax.source import unreadable

SUFFIX: Final = ".errpath"


class Root:
    """
    The folder of the project, which file names are relative to.
    """

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.abspath(root))  # noqa: PTH100 - symlinks stay as written
        self._real = os.path.realpath(root)

    def file(self, path: Path) -> str | None:
        """
        Give a path relative to the project as text, or None if it lies outside.

        Neither `..` nor a symlink can lead out of the project.
        """
        absolute = Path(os.path.abspath(path))  # noqa: PTH100
        # Path.resolve() raises where symlinks go in circles; reading the file will tell that.
        real = Path(os.path.realpath(absolute))
        if not real.is_relative_to(self._real):
            return None
        if absolute.is_relative_to(self._root):
            return absolute.relative_to(self._root).as_posix()
        return real.relative_to(self._real).as_posix()

    def path(self, file: str) -> Path:
        """
        Give the path of a file that is named relative to the project.
        """
        return self._root / file


def spec_files(paths: Iterable[Path], root: Root) -> tuple[list[str], list[Diagnostic]]:
    """
    List the files at paths, each once: a file itself, a folder's `*.errpath` in order.
    """
    files: dict[str, None] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        found = [path]
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() raises on a name that is too long
            errors: list[OSError] = []
            found = list(_walk(path, errors))
            if not (found or errors):
                problems.append(_nothing(root.file(path) or str(path)))
            problems += [_unreadable(error, root) for error in errors]
        for one in found:
            file = root.file(one)
            if file is None:
                problems.append(_outside(str(one)))
            else:
                files[file] = None
    return list(files), problems


def _walk(folder: Path, errors: list[OSError]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if name.endswith(SUFFIX))


def _unreadable(error: OSError, root: Root) -> Diagnostic:
    folder = Path(error.filename)
    return unreadable(root.file(folder) or str(folder), error)


def _nothing(file: str) -> Diagnostic:
    return Diagnostic(
        code=Code.NO_SPEC_FILE,
        message=f"`{file}` holds no spec file",
        at=Span(file=file),
        help=f"the name of a spec file ends with `{SUFFIX}`",
    )


def _outside(file: str) -> Diagnostic:
    return Diagnostic(
        code=Code.FILE_OUTSIDE_ROOT,
        message=f"`{file}` lies outside the project",
        at=Span(file=file),
    )
