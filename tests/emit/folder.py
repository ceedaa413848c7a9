# SPDX-License-Identifier: GPL-2.0-only
"""
Folders of generated files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from errpath.emit.plan import Plan
from errpath.emit.render import HEADER

GENERATED = f"# SPDX-License-Identifier: GPL-2.0-only\n{HEADER}.\n"


def plan(folder: Path, texts: Mapping[str, str]) -> Plan:
    """
    Plan these files of a folder; each comes from the spec of its name.
    """
    return Plan(
        folder=folder,
        texts={folder / name: text for name, text in texts.items()},
        specs={
            folder / name: f"specs/{Path(name).stem.removeprefix('test_')}.errpath"
            for name in texts
        },
    )


def content_of(folder: Path) -> dict[str, str]:
    """
    Give every file below a folder, hidden ones too, with its text.
    """
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}
