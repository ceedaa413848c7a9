# SPDX-License-Identifier: GPL-2.0-only
"""
Situations that a scenario could be about, and what each of them shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from errpath.contracts.situation import Situations
from errpath.explore.exercised.noted import Noted
from errpath.explore.mutants.difference import seen, smallest
from errpath.explore.mutants.mutant import Mutant, mutants
from errpath.explore.mutants.running import Crash, Runner
from errpath.explore.mutants.scenarios import same
from errpath.explore.mutants.site import Walked, Watched
from errpath.explore.paths.enumerate import paths
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

    `shows` has a bit for each exit that is taken in it and for each mutant that runs another
    way in it, as an observer sees it; `wrong` has what those do, by the bit.
    """

    told: Told
    situation: Situation
    walked: dict[str, Walked]
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

    def distinct(self, mutant: Mutant, every: Sequence[Walked]) -> Mapping[str, Value] | None:
        """
        Give the choices of the smallest path that shows a mutant; None if it is equivalent.
        """
        sites = self.watched.sites(mutant.edits)
        begun = dict.fromkeys(
            until for walked in every if (until := walked.until(sites)) is not None
        )
        vocabulary = self._model.vocabulary
        found = smallest(self.right, self.runner(mutant).run, begun, vocabulary, vocabulary.rules)
        return found and found.choices


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
        every = {
            stage.semantics: list(
                paths(partial(stage.watched.walk, stage.right), model.vocabulary.rules)
            )
            for stage in self.wanted
        }
        choices = (walked.run.choices for runs in every.values() for walked in runs)
        self._add(_told_apart(self._candidates(choices)))
        missed = list(self._missed(every))
        self._add(self._candidates(missed))

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
                yield Candidate(told=one, situation=situation, walked=walked)

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
                    if _told(run, walked.run):
                        one.shows |= 1 << bit
                        one.wrong[bit] = run

    def _missed(self, every: Mapping[str, Sequence[Walked]]) -> Iterator[Mapping[str, Value]]:
        """
        Give the choices that show a mutant which no candidate shows.
        """
        shown = 0
        for one in self.found:
            shown |= one.shows
        for stage in self.wanted:
            for number, mutant in enumerate(stage.mutants):
                if not shown >> (self._first[stage.semantics, "mutants"] + number) & 1:
                    choices = stage.distinct(mutant, every[stage.semantics])
                    if choices is None:
                        self.equivalent += 1
                    elif told(choices, self._model.vocabulary) is None:
                        self.untold += 1
                    else:
                        yield choices


def _told(run: Run | Crash, right: Run) -> bool:
    """
    Tell whether an observer tells a run from the right one.
    """
    return isinstance(run, Crash) or (not same(run, right) and seen(run) != seen(right))


def _told_apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """
    Keep one of those in which the right versions do the same: the one that is told shortest.
    """
    kept: dict[tuple[object, ...], Candidate] = {}
    for one in candidates:
        key = tuple(seen(walked.run) for walked in one.walked.values())
        if key not in kept or one.told.size < kept[key].told.size:
            kept[key] = one
    return list(kept.values())
