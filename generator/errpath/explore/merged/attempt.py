# SPDX-License-Identifier: GPL-2.0-only
"""
Every way through the attempt that follows a status, out of what runs have shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.merged.question import Question
from errpath.explore.merged.reads import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from errpath.explore.merged.outcome import Outcome
    from errpath.explore.merged.question import Edges, Tree
    from errpath.vocabulary.choice import Choice, Value

Link: TypeAlias = "tuple[Any, str, Any] | None"
"""The answers of an attempt, last first: those before, the text of the question, the answer."""
Shared: TypeAlias = "frozenset[tuple[str, tuple[Value, ...]]]"
"""What an attempt was told that is about no page: for each question, the values it can be."""
Told: TypeAlias = "dict[str, tuple[Any, ...]]"
Possible: TypeAlias = "Callable[[Choice, dict[str, Value]], tuple[Value, ...]]"


class Through(NamedTuple):
    """
    One way through an attempt: what it asked, with how many faults, and what it comes to.

    `ruled` are the answers that rules hold later ones against.
    """

    asked: Link
    ruled: tuple[tuple[str, Value], ...]
    shared: Shared
    faults: int
    outcome: Outcome

    def and_then(self, other: Through) -> Through:
        """
        Give a way that goes on with what another asks.
        """
        asked = self.asked
        for text, value in answers_of(other.asked):
            asked = asked, text, value
        return self._replace(asked=asked, faults=self.faults + other.faults)


def answers_of(asked: Link) -> list[tuple[str, Any]]:
    """
    Give the questions of an attempt with their answers, the first one first.
    """
    found = []
    while asked is not None:
        asked, text, value = asked
        found.append((text, value))
    return found[::-1]


class Attempt:
    """
    Goes down a tree of questions with what is known, and has runs made where it ends.

    `show(script)` makes the run with those answers and puts it into the tree. What is known
    is answered so; what is not, in every way that the rules leave. `opened` are questions of
    which no more is told than is compared.
    """

    def __init__(
        self,
        tree: Tree,
        edges: Edges,
        possible: Possible,
        show: Callable[[list[Any]], None],
        *,
        shared: frozenset[str],
        opened: frozenset[str],
        ruled: frozenset[str],
    ) -> None:
        self._tree = tree
        self._edges = edges
        self._possible = possible
        self._show = show
        self._shared = shared
        self._opened = opened
        self._ruled = ruled

    def ways(self, facts: Mapping[str, Value], ruled: Mapping[str, Value]) -> list[Through]:
        """
        Give every way, with these facts and these answers that rules hold others against.
        """
        self._facts = facts
        self._known = dict(ruled)
        self._answered: tuple[tuple[str, Value], ...] = ()
        self._script: list[Any] = []
        self._found: list[Through] = []
        if not self._tree:
            self._show([])
        self._down(self._tree[0], None, {}, 0)
        return self._found

    def _on(self, at: Question, value: Any, *, asked: bool) -> Question | Outcome:
        key = self._edges.of(at.text, value, asked=asked)
        found = at.next.get(key)
        if found is None:
            self._show(self._script.copy())
            found = at.next[key]
        return found

    def _down(self, at: Question | Outcome, asked: Link, told: Told, faults: int) -> None:
        while isinstance(at, Question):
            text = at.text
            if at.other is not None:
                self._compare(at, asked, told, faults)
                return
            if text in self._facts:
                at = self._on(at, self._facts[text], asked=False)
                continue
            if at.choice is None and not at.looks_up:
                self._show(self._script.copy())
            if at.looks_up:
                at = self._on(at, UNKNOWN, asked=False)
            elif text in self._opened:
                told = {**told, text: self._possible(at.choice, {})}  # type: ignore[arg-type]
                at = self._on(at, None, asked=True)
            else:
                self._ask(at, asked, told, faults)
                return
        self._found.append(Through(asked, self._answered, frozenset(told.items()), faults, at))

    def _compare(self, at: Question, asked: Link, told: Told, faults: int) -> None:
        text, other = at.text, at.other
        left = tuple(value for value in told[text] if value != other)
        for so, values in ((True, (other,)), (False, left)):
            self._script.append(so)
            on = self._on(at, so, asked=False)
            self._down(on, (asked, text, so), {**told, text: values}, faults)
            self._script.pop()

    def _ask(self, at: Question, asked: Link, told: Told, faults: int) -> None:
        choice, text, known = at.choice, at.text, self._known
        before, answered = known.get(text), self._answered
        if choice is None:
            raise AssertionError(text)
        bad = choice.faults
        for value in self._possible(choice, known):
            known[text] = value
            self._script.append(value)
            if text in self._ruled:
                self._answered = (*answered, (text, value))
            if text in self._shared:
                told = {**told, text: (value,)}
            on = self._on(at, value, asked=True)
            self._down(on, (asked, text, value), told, faults + (value in bad))
            self._script.pop()
            known.pop(text)
            self._answered = answered
        if before is not None:
            known[text] = before
