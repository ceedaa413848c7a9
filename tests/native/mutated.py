# SPDX-License-Identifier: GPL-2.0-only
"""
The reference model with a text changed: what stands for C that does otherwise.
"""

from __future__ import annotations

from types import ModuleType

from errpath.explore.source import Source
from errpath.migrate import driver
from errpath.migrate.semantics import MODULES


def mutated(semantics: str, *changes: tuple[str, str]) -> dict[str, ModuleType]:
    """
    Give the modules of a model with texts of one semantics changed, each of which is there once.
    """
    return {semantics: _changed(MODULES[semantics], changes)}


def mutated_driver(*changes: tuple[str, str]) -> ModuleType:
    """
    Give the functions above, changed likewise.
    """
    return _changed(driver, changes)


def _changed(module: ModuleType, changes: tuple[tuple[str, str], ...]) -> ModuleType:
    source = Source(module)
    text = source.text
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return source.compiled(text)
