# SPDX-License-Identifier: GPL-2.0-only
"""
A mutant: a semantics with one thing wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from errpath.explore.mutants.code import Code
from errpath.explore.mutants.registry import KNOWN_BUG, OPERATORS
from errpath.explore.source import Edit

if TYPE_CHECKING:
    from errpath.explore.source import Source
    from errpath.kernel.bug import Equivalent, KnownBug
    from errpath.kernel.target import Model
    from errpath.vocabulary.vocabulary import Vocabulary


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
    bugs = [bug for bug in model.bugs if bug.semantics == semantics]
    yield from mutants_of(source, semantics, model.vocabulary, bugs)


def mutants_of(
    source: Source,
    name: str,
    vocabulary: Vocabulary,
    bugs: Iterable[KnownBug],
    watchers: Iterable[str] = (),
) -> Iterator[Mutant]:
    """
    Make every mutant of a source, likewise; the calls of watchers are no part of it.
    """
    key = Key(source, watchers)
    known = {key(edits): (bug, edits) for bug in bugs for edits in [_edits(bug, source)]}
    found = {key(())}
    number = 0
    for operator, line, edits in _changes(source, vocabulary, key):
        text = key(edits)
        if text not in found:
            found.add(text)
            number += 1
            bug = known.pop(text, (None, ()))[0]
            yield Mutant(
                number=number,
                semantics=name,
                operator=operator,
                source=source,
                line=line,
                edits=edits,
                bug=bug,
            )
    for bug, edits in known.values():
        number += 1
        yield Mutant(
            number=number,
            semantics=name,
            operator=KNOWN_BUG,
            source=source,
            line=source.text.count("\n", 0, edits[0].start) + 1,
            edits=edits,
            bug=bug,
        )


class Key:
    """
    Gives the text of a changed source without all in which equal mutants may differ.

    Those are comments, blank lines, and calls of watchers.
    """

    def __init__(self, source: Source, watchers: Iterable[str] = ()) -> None:
        self._source = source
        self._dropped = ("#", *(f"k.{name}(" for name in watchers))

    def __call__(self, edits: tuple[Edit, ...]) -> str:
        """
        Give the key of the source with these edits.
        """
        lines = (line.rstrip() for line in self._source.edited(edits).splitlines())
        return "\n".join(line for line in lines if line and not self.drops(line))

    def of(self, change: KnownBug | Equivalent) -> str:
        """
        Give the key of a change that is written down.
        """
        return self(_edits(change, self._source))

    def drops(self, line: str) -> bool:
        """
        Tell whether a line is none that counts.
        """
        return line.lstrip().startswith(self._dropped)


def _changes(
    source: Source, vocabulary: Vocabulary, key: Key
) -> Iterator[tuple[str, int, tuple[Edit, ...]]]:
    code = Code(source, vocabulary)
    for operator in OPERATORS:
        for change in operator.changes(code):
            if not key.drops(source.lines[change.line - 1]):
                yield operator.name, change.line, change.edits


def _edits(change: KnownBug | Equivalent, source: Source) -> tuple[Edit, ...]:
    return tuple(Edit(*place) for place in change.places(source.text))
