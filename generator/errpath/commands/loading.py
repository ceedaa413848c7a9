# SPDX-License-Identifier: GPL-2.0-only
"""
Reading specs, and telling what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from errpath.commands.screen import show
from errpath.commands.status import FINDINGS, UNUSABLE
from errpath.language.loaded import Loaded
from errpath.language.loading import load
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Diagnostic
from errpath.language.report.renderers import render
from errpath.models import model

_UNREADABLE = frozenset(
    {
        Code.UNREADABLE_FILE,
        Code.NOT_UTF8,
        Code.NUL_BYTE,
        Code.FILE_TOO_LARGE,
        Code.NO_SPEC_FILE,
        Code.FILE_OUTSIDE_ROOT,
    }
)


def read(root: Path, paths: Sequence[str]) -> Loaded:
    """
    Read spec files with the vocabulary of the installed model.
    """
    return load([Path(path) for path in paths], root=root, vocabulary=model().vocabulary)


def clean_specs(root: Path, paths: Sequence[str], output_format: str = "full") -> Loaded:
    """
    Read spec files, or print every problem and end with the status that it asks for.
    """
    loaded = read(root, paths)
    if loaded.diagnostics:
        report(loaded.diagnostics, loaded.sources, output_format)
        raise SystemExit(status(loaded.diagnostics))
    return loaded


def report(
    diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], output_format: str
) -> None:
    """
    Print the diagnostics in one of the formats.
    """
    text = render(diagnostics, sources, output_format)
    if output_format == "full":
        files = len({diagnostic.at.file for diagnostic in diagnostics})
        text += f"\n\n{counted(len(diagnostics), 'problem')} in {counted(files, 'file')}"
    show(text)


def status(diagnostics: Sequence[Diagnostic]) -> int:
    """
    Give 0 for clean, 1 for findings, 2 if some file could not be read at all.
    """
    if any(diagnostic.code in _UNREADABLE for diagnostic in diagnostics):
        return UNUSABLE
    return FINDINGS if diagnostics else 0


def counted(number: int, noun: str) -> str:
    """
    Write a number and its noun.
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
