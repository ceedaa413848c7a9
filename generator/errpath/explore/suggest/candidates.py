# SPDX-License-Identifier: GPL-2.0-only
"""
Situations that a scenario could be about, and what each of them shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from errpath.contracts.situation import Situations
from errpath.explore.exercised.noted import Noted
from errpath.explore.mutants.difference import seen, smallest
from errpath.explore.mutants.fewer import Fewer
from errpath.explore.mutants.mutant import Mutant, mutants
from errpath.explore.mutants.running import Crash, Runner
from errpath.explore.mutants.scenarios import same
from errpath.explore.mutants.site import Walked, Watched
from errpath.explore.paths.enumerate import paths, paths_behind
from errpath.explore.source import Source
from errpath.explore.suggest.situation import Told, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from errpath.contracts.situation import Situation
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.vocabulary.choice import Value


@dataclass(slots=True, kw_only=True)
class Candidate:
    """
    A situation, and the right run in each semantics.

    `seen` is what an observer sees of those runs. `shows` has a bit for each exit that is taken
    in it and for each mutant that runs another way in it, as an observer sees it; `wrong` has
    what those do, by the bit.
    """

    told: Told
    situation: Situation
    walked: dict[str, Walked]
    seen: dict[str, tuple[str, ...]]
    shows: int = 0
    wrong: dict[int, Run | Crash] = field(default_factory=dict)


class Stage:
    """
    One semantics: its right version, its exits and its mutants.
    """

    def __init__(self, semantics: str, model: Model) -> None:
        self.semantics = semantics
        self._model = model
        self.source = Source(model.modules[semantics])
        self.watched = Watched(self.source)
        self.right = partial(model.reference({semantics: self.watched.module}).run, semantics)
        self.noted = Noted(model, semantics, branches=False)
        self.mutants = tuple(mutants(self.source, semantics, model))
        self._rules = Fewer(self.source, (), model)

    def walk(self, situation: Situation) -> Walked:
        """
        Run the right version in a situation.
        """
        return self.watched.walk(self.right, situation.environment())

    def exits(self, situation: Situation) -> set[int]:
        """
        Give the exits that the right version takes in a situation.
        """
        return set(self.noted.run(situation.environment())[1])

    def runner(self, mutant: Mutant) -> Runner:
        """
        Make a mutant ready to run.
        """
        return Runner(self.source, self.semantics, self._model, mutant.text)

    @cached_property
    def _every(self) -> Sequence[Walked]:
        """
        Every path of the right version, but for those that nobody can tell from another.
        """
        return tuple(paths(partial(self.watched.walk, self.right), self._rules))

    def distinct(self, mutant: Mutant) -> Mapping[str, Value] | None:
        """
        Give the choices of the smallest path that shows a mutant; None if it is equivalent.
        """
        sites = self.watched.sites(mutant.edits)
        begun = dict.fromkeys(
            until for walked in self._every if (until := walked.until(sites)) is not None
        )
        wrong = self.runner(mutant).run
        # Most that get here do nothing else at all: then the right version need not run again.
        if all(map(self._is_right, paths_behind(begun, wrong, self._rules))):
            return None
        found = smallest(self.right, wrong, begun, self._model.vocabulary, self._rules)
        return found and found.choices

    def _is_right(self, run: Run | Crash) -> bool:
        if isinstance(run, Crash):
            return False
        right = self._known.get(tuple(run.choices.items()))
        return right is not None and same(run, right)

    @cached_property
    def _known(self) -> Mapping[tuple[tuple[str, Value], ...], Run]:
        return {tuple(walked.run.choices.items()): walked.run for walked in self._every}


class Candidates:
    """
    All that can be said, and what each says.

    `equivalent` counts the mutants that no path shows, `untold` those that only situations
    show for which the language has no words.
    """

    def __init__(self, semantics: Sequence[str], model: Model) -> None:
        self._model = model
        self._situations = Situations(model.vocabulary)
        self.stages = [Stage(name, model) for name in model.vocabulary.semantics]
        # A scenario speaks of every semantics, whichever it is to take the exits of.
        self.wanted = [stage for stage in self.stages if stage.semantics in semantics]
        self._first = self._numbered()
        self.found: list[Candidate] = []
        self.equivalent = 0
        self.untold = 0
        every = (run for one in self.wanted for run in paths(one.right, model.vocabulary.rules))
        self._add(_told_apart(self._candidates(run.choices for run in every)))
        self._add(self._candidates(list(self._missed())))

    @property
    def mutants(self) -> int:
        """
        The number of mutants that are shown.
        """
        total = sum(len(stage.mutants) for stage in self.wanted)
        return total - self.equivalent - self.untold

    @property
    def exits(self) -> int:
        """
        The number of exits that are taken.
        """
        shown = 0
        for one in self.found:
            shown |= one.shows
        first = min(self._first[stage.semantics, "mutants"] for stage in self.wanted)
        return (shown & ((1 << first) - 1)).bit_count()

    def mutant(self, bit: int) -> tuple[Stage, Mutant] | None:
        """
        Give the mutant that a bit stands for; None for an exit.
        """
        for stage in self.wanted:
            number = bit - self._first[stage.semantics, "mutants"]
            if 0 <= number < len(stage.mutants):
                return stage, stage.mutants[number]
        return None

    def _numbered(self) -> dict[tuple[str, str], int]:
        """
        Give the bit of the first exit and of the first mutant of each semantics.
        """
        first: dict[tuple[str, str], int] = {}
        bit = 0
        for stage in self.wanted:
            first[stage.semantics, "exits"] = bit
            bit += len(stage.noted.points)
        for stage in self.wanted:
            first[stage.semantics, "mutants"] = bit
            bit += len(stage.mutants)
        return first

    def _candidates(self, choices: Iterable[Mapping[str, Value]]) -> Iterator[Candidate]:
        known = {one.told.key for one in self.found}
        for made in choices:
            one = told(made, self._model.vocabulary)
            if one is None or one.key in known:
                continue
            known.add(one.key)
            situation = one.situation(self._situations)
            walked = {stage.semantics: stage.walk(situation) for stage in self.stages}
            if not any(each.run.bug for each in walked.values()):
                right = {name: seen(each.run) for name, each in walked.items()}
                yield Candidate(told=one, situation=situation, walked=walked, seen=right)

    def _add(self, candidates: Iterable[Candidate]) -> None:
        new = list(candidates)
        self.found += new
        for stage in self.wanted:
            first = self._first[stage.semantics, "exits"]
            for one in new:
                for point in stage.exits(one.situation):
                    one.shows |= 1 << (first + point)
            for number, mutant in enumerate(stage.mutants):
                bit = self._first[stage.semantics, "mutants"] + number
                runner = stage.runner(mutant)
                sites = stage.watched.sites(mutant.edits)
                for one in new:
                    walked = one.walked[stage.semantics]
                    if sites.isdisjoint(walked.entered):
                        continue
                    run = runner.run(one.situation.environment())
                    if not isinstance(run, Crash) and same(run, walked.run):
                        continue
                    if seen(run) != one.seen[stage.semantics]:
                        one.shows |= 1 << bit
                        one.wrong[bit] = run

    def _missed(self) -> Iterator[Mapping[str, Value]]:
        """
        Give the choices that show a mutant which no candidate shows.
        """
        shown = 0
        for one in self.found:
            shown |= one.shows
        for stage in self.wanted:
            for number, mutant in enumerate(stage.mutants):
                if not shown >> (self._first[stage.semantics, "mutants"] + number) & 1:
                    choices = stage.distinct(mutant)
                    if choices is None:
                        self.equivalent += 1
                    elif told(choices, self._model.vocabulary) is None:
                        self.untold += 1
                    else:
                        yield choices


def _told_apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """
    Keep one of those in which the right versions do the same: the one that is told shortest.
    """
    kept: dict[tuple[object, ...], Candidate] = {}
    for one in candidates:
        key = tuple(one.seen.values())
        if key not in kept or one.told.size < kept[key].told.size:
            kept[key] = one
    return list(kept.values())
