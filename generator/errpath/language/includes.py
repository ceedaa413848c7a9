# SPDX-License-Identifier: GPL-2.0-only
"""
The files that specs include, and the order in which they can be understood.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from errpath.language.paths import Root
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Diagnostic, Note, Span
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree
from errpath.language.syntax.parse import parse
from errpath.language.syntax.source import Source, clean, control_characters, read_source
from errpath.language.syntax.text import named


@dataclass(slots=True, kw_only=True)
class File:
    """
    One file: what was read, what it says, what it includes, and its problems.

    `includes` maps the name of an included file to where it is named. `source` is None if
    the file could not be read.
    """

    name: str
    source: Source | None
    problems: Problems
    items: list[tree.Item] = field(default_factory=list)
    includes: dict[str, Span] = field(default_factory=dict)
    broken: bool = False


class Files:
    """
    The files that were asked for, and those that they include, directly or not.
    """

    def __init__(self, root: Root) -> None:
        self._root = root
        self.by_name: dict[str, File] = {}

    def read(self, names: Iterable[str]) -> list[File]:
        """
        Read files and what they include; give all of them, included ones first.
        """
        open_names = list(names)
        while open_names:
            name = open_names.pop(0)
            if name not in self.by_name:
                file = self.by_name[name] = self._parsed(name)
                open_names += file.includes
        return [self.by_name[name] for name in self._sorted()]

    def _parsed(self, name: str) -> File:
        problems = Problems(name)
        source = read_source(self._root.path(name), name)
        if isinstance(source, Diagnostic):
            problems.found.append(source)
            return File(name=name, source=None, problems=problems, broken=True)
        problems.found += control_characters(name, source.text)
        parsed = parse(clean(source.text), name)
        problems.found += parsed.diagnostics
        file = File(name=name, source=source, problems=problems)
        for item in parsed.items:
            if isinstance(item, tree.Include):
                self._include(item, file)
            else:
                file.items.append(item)
        if not parsed.items and not problems.found:
            problems.report(Code.EMPTY_FILE, "the file says nothing", Span(file=name))
        return file

    def _include(self, include: tree.Include, file: File) -> None:
        problems = file.problems
        before = len(problems.found)
        target = named(include.path, problems)
        if len(problems.found) > before:
            return
        where = self._root.path(posixpath.join(posixpath.dirname(file.name), target))
        found = None if posixpath.isabs(target) else self._root.file(where)
        if found is None:
            problems.report(
                Code.INCLUDE_OUTSIDE_ROOT,
                f"`{target}` lies outside the project",
                include.path,
                help="an include is relative to the file that it stands in",
            )
        elif not os.path.isfile(where):  # noqa: PTH113 - Path.is_file() raises on long names
            problems.report(
                Code.INCLUDE_NOT_FOUND,
                f"`{target}` does not exist",
                include.path,
                help=f"an include is relative to the file that it stands in: `{found}`",
            )
        else:
            file.includes.setdefault(found, problems.span(include.path))

    def _sorted(self) -> list[str]:
        """
        Sort files so that each comes after what it includes; report and cut cycles.
        """
        while True:
            graph = {name: tuple(file.includes) for name, file in self.by_name.items()}
            sorter = TopologicalSorter(graph)
            try:
                return list(sorter.static_order())
            except CycleError as error:
                # graphlib lists a cycle against the direction of its edges.
                self._cut([str(name) for name in reversed(error.args[1])][:-1])

    def _cut(self, cycle: list[str]) -> None:
        first = cycle.index(min(cycle))
        chain = [*cycle[first:], *cycle[:first]]
        last = self.by_name[chain[-1]]
        at = last.includes.pop(chain[0])
        steps = [*chain, chain[0]]
        last.problems.report(
            Code.INCLUDE_CYCLE,
            f"`{chain[0]}` includes itself",
            at,
            help=f"the chain is {' -> '.join(f'`{name}`' for name in steps)}",
            notes=[
                Note(message=f"`{name}` includes `{to}`", at=self.by_name[name].includes[to])
                for name, to in pairwise(chain)
            ],
        )
