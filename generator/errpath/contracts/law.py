# SPDX-License-Identifier: GPL-2.0-only
"""
A law: its clauses on every path that its condition binds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Final, TypeAlias

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.condition import EVERY_PATH
from errpath.contracts.explain import HEADLINES, Subject, explain
from errpath.contracts.listing import WIDTH
from errpath.contracts.number import spelled
from errpath.contracts.situation import NO_FAULTS, Situation

if TYPE_CHECKING:
    from errpath.contracts.alike import Alike
    from errpath.contracts.condition import Condition, Terms
    from errpath.contracts.events import Patterns
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model


Verdicts: TypeAlias = tuple[bool | None, ...]
_MAY: Final[Verdicts] = (True, None)
_DOES: Final[Verdicts] = (True,)

Weigh: TypeAlias = "Callable[[Alike], int]"
"""Gives how many paths runs stand for."""


class Excuse:
    """
    A declared violation: the paths that meet `when` break the law, all of them.
    """

    def __init__(self, when: Condition, *, at: str) -> None:
        self.when = when
        self.at = at
        self.excused = 0
        self.kept = 0


class Law:
    """
    The paths of one semantics under a law, and what comes of it.

    After `paths()` has given its last, `broken` has each path that breaks the law without an
    excuse, with what is broken, `bound` the number of paths that it binds, and `idle` the
    clauses that none of them could have broken, by their place. A run stands for one path,
    unless `weigh` says for how many.
    """

    def __init__(
        self, *, model: Model, patterns: Patterns, terms: Terms, weigh: Weigh = len
    ) -> None:
        self._model = model
        self._patterns = patterns
        self._terms = terms
        self._weigh = weigh
        self.bound = 0
        self.broken: list[tuple[Run, list[Broken]]] = []
        self.idle: dict[str, str] = {}

    def paths(
        self, classes: Iterable[Alike], when: Condition, excuses: Sequence[Excuse] = ()
    ) -> Iterator[Check]:
        """
        Give a check for all paths that did the same, if the law binds one of them.

        The clauses are judged by the caller.
        """
        idle: dict[str, tuple[str, int]] = {}
        every = when is EVERY_PATH
        for alike in classes:
            runs = alike if every else self._meeting(alike, when, _MAY)
            if not runs:
                continue
            weight = self._weigh(runs)
            self.bound += weight
            check = Check(runs[0], model=self._model, patterns=self._patterns)
            yield check
            kept = []
            for one in check.judged():
                if one.kind is Kind.UNCHECKED and one.at:
                    clause, count = idle.get(one.at, (one.clause, 0))
                    idle[one.at] = (clause, count + weight)
                else:
                    kept.append(one)
            if kept or excuses:
                self._settle(runs, kept, excuses)
        self.idle = {at: clause for at, (clause, count) in idle.items() if count == self.bound}

    def _meeting(self, alike: Alike, when: Condition, verdicts: Verdicts) -> Alike:
        """
        Give the paths on which a condition has one of the verdicts.
        """
        if when.settled:
            return alike if when.holds(alike[0], self._terms) in verdicts else ()
        return [run for run in alike if when.holds(run, self._terms) in verdicts]

    def _settle(self, alike: Alike, broken: list[Broken], excuses: Sequence[Excuse]) -> None:
        """
        Enter what is broken on paths under the first excuse that each has, or as broken.
        """
        left = alike
        for excuse in excuses:
            met = self._meeting(left, excuse.when, _DOES)
            excuse.excused += self._weigh(met) if broken else 0
            excuse.kept += 0 if broken else self._weigh(met)
            if met:
                gone = set(map(id, met))
                left = [run for run in left if id(run) not in gone]
            if not left:
                return
        if broken:
            self.broken += [(run, broken) for run in left]

    @property
    def broken_paths(self) -> int:
        """
        The number of paths that break the law without an excuse.
        """
        return self._weigh([run for run, _ in self.broken])

    def smallest(self) -> tuple[Run, list[Broken]]:
        """
        Give the broken path with the fewest faults, and of those the shortest.
        """
        choices = self._model.vocabulary.choices

        def size(row: tuple[Run, list[Broken]]) -> tuple[int, int]:
            run = row[0]
            faults = sum(
                value in choices[text.partition("#")[0]].faults
                for text, value in run.choices.items()
            )
            return faults, len(run.trace)

        return min(self.broken, key=size)

    def explained(
        self, law: str, *, at: str, semantics: str, target: str, again: str, of: str = "paths"
    ) -> str:
        """
        Word how the law is broken: on the smallest path, and how many others there are.
        """
        run, broken = self.smallest()
        others = self.broken_paths - 1
        headline = law
        if others:
            headline += f" (and on {spelled(others)} more of {spelled(self.bound)} {of})"
        subject = Subject(
            scenario=headline,
            at=at,
            semantics=semantics,
            target=target,
            words={text: str(value) for text, value in run.choices.items()},
            faults=NO_FAULTS,
            again=again,
        )
        return explain(subject, run, Situation({}, {}), broken)

    def unchecked(self, excuses: Sequence[Excuse]) -> list[str]:
        """
        List what was not checked: a law that binds no path, an idle clause, an untrue excuse.
        """
        return unchecked(self.bound, self.idle, excuses)


def unchecked(bound: int, idle: Mapping[str, str], excuses: Sequence[Excuse]) -> list[str]:
    """
    List what a law did not check that bound so many paths, with its idle clauses and excuses.
    """
    if not bound:
        return ["no path meets the condition of the law"]
    found = [f"{at}: {clause}\n   - no path could break it" for at, clause in idle.items()]
    idle_excuses = [excuse.at for excuse in excuses if not excuse.excused]
    found += [f"{at}: except\n   - no path that meets it breaks the law" for at in idle_excuses]
    return found + too_wide(excuses)


def too_wide(excuses: Iterable[Excuse]) -> list[str]:
    """
    List the excuses that paths meet which keep the law.
    """
    found = []
    for excuse in excuses:
        if excuse.excused and excuse.kept:
            kept, met = spelled(excuse.kept), spelled(excuse.excused + excuse.kept)
            says = f"{kept} of {met} paths that meet it keep the law: it is too wide"
            found.append(f"{excuse.at}: except\n   - {says}")
    return found


def unchecked_law(law: str, *, at: str, semantics: str, unchecked: Iterable[str]) -> str:
    """
    Word what `Law.unchecked()` lists.
    """
    lines = "".join(f"\n\n{number}. {_folded(one)}" for number, one in enumerate(unchecked, 1))
    return f"{HEADLINES[Kind.UNCHECKED]} in {semantics}: {law}\n  {at}{lines}"


def _folded(text: str) -> str:
    """
    Break the first line, which can name several clauses; the others say why in few words.
    """
    first, *others = text.split("\n")
    lines = wrap(first, WIDTH, initial_indent="   ", subsequent_indent="   ")
    return "\n".join(["\n".join(lines).lstrip(), *others])
