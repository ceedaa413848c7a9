# SPDX-License-Identifier: GPL-2.0-only
"""
A Linux tree that somebody has: its version, and the text of its files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from errpath.native.refusal import Problem, RefusedError

MIGRATE: Final = "mm/migrate.c"
"""The file that the functions under contract are in."""

_MAKEFILE: Final = "Makefile"
_LARGEST: Final = 4 * 1024 * 1024
_VERSION: Final = re.compile(
    r"^(VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)[ \t]*=[ \t]*(\S*)", re.MULTILINE
)
_TOP: Final = "--tree takes the top folder of a Linux source tree"


@dataclass(frozen=True, slots=True)
class Version:
    """
    What a tree's top Makefile says: 5.8.18, 6.1-rc3.
    """

    major: int
    minor: int
    patch: int
    extra: str

    def __str__(self) -> str:
        patch = f".{self.patch}" if self.patch else ""
        return f"{self.major}.{self.minor}{patch}{self.extra}"


@dataclass(frozen=True, slots=True)
class Tree:
    """
    A Linux tree by its folder, which is only read.
    """

    folder: Path
    release: Version

    @property
    def version(self) -> str:
        """
        The kernel version as it is written: `5.8.18`.
        """
        return str(self.release)

    def text(self, file: str = MIGRATE) -> str:
        """
        Read a file of the tree; RefusedError if it is not there, or not in the tree.

        Bytes that are no UTF-8 come as lone surrogates, so that nothing of it is lost.
        """
        return read(self.folder, file)


def tree_at(path: str | Path) -> Tree:
    """
    Give the tree at a folder; RefusedError if that is no Linux tree with mm/migrate.c.
    """
    folder = Path(path)
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "is not there"
        raise RefusedError(Problem(str(folder), what, _TOP))
    found = dict(_VERSION.findall(read(folder, _MAKEFILE)))
    try:
        release = Version(
            int(found["VERSION"]),
            int(found["PATCHLEVEL"]),
            int(found.get("SUBLEVEL") or 0),
            found.get("EXTRAVERSION", ""),
        )
    except (KeyError, ValueError):
        place = str(folder / _MAKEFILE)
        raise RefusedError(Problem(place, "tells no kernel version", _TOP)) from None
    if not (folder / MIGRATE).is_file():
        raise RefusedError(Problem(str(folder), f"has no {MIGRATE}", _TOP))
    return Tree(folder, release)


def read(folder: Path, name: str) -> str:
    """
    Read a file below a folder as text; RefusedError if it cannot be.
    """
    path = PurePosixPath(name)
    place = str(folder / name)
    if path.is_absolute() or ".." in path.parts:
        raise RefusedError(Problem(place, "is outside the tree", "name a file in the tree"))
    file = folder / path
    try:
        if not file.is_file():
            raise RefusedError(Problem(str(folder), f"has no {name}", _TOP))
        if file.stat().st_size > _LARGEST:
            limit = f"no source file of Linux has more than {_LARGEST // 1024 // 1024} MiB"
            raise RefusedError(Problem(place, "is too large", limit))
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise RefusedError(Problem(place, f"cannot be read: {error.strerror}")) from None
