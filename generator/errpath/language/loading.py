# SPDX-License-Identifier: GPL-2.0-only
"""
From spec files to specs.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from errpath.language.includes import File, Files
from errpath.language.loaded import Loaded
from errpath.language.meaning.bodies import Bodies
from errpath.language.meaning.contracts import Contracts
from errpath.language.meaning.definitions import Definition
from errpath.language.meaning.entries import Entries
from errpath.language.paths import Root, spec_files
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note, Span
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree
from errpath.language.syntax.text import head_comment, named
from errpath.spec.contract import Delta, Law, Scenario, Spec
from errpath.vocabulary.vocabulary import Vocabulary


def load(paths: Sequence[Path], *, root: Path, vocabulary: Vocabulary) -> Loaded:
    """
    Read the spec files at paths, which may be folders, with the names of a vocabulary.

    Gives the specs of the files that have no error, and neither has what they include, and
    the problems of all files at once. File names are relative to `root`.
    """
    with _without_collection():
        return _load(paths, Root(root), vocabulary)


def _load(paths: Sequence[Path], base: Root, vocabulary: Vocabulary) -> Loaded:
    names, problems = spec_files(paths, base)
    files = Files(base).read(names)
    loading = _Loading(vocabulary, files)
    specs = {name: loading.spec(name) for name in names}
    for file in files:
        problems += file.problems.found
    sources = {file.name: file.source for file in files if file.source}
    return Loaded(
        specs=tuple(spec for spec in specs.values() if spec),
        diagnostics=tuple(sorted(dict.fromkeys(problems), key=lambda d: d.order)),
        sources={name: source.text for name, source in sources.items()},
        files={name: source.sha256 for name, source in sources.items()},
    )


@contextmanager
def _without_collection() -> Iterator[None]:
    # What loading makes is kept, or freed as soon as nothing refers to it: to look for cycles
    # among it again and again costs a third of the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Loading:
    """
    The definitions of all files, and the specs that are made with them.
    """

    def __init__(self, vocabulary: Vocabulary, files: Iterable[File]) -> None:
        self._vocabulary = vocabulary
        self._bodies = Bodies(Entries(vocabulary))
        self._contracts = Contracts(vocabulary, self._bodies)
        self._visible: dict[str, dict[str, Definition]] = {}
        self._files: dict[str, File] = {}
        for file in files:
            self._files[file.name] = file
            self._visible[file.name] = self._definitions(file)
            file.broken |= bool(file.problems.found) or any(
                self._files[name].broken for name in file.includes
            )

    def spec(self, name: str) -> Spec | None:
        """
        Make the spec of a file; None if there is an error in it or in what it includes.
        """
        file = self._files[name]
        found: list[Scenario | Law | Delta] = []
        identifiers: dict[str, tree.Item] = {}
        names: dict[str, tree.Item] = {}
        for item in file.items:
            if item.keyword in {"situation", "contract"}:
                continue
            contract = self._contracts.contract(item, self._visible[name], file.problems)
            _unique(item, contract, names, identifiers, file.problems)
            found += [contract] if contract else []
        if file.broken or file.problems.found or file.source is None:
            return None
        return Spec(
            file=name,
            sha256=file.source.sha256,
            model=self._vocabulary.model,
            says=head_comment(file.source.text),
            scenarios=tuple(c for c in found if isinstance(c, Scenario)),
            laws=tuple(c for c in found if isinstance(c, Law)),
            deltas=tuple(c for c in found if isinstance(c, Delta)),
        )

    def _definitions(self, file: File) -> dict[str, Definition]:
        """
        Give what a file sees: what its includes see, and its own definitions, read now.
        """
        visible: dict[str, Definition] = {}
        for include, at in file.includes.items():
            for name, definition in self._visible[include].items():
                first = visible.setdefault(name, definition)
                if first is not definition:
                    _taken(name, at, first.note, file.problems)
        own: list[Definition] = []
        for item in file.items:
            if item.keyword not in {"situation", "contract"}:
                continue
            name = named(item.name, file.problems)
            definition = Definition(name=name, item=item, problems=file.problems, visible=visible)
            own.append(definition)
            first = visible.setdefault(name, definition)
            if first is not definition:
                _taken(name, file.problems.span(item.name), first.note, file.problems)
        for definition in own:
            self._bodies.define(definition)
        return visible


def _unique(
    item: tree.Item,
    contract: Scenario | Law | Delta | None,
    names: dict[str, tree.Item],
    identifiers: dict[str, tree.Item],
    problems: Problems,
) -> None:
    if contract is None:
        return
    first = names.setdefault(contract.name, item)
    if first is not item:
        note = Note(message="first defined here", at=problems.span(first.name))
        _taken(contract.name, problems.span(item.name), note, problems)
        return
    first = identifiers.setdefault(contract.identifier, item)
    if first is not item:
        problems.report(
            Code.DUPLICATE_IDENTIFIER,
            f"the name gives the Python identifier `{contract.identifier}`, which is taken",
            item.name,
            notes=[Note(message="this name gives it too", at=problems.span(first.name))],
        )


def _taken(name: str, at: Span, note: Note, problems: Problems) -> None:
    problems.report(Code.DUPLICATE_NAME, f"the name `{name}` is taken", at, notes=[note])
