# SPDX-License-Identifier: GPL-2.0-only
"""
Diagnostics as text, for people and for programs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Final, TypeAlias

from errpath.language.report.annotation import annotation
from errpath.language.report.diagnostic import Diagnostic, Span
from errpath.language.report.snippet import printable, snippet

Sources: TypeAlias = "Mapping[str, str]"
Renderer: TypeAlias = "Callable[[Diagnostic, Sources], str]"


def full(diagnostic: Diagnostic, sources: Sources) -> str:
    """
    Render in the shape of rustc: the line with the span underlined, help and notes.
    """
    at = diagnostic.at
    margin = " " * max(2, len(str(at.line)))
    out = [
        f"error[{diagnostic.code.code}]: {printable(diagnostic.message)}",
        f"{margin}--> {_place(at)}",
    ]
    line = _line(at, sources)
    if line is not None:
        shown, carets = snippet(line, at.column - 1, at.end_column - 1)
        out += [
            f"{margin} |",
            f"{at.line:>{len(margin)}} | {shown}".rstrip(),
            f"{margin} | {carets}",
        ]
    if diagnostic.help is not None:
        out.append(f"{margin} = help: {printable(diagnostic.help)}")
    out += [
        f"{margin} = note: {printable(note.message)}: {_place(note.at)}"
        for note in diagnostic.notes
    ]
    return "\n".join(out)


def concise(diagnostic: Diagnostic, _: Sources) -> str:
    """
    Render in one line, as compilers do: `file:line:col: E203 message`.
    """
    message = printable(diagnostic.message)
    return f"{_place(diagnostic.at)}: {diagnostic.code.code} {message}"


def github(diagnostic: Diagnostic, _: Sources) -> str:
    """
    Render as a workflow command, which GitHub shows beside the line.
    """
    at = diagnostic.at
    properties = {"file": at.file}
    if at.line:
        properties |= {
            "line": str(at.line),
            "col": str(at.column),
            "endColumn": str(at.end_column),
        }
    properties["title"] = diagnostic.code.code
    said = [diagnostic.message]
    said += [f"help: {diagnostic.help}"] if diagnostic.help else []
    said += [f"note: {note.message}: {_place(note.at)}" for note in diagnostic.notes]
    return annotation("\n".join(said), **properties)


def as_json(diagnostic: Diagnostic, _: Sources) -> str:
    """
    Render as one JSON object on one line.
    """
    return json.dumps(
        {
            "code": diagnostic.code.code,
            "message": diagnostic.message,
            **asdict(diagnostic.at),
            "help": diagnostic.help,
            "notes": [{"message": n.message, **asdict(n.at)} for n in diagnostic.notes],
        }
    )


RENDERERS: Final[Mapping[str, Renderer]] = MappingProxyType(
    {"full": full, "concise": concise, "github": github, "json": as_json}
)
"""What can be asked for with `--output-format`."""


def render(diagnostics: Iterable[Diagnostic], sources: Sources, output_format: str) -> str:
    """
    Render all diagnostics, in the order given; the text ends without a line break.

    `sources` are the texts of the files, as `Loaded.sources` has them.
    """
    renderer = RENDERERS[output_format]
    between = "\n\n" if output_format == "full" else "\n"
    return between.join(renderer(diagnostic, sources) for diagnostic in diagnostics)


def _place(at: Span) -> str:
    file = printable(at.file)
    return f"{file}:{at.line}:{at.column}" if at.line else file


def _line(at: Span, sources: Sources) -> str | None:
    text = sources.get(at.file)
    if text is None or not at.line:
        return None
    lines = text.split("\n", at.line)
    return lines[at.line - 1].removesuffix("\r") if len(lines) >= at.line else None
