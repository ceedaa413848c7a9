# SPDX-License-Identifier: GPL-2.0-only
"""
From text to spec: parsing, names, diagnostics, formatting.

    loaded = load([Path("specs")], root=Path(), vocabulary=VOCABULARY)

What is listed here is imported when it is first used: a start that reads no spec does not
pay for the parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from errpath.language.loaded import Loaded
    from errpath.language.loading import load
    from errpath.language.report.code import Code
    from errpath.language.report.diagnostic import Diagnostic, Note, Span
    from errpath.language.report.renderers import render
    from errpath.language.syntax.formatting import UnformattableError, format_text

__all__ = [
    "Code",
    "Diagnostic",
    "Loaded",
    "Note",
    "Span",
    "UnformattableError",
    "format_text",
    "load",
    "render",
]

_ROOMS = {
    "Code": "report.code",
    "Diagnostic": "report.diagnostic",
    "Loaded": "loaded",
    "Note": "report.diagnostic",
    "Span": "report.diagnostic",
    "UnformattableError": "syntax.formatting",
    "format_text": "syntax.formatting",
    "load": "loading",
    "render": "report.renderers",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
