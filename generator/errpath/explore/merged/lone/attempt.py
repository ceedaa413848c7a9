# SPDX-License-Identifier: GPL-2.0-only
"""
Every way through the attempt that follows a status, out of what runs have shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.merged.lone.question import Question
from errpath.explore.merged.lone.reads import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from errpath.explore.merged.lone.outcome import Outcome
    from errpath.explore.merged.lone.question import Edges, Tree
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

    `ruled` are the answers that rules hold later ones against. It stands for a `number` of ways,
    where an answer stands for several.
    """

    asked: Link
    ruled: tuple[tuple[str, Value], ...]
    shared: Shared
    faults: int
    outcome: Outcome
    number: int = 1

    def and_then(self, other: Through) -> Through:
        """
        Give a way that goes on with what another asks.
        """
        asked = self.asked
        for text, value in answers_of(other.asked):
            asked = asked, text, value
        faults, number = self.faults + other.faults, self.number * other.number
        return self._replace(asked=asked, faults=faults, number=number)


class Ways(NamedTuple):
    """
    Every way through an attempt: the list of them is one wherever that is known of it.

    `facts` are those that were looked up, `ruled` the answers that others were held against: None
    for what is not known.
    """

    facts: Mapping[str, Value | None]
    ruled: Mapping[str, Value | None]
    every: list[Through]

    def fit(self, facts: Mapping[str, Value], ruled: Mapping[str, Value]) -> bool:
        """
        Tell whether they are all the ways with these facts and these answers, too.
        """
        return all(facts.get(text) == value for text, value in self.facts.items()) and all(
            ruled.get(text) == value for text, value in self.ruled.items()
        )


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
    which no more is told than is compared, `rules` has for each those that it is held against,
    `alike` has for answers which of them are one.
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
        rules: Mapping[str, frozenset[str]],
        alike: Mapping[str, Mapping[Value, frozenset[Value]]],
    ) -> None:
        self._tree = tree
        self._edges = edges
        self._possible = possible
        self._show = show
        self._shared = shared
        self._opened = opened
        self._ruled = ruled
        self._rules = rules
        self._alike = alike

    def ways(self, facts: Mapping[str, Value], ruled: Mapping[str, Value]) -> Ways:
        """
        Give every way, with these facts and these answers that rules hold others against.
        """
        self._facts = facts
        self._known = dict(ruled)
        self._looked: set[str] = set()
        self._held: set[str] = set()
        self._answered: tuple[tuple[str, Value], ...] = ()
        self._script: list[Any] = []
        self._found: list[Through] = []
        if not self._tree:
            self._show([])
        self._down(self._tree[0], None, {}, 0, 1)
        against = {text for held in self._held for text in self._rules.get(held, ())}
        return Ways(
            {text: facts.get(text) for text in self._looked},
            {text: ruled.get(text) for text in against},
            self._found,
        )

    def _on(self, at: Question, value: Any, *, asked: bool) -> Question | Outcome:
        key = self._edges.of(at.text, value, asked=asked)
        found = at.next.get(key)
        if found is None:
            self._show(self._script.copy())
            found = at.next[key]
        return found

    def _down(
        self, at: Question | Outcome, asked: Link, told: Told, faults: int, number: int
    ) -> None:
        while isinstance(at, Question):
            text = at.text
            if at.other is not None:
                self._compare(at, asked, told, faults, number)
                return
            self._looked.add(text)
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
                self._ask(at, asked, told, faults, number)
                return
        shared = frozenset(told.items())
        self._found.append(Through(asked, self._answered, shared, faults, at, number))

    def _compare(self, at: Question, asked: Link, told: Told, faults: int, number: int) -> None:
        text, script = at.text, self._script
        before, others, out = len(script), list[Any](), asked
        beyond: Question | Outcome = at
        # What one test compares with is one to it.
        while isinstance(beyond, Question) and (beyond is at or beyond.further):
            others.append(beyond.other)
            script.append(False)
            out = out, text, False
            beyond = self._on(beyond, value=False, asked=False)
        del script[before:]
        so = True if len(others) == 1 else tuple(others)
        values = tuple([value for value in told[text] if value in others])
        script.append(so)
        on = self._on(at, so, asked=False)
        self._down(on, (asked, text, so), {**told, text: values}, faults, number)
        script[before:] = [False] * len(others)
        values = tuple([value for value in told[text] if value not in others])
        self._down(beyond, out, {**told, text: values}, faults, number)
        del script[before:]

    def _ask(self, at: Question, asked: Link, told: Told, faults: int, number: int) -> None:
        choice, text, known = at.choice, at.text, self._known
        before, answered = known.get(text), self._answered
        if choice is None:
            raise AssertionError(text)
        self._held.add(text)
        bad = choice.faults
        for value, times in self._answers(choice):
            known[text] = value
            self._script.append(value)
            if text in self._ruled:
                self._answered = (*answered, (text, value))
            if text in self._shared:
                told = {**told, text: (value,)}
            on = self._on(at, value, asked=True)
            self._down(on, (asked, text, value), told, faults + (value in bad), number * times)
            self._script.pop()
            known.pop(text)
            self._answered = answered
        if before is not None:
            known[text] = before

    def _answers(self, choice: Choice) -> Iterable[tuple[Value, int]]:
        """
        Give the answers that are possible, each with the number of those that it stands for.
        """
        possible = self._possible(choice, self._known)
        alike = self._alike.get(choice.text)
        if alike is None:
            return [(value, 1) for value in possible]
        found: dict[object, list[Value]] = {}
        for value in possible:
            found.setdefault(alike.get(value, value), []).append(value)
        return [(values[0], len(values)) for values in found.values()]
