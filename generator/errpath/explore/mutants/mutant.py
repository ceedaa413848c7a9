# SPDX-License-Identifier: GPL-2.0-only
"""
A mutant: a semantics with one thing wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from errpath.explore.mutants.code import Code
from errpath.explore.mutants.registry import KNOWN_BUG, OPERATORS
from errpath.explore.source import Edit

if TYPE_CHECKING:
    from errpath.explore.source import Source
    from errpath.kernel.bug import KnownBug
    from errpath.kernel.target import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """
    The operator that made it, the line of the source that it is about, and its edits.

    `number` counts the mutants of a semantics, from 1. `bug` is the bug of the kernel's that
    it brings back, if it is one.
    """

    number: int
    semantics: str
    operator: str
    source: Source
    line: int
    edits: tuple[Edit, ...]
    bug: KnownBug | None = None

    @property
    def place(self) -> str:
        """
        The file and the line.
        """
        return f"{self.source.file}:{self.line}"

    @property
    def text(self) -> str:
        """
        The whole source, with the change.
        """
        return self.source.edited(self.edits)

    def diff(self) -> list[str]:
        """
        Give the change as a unified diff, line by line.
        """
        file = self.source.file
        changed = self.text.splitlines()
        lines = unified_diff(
            self.source.text.splitlines(), changed, f"a/{file}", f"b/{file}", lineterm="", n=2
        )
        return list(lines)


def mutants(source: Source, semantics: str, model: Model) -> Iterator[Mutant]:
    """
    Make every mutant of a semantics, in the order of the operators; equal texts are one.

    """
    bugs = {_key(source, edits): (bug, edits) for bug, edits in _known(source, semantics, model)}
    found = {_key(source, ())}
    number = 0
    for operator, line, edits in _changes(source, model):
        key = _key(source, edits)
        if key not in found:
            found.add(key)
            number += 1
            bug = bugs.pop(key, (None, ()))[0]
            yield Mutant(
                number=number,
                semantics=semantics,
                operator=operator,
                source=source,
                line=line,
                edits=edits,
                bug=bug,
            )
    for bug, edits in bugs.values():
        number += 1
        yield Mutant(
            number=number,
            semantics=semantics,
            operator=KNOWN_BUG,
            source=source,
            line=source.text.count("\n", 0, edits[0].start) + 1,
            edits=edits,
            bug=bug,
        )


def _changes(source: Source, model: Model) -> Iterator[tuple[str, int, tuple[Edit, ...]]]:
    code = Code(source, model.vocabulary)
    for operator in OPERATORS:
        for change in operator.changes(code):
            yield operator.name, change.line, change.edits


def _known(
    source: Source, semantics: str, model: Model
) -> Iterator[tuple[KnownBug, tuple[Edit, ...]]]:
    for bug in model.bugs:
        if bug.semantics == semantics:
            yield bug, tuple(Edit(*place) for place in bug.places(source.text))


def _key(source: Source, edits: tuple[Edit, ...]) -> str:
    """
    Give the text without its comments and blank lines, in which equal mutants may differ.
    """
    lines = (line.rstrip() for line in source.edited(edits).splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))
