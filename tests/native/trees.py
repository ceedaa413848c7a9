# SPDX-License-Identifier: GPL-2.0-only
"""
Linux trees of the project's own: a Makefile, and tests/native/c/migrate.c as mm/migrate.c.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from errpath.native.tree.tree import MIGRATE, Tree, tree_at

SOURCE: Final = Path(__file__).parent / "c" / "migrate.c"

MAKEFILE: Final = """\
VERSION = {}
PATCHLEVEL = {}
SUBLEVEL = {}
EXTRAVERSION =
NAME = none
"""


def changed(*changes: tuple[str, str], text: str | None = None) -> str:
    """
    Give our own C with each old text, which is there once, replaced by a new one.
    """
    text = SOURCE.read_text(encoding="utf-8") if text is None else text
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


def tree(
    folder: Path, *changes: tuple[str, str], version: str = "5.8.18", text: str | None = None
) -> Tree:
    """
    Write a tree below a folder: our own C, changed, or `text` in its place.
    """
    major, minor, patch = version.split(".")
    root = folder / "linux"
    (root / MIGRATE).parent.mkdir(parents=True, exist_ok=True)
    (root / "Makefile").write_text(MAKEFILE.format(major, minor, patch), encoding="ascii")
    (root / MIGRATE).write_text(changed(*changes, text=text), encoding="utf-8")
    return tree_at(root)
