# SPDX-License-Identifier: GPL-2.0-only
"""
What was found clean, and the contents of every file that the finding rests on.

It saves the work of a second look at the same files by the same errpath, and nothing
else: a changed byte in any of them, or in errpath itself, and the look is taken again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any

_FOLDER = ".errpath_cache"
_MOST = 64


class Cache:
    """
    The cache of one project; one that cannot be read or written is an empty one.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / _FOLDER / "clean.json"

    def clean(self, question: str) -> str | None:
        """
        Give what was said about a question that was answered "clean", if all still holds.
        """
        match self._entries().get(question):
            case {"files": dict(files), "says": str(says)}:
                same = all(digest_of(self._root / name) == files[name] for name in files)
                return says if same and files else None
        return None

    def note(self, question: str, files: Mapping[str, str], says: str) -> None:
        """
        Note that a question was answered "clean", on what files, by their sha256.
        """
        entries = self._entries()
        entries.pop(question, None)
        entries[question] = {"files": dict(files), "says": says}
        kept = dict(list(entries.items())[-_MOST:])
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            (self._file.parent / ".gitignore").write_text("*\n")
            self._write(json.dumps({"errpath": self._errpath, "clean": kept}))

    @cached_property
    def _errpath(self) -> str:
        return _fingerprint()

    def _entries(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        match found:
            case {"errpath": self._errpath, "clean": dict(entries)}:
                return entries
        return {}

    def _write(self, text: str) -> None:
        handle, name = mkstemp(dir=self._file.parent)
        try:
            with os.fdopen(handle, "w") as unfinished:
                unfinished.write(text)
            Path(name).replace(self._file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def digest_of(file: Path) -> str | None:
    """
    Give the sha256 of a file's bytes, or None if it cannot be read.
    """
    try:
        return sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None


def _fingerprint() -> str:
    package = Path(__file__).parent
    parts = [package, package / "grammar", package.parents[1] / "grammar"]
    rows = sorted(row for part in parts if part.is_dir() for row in _stats(part))
    return sha256("\n".join(rows).encode()).hexdigest()


def _stats(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _stats(Path(entry.path))
            elif entry.name.endswith((".py", ".lark", ".jinja")):
                stat = entry.stat()
                yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}"
