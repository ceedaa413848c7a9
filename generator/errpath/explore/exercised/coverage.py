# SPDX-License-Identifier: GPL-2.0-only
"""
What the cases of scenarios exercise of a semantics, and what only other paths reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from errpath.contracts.situation import Situations
from errpath.explore.exercised.noted import Noted
from errpath.explore.exercised.sites import Sites, sites

if TYPE_CHECKING:
    from errpath.contracts.scenario import Case, Stage
    from errpath.explore.exercised.point import Point
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.vocabulary.choice import Value

Key: TypeAlias = "int | str | tuple[str, Value]"
"""A point of the source by its index, a call by its text, an answer by its question."""

Passed: TypeAlias = "tuple[Run, list[int]]"
"""A run, and the indices of the points that it passed."""


Runner: TypeAlias = "Callable[[Environment], Passed]"
"""What runs once."""


class Kind(Enum):
    """
    What can be exercised.
    """

    EXITS = "exits"
    FAULTS = "faults"
    BRANCHES = "branches"
    PRIMITIVES = "primitives"
    VALUES = "values"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One thing to exercise: how many cases do, the test of the first, and where it is.

    A branch is an `outcome` of the condition that it says.
    `path` is the smallest path that gets there, if no case does; None if no path does either.
    `unlike` has the choices of that path which a scenario has to name: those that are not
    answered as they are for a scenario that says nothing. Not `walked` are paths that are too
    many: nobody knows then whether one gets there.
    """

    kind: Kind
    says: str
    outcome: bool | None = None
    place: str | None
    cases: int
    first: str | None
    path: Run | None
    unlike: Mapping[str, Value]
    walked: bool = True

    @property
    def reachable(self) -> bool:
        """
        Whether any path gets there, as far as anybody knows.
        """
        return bool(self.cases) or self.path is not None or not self.walked

    @property
    def missed(self) -> bool:
        """
        Whether no case gets there that could.
        """
        return self.reachable and not self.cases


