# SPDX-License-Identifier: GPL-2.0-only
"""
Where runs get to: which statements a run enters, and how many answers it had until then.

A mutant runs as the right version does until it enters a statement that was changed. So
only the runs that get there have to be made again, and from there on.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from types import ModuleType

    from errpath.explore.source import Edit, Source
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value

_ENTERED = "entered__"

Site: TypeAlias = int
"""A statement, by its number in the order of the source."""


class Walked(NamedTuple):
    """
    A run, its answers in their order, and how many came before each site that it entered.
    """

    run: Run
    answers: tuple[Value, ...]
    entered: dict[Site, int]

    def until(self, sites: frozenset[Site]) -> tuple[Value, ...] | None:
        """
        Give the answers before the first of some sites was entered; None if none was.
        """
        depths = [self.entered[site] for site in sites if site in self.entered]
        return self.answers[: min(depths)] if depths else None


class Watched:
    """
    A source whose statements tell when they are entered.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._answers: list[Value] = []
        self._entered: dict[Site, int] = {}
        tree = source.new_tree()
        self._spans = list(_watch(source, tree))
        self.module: ModuleType = source.compiled(ast.fix_missing_locations(tree))
        setattr(self.module, _ENTERED, self._enter)
        self.sites = cache(self._sites)

    def _enter(self, site: Site) -> None:
        if site not in self._entered:
            self._entered[site] = len(self._answers)

    def walk(self, run: Callable[[Environment], Run], environment: Environment) -> Walked:
        """
        Run once, on a target that has the module, and tell where it got to.
        """
        answers = self._answers = []
        entered = self._entered = {}

        def answer(choice: Choice) -> Value:
            value = environment(choice)
            answers.append(value)
            return value

        for hook in ("begin_pass", "forget"):
            if hasattr(environment, hook):
                setattr(answer, hook, getattr(environment, hook))
        done = run(answer)
        # Where a run gets that nobody watches is nothing to this one.
        self._entered = {}
        return Walked(done, tuple(answers), entered)

    def _sites(self, edits: tuple[Edit, ...]) -> frozenset[Site]:
        """
        Give the statements that edits change: for each, the smallest that holds all of it.
        """
        return frozenset(self._around(edit) for edit in edits)

    def _around(self, edit: Edit) -> Site:
        inside = [
            (end - start, site)
            for site, (start, end) in enumerate(self._spans)
            if start <= edit.start and edit.end <= end
        ]
        return min(inside)[1]


def _watch(source: Source, tree: ast.Module) -> list[tuple[int, int]]:
    """
    Put a call in front of each statement of each function; give the lines of all of them.

    The function itself is a site, too: it is entered where its first statement is.
    """
    spans: list[tuple[int, int]] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            spans.append(_lines(source, node))
            first = _call(len(spans) - 1)
            _watch_block(source, node.body, spans)
            node.body.insert(0, first)
    return spans


def _watch_block(source: Source, block: list[ast.stmt], spans: list[tuple[int, int]]) -> None:
    watched: list[ast.stmt] = []
    for statement in block:
        spans.append(_lines(source, statement))
        watched += [_call(len(spans) - 1), statement]
        for inner in ("body", "orelse", "finalbody"):
            _watch_block(source, getattr(statement, inner, []), spans)
    block[:] = watched


def _lines(source: Source, statement: ast.stmt) -> tuple[int, int]:
    last = statement.end_lineno or statement.lineno
    return source.offset(statement.lineno), source.offset(last + 1)


def _call(site: Site) -> ast.stmt:
    return ast.Expr(
        ast.Call(func=ast.Name(_ENTERED, ast.Load()), args=[ast.Constant(site)], keywords=[])
    )
