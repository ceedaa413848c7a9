# SPDX-License-Identifier: GPL-2.0-only
"""
What the folder of generated tests should hold, and what it does hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path, PurePosixPath

from errpath.emit.render import HEADER


class State(Enum):
    """
    How a generated file differs from what would be written now.
    """

    MISSING = "missing"
    STALE = "stale"
    ORPHAN = "orphan"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """
    One file that is not as it should be; `spec` is where it comes from, if from any.
    """

    file: Path
    state: State
    spec: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    The files to write, by path, with their text; and the folder that holds nothing else.
    """

    folder: Path
    texts: Mapping[Path, str]
    specs: Mapping[Path, str]

    def drift(self) -> list[Drift]:
        """
        List every difference between the plan and the folder, in the order of the paths.
        """
        found = [
            Drift(file=file, state=state, spec=self.specs[file])
            for file, text in self.texts.items()
            if (state := _compare(file, text))
        ]
        found += [
            Drift(file=file, state=State.ORPHAN)
            for file in generated(self.folder)
            if file not in self.texts
        ]
        return sorted(found, key=lambda drift: drift.file)

    def digests(self, root: Path) -> dict[str, str]:
        """
        Give the sha256 of each planned file, by its path relative to the root.
        """
        return {
            str(file.relative_to(root)): sha256(text.encode()).hexdigest()
            for file, text in self.texts.items()
        }


def target(folder: Path, spec: str, specs: PurePosixPath) -> Path:
    """
    Give the test file of a spec file: `specs/a/b.errpath` -> `FOLDER/a/test_b.py`.
    """
    path = PurePosixPath(spec)
    inner = path.relative_to(specs) if path.is_relative_to(specs) else PurePosixPath(path.name)
    stem = "".join(c if c.isascii() and c.isalnum() else "_" for c in inner.stem)
    return folder.joinpath(*inner.parent.parts, f"test_{stem}.py")


def generated(folder: Path) -> Iterator[Path]:
    """
    Find the files below a folder that errpath wrote.
    """
    if folder.is_dir():
        for file in sorted(folder.rglob("test_*.py")):
            if is_generated(file):
                yield file


def is_generated(file: Path) -> bool:
    """
    Tell errpath's own header.
    """
    try:
        with file.open(encoding="utf-8") as lines:
            lines.readline()
            return lines.readline().startswith(HEADER)
    except (OSError, UnicodeDecodeError):
        return False


def _compare(file: Path, text: str) -> State | None:
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        return State.MISSING
    except IsADirectoryError:
        return State.FOREIGN
    if found == text.encode():
        return None
    return State.STALE if is_generated(file) else State.FOREIGN