class Coverage:
    """
    Counts what runs of one semantics exercise.

    First come the cases, then every path. A case counts if its contract is kept; those that
    are not are in `broken`, by their tests. `points` is empty for a model without source.
    `run` runs the function that the model is of.
    """

    def __init__(self, model: Model, semantics: str) -> None:
        self.semantics = semantics
        self.cases = 0
        self.broken: list[str] = []
        self._model = model
        self._noted = Noted(model, semantics) if semantics in model.modules else None
        self.run = self._runner(model)
        self._others: list[tuple[Model, Runner]] = []
        default = Situations(model.vocabulary).situation({}).answers
        self._default = {choice.text: value for choice, value in default.items()}
        self._by: Counter[Key] = Counter()
        self._first: dict[Key, str] = {}
        self._smallest: dict[Key, tuple[tuple[int, int, int], Run]] = {}
        self._sites: dict[int, Sites] = {}

    @property
    def points(self) -> Sequence[Point]:
        """
        The exits and branches of the source.
        """
        return self._noted.points if self._noted else ()

    def judge(self, case: Case, test: str, stage: Stage) -> None:
        """
        Run a case on its stage, and count what it exercises if it keeps its contract.
        """
        run, passed = self._run_on(stage.model)(case.situation.environment())
        if case.broken(run, model=stage.model, patterns=stage.patterns):
            self.broken.append(test)
            return
        self.cases += 1
        for key in _keys(run, passed):
            self._by[key] += 1
            self._first.setdefault(key, test)

    def reach(self, paths: Iterable[Passed]) -> None:
        """
        Look for what no case exercises, and keep the smallest path that gets there.

        It has the fewest faults, then the fewest choices to name, then the shortest trace.
        """
        for run, passed in paths:
            missed = [key for key in _keys(run, passed) if key not in self._by]
            if missed:
                size = (self._faults(run), len(self._unlike(run)), len(run.trace))
                for key in missed:
                    known = self._smallest.get(key)
                    if known is None or size < known[0]:
                        self._smallest[key] = size, run

    def _run_on(self, model: Model) -> Runner:
        """
        Give what runs a model: this one, or that of another entry, which has the same source.
        """
        if model is self._model:
            return self.run
        for known, run in self._others:
            if known is model:
                return run
        run = self._runner(model)
        self._others.append((model, run))
        return run

    def _runner(self, model: Model) -> Runner:
        noted = self._noted
        if noted and model is not self._model:
            noted = Noted(model, self.semantics) if self.semantics in model.modules else None
        if noted and noted.points == self.points:
            return noted.run
        target = model.reference()
        return lambda environment: (target.run(self.semantics, environment), [])

    def rows(self) -> list[Row]:
        """
        Give everything that there is to exercise, in the order of the source and vocabulary.
        """
        return [*self._of_points(), *self._of_calls(), *self._of_values()]

    def _of_points(self) -> Iterator[Row]:
        for index, point in enumerate(self.points):
            kind = Kind.EXITS if point.is_exit else Kind.BRANCHES
            yield self._row(kind, index, point.says, point.place, outcome=point.outcome)

    def _of_calls(self) -> Iterator[Row]:
        vocabulary = self._model.vocabulary
        for name in vocabulary.primitives:
            calls = [call for call in vocabulary.primitives[name].calls() if self._known(call)]
            if not calls and name in vocabulary.reach[self.semantics]:
                yield self._row(Kind.PRIMITIVES, name, name, None)
            for call in calls:
                yield self._row(Kind.PRIMITIVES, call, call, self._site(call))

    def _of_values(self) -> Iterator[Row]:
        vocabulary = self._model.vocabulary
        shown = {
            (call, answer.value): answer.shown
            for call, primitive in vocabulary.calls.items()
            for answer in primitive.answers
        }
        for text, choice in vocabulary.choices.items():
            asked = any(self._known((text, value)) for value in choice.values)
            # A parameter that is never read is listed; a call that is never made is, as a call.
            if not asked and text in vocabulary.calls:
                continue
            for value in choice.values:
                key = (text, value)
                says = f"{text} = {shown.get(key, value)}"
                kinds = [Kind.VALUES, Kind.FAULTS] if value in choice.faults else [Kind.VALUES]
                for kind in kinds:
                    yield self._row(kind, key, says, self._site(key))

    def _known(self, key: Key) -> bool:
        return key in self._by or key in self._smallest

    def _row(
        self,
        kind: Kind,
        key: Key,
        says: str,
        place: str | None,
        *,
        outcome: bool | None = None,
    ) -> Row:
        found = self._smallest.get(key)
        return Row(
            kind=kind,
            says=says,
            outcome=outcome,
            place=place,
            cases=self._by[key],
            first=self._first.get(key),
            path=found[1] if found else None,
            unlike=self._unlike(found[1]) if found else {},
        )

    def _site(self, key: str | tuple[str, Value]) -> str | None:
        """
        Give the place at which a path makes a call, or asks a question, that no case does.
        """
        found = self._smallest.get(key)
        if found is None or self._noted is None:
            return None
        run = found[1]
        if id(run) not in self._sites:
            self._sites[id(run)] = sites(self._noted, run, self._model.vocabulary.primitives)
        calls, questions = self._sites[id(run)]
        line = calls[key] if isinstance(key, str) else questions[key[0]]
        return f"{self._noted.file}:{line}"

    def _faults(self, run: Run) -> int:
        choices = self._model.vocabulary.choices
        return sum(value in choices[text].faults for text, value in _answers(run))

    def _unlike(self, run: Run) -> dict[str, Value]:
        default = self._default
        return {text: value for text, value in run.choices.items() if default.get(text) != value}


def _keys(run: Run, passed: list[int]) -> set[Key]:
    keys: set[Key] = set(passed)
    keys.update(event.call for event in run.trace)
    keys.update(_answers(run))
    return keys


def _answers(run: Run) -> Iterator[tuple[str, Value]]:
    """
    Give each answer with its question; a question that is put again is the same.
    """
    for text, value in run.choices.items():
        yield text.partition("#")[0], value
