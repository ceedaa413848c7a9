# SPDX-License-Identifier: GPL-2.0-only
"""
driver.py with a change in it.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from errpath.kernel.bug import KnownBug
from errpath.migrate import driver

SOURCE = Path(driver.__file__)


def changed_driver(*changes: tuple[str, str]) -> ModuleType:
    """
    Give the driver with each old line or lines, there once, in the new ones' place.
    """
    text = SOURCE.read_text(encoding="utf-8")
    bug = KnownBug(commit="", says="", semantics="driver", changes=changes)
    for start, end, new in sorted(bug.places(text), reverse=True):
        text = text[:start] + new + text[end:]
    module = ModuleType(driver.__name__)
    exec(compile(text, str(SOURCE), "exec"), vars(module))  # noqa: S102 - the project's own source
    return module
