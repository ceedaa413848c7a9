# SPDX-License-Identifier: GPL-2.0-only
"""
The cases of generated tests, as functions that are called without pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from runpy import run_path


def cases_of(folder: Path) -> Iterator[Callable[[], None]]:
    """
    Give every case of the scenarios below a folder; laws, which walk every path, are left out.
    """
    for file in sorted(folder.rglob("test_*.py")):
        for name, test in run_path(str(file)).items():
            if name.startswith("test_"):
                yield from _cases(test)


def _cases(test: Callable[..., None]) -> Iterator[Callable[[], None]]:
    marks = {mark.name: mark for mark in getattr(test, "pytestmark", ())}
    if "law" in marks:
        return
    if "parametrize" not in marks:
        yield test
        return
    names, table = marks["parametrize"].args
    for row in table:
        values = getattr(row, "values", row)
        yield partial(test, *((values,) if isinstance(names, str) and row is values else values))
