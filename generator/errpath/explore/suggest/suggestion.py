# SPDX-License-Identifier: GPL-2.0-only
"""
The suggestion: scenarios as spec text, and what is known of their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.explore.mutants.running import Crash
from errpath.explore.suggest.candidates import Candidate, Candidates
from errpath.explore.suggest.clauses import Line, finals, lines, never
from errpath.explore.suggest.cover import smallest
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model

_STEP = "    "


class UnsuggestibleError(Exception):
    """
    Some mutants are shown by situations only for which the language has no words.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """
    A spec's text, and how many scenarios it has.

    No set of scenarios has fewer than `at_least`. They take each of the `exits` that any
    path takes, and kill each of the `mutants` that any path shows.
    """

    text: str
    scenarios: int
    at_least: int
    exits: int
    mutants: int


def suggested(model: Model, semantics: Sequence[str]) -> Suggestion:
    """
    Propose the smallest set of scenarios that takes every exit and kills every mutant.

    The text is a spec in its one layout, but for what the formatter does. An
    UnsuggestibleError tells that the language cannot say what it would have to.
    """
    candidates = Candidates(semantics, model)
    if candidates.untold:
        message = f"{candidates.untold} mutants are shown by situations that have no words"
        raise UnsuggestibleError(message)
    found = candidates.found
    cover = smallest([one.shows for one in found], [one.told.size for one in found])
    # What is told shortest comes first.
    chosen = sorted((found[number] for number in cover.chosen), key=lambda one: one.told.size)
    written = _Written(chosen, candidates, model)
    head = _head(candidates, len(chosen), cover.at_least)
    return Suggestion(
        text="\n".join([*head, *written.text()]) + "\n",
        scenarios=len(chosen),
        at_least=cover.at_least,
        exits=candidates.exits,
        mutants=candidates.mutants,
    )


def _head(candidates: Candidates, scenarios: int, at_least: int) -> Iterator[str]:
    names = " and ".join(stage.semantics for stage in candidates.wanted)
    yield "# SPDX-License-Identifier: GPL-2.0-only"
    yield f"# {scenarios} scenarios. They take every exit of {names} ({candidates.exits}),"
    yield f"# and kill every mutant that any path can show ({candidates.mutants})."
    if at_least == scenarios:
        yield "# No smaller set does."
    else:
        yield f"# None of them can be left out; no set has fewer than {at_least}."


class _Written:
    """
    The chosen candidates as scenarios, each with the clauses that it needs.
    """

    def __init__(self, chosen: Sequence[Candidate], candidates: Candidates, model: Model) -> None:
        self._chosen = chosen
        self._model = model
        self._patterns = Patterns(model.vocabulary)
        self._names = [stage.semantics for stage in candidates.stages]
        self._clauses = [
            {name: list(lines(one.walked[name].run, one.situation, model)) for name in self._names}
            for one in chosen
        ]
        self._complete(candidates)

    def text(self) -> Iterator[str]:
        """
        Write the scenarios.
        """
        for one, clauses in zip(self._chosen, self._clauses, strict=True):
            yield ""
            yield f'scenario "{one.told.name(self._model.vocabulary)}" {{'
            yield f'{_STEP}because "{self._because(one)}"'
            yield from (f"{_STEP}{line}" for line in one.told.lines(self._model.vocabulary))
            yield ""
            yield from (f"{_STEP}{line}" for line in self._lines(clauses))
            yield "}"

    def _lines(self, clauses: dict[str, list[Line]]) -> Iterator[str]:
        """
        Write what holds in all semantics, and then a block for what holds in one.
        """
        texts = {
            name: [line.text for line in sorted(said, key=lambda line: line.rank)]
            for name, said in clauses.items()
        }
        shared = [
            text for text in texts[self._names[0]] if all(text in said for said in texts.values())
        ]
        yield from shared
        for name, said in texts.items():
            own = [text for text in said if text not in shared]
            if len(own) == 1:
                yield f"{name}: {own[0]}"
            elif own:
                yield f"{name} {{"
                yield from (f"{_STEP}{text}" for text in own)
                yield "}"

    def _because(self, one: Candidate) -> str:
        said = {name: _outcome(one.walked[name].run) for name in self._names}
        if len(set(said.values())) == 1:
            return f"It {said[self._names[0]]}."
        return "; ".join(f"{name} {text}" for name, text in said.items()) + "."

    def _complete(self, candidates: Candidates) -> None:
        """
        Add the clauses without which some mutant would escape.
        """
        killed = 0
        for one, clauses in zip(self._chosen, self._clauses, strict=True):
            for bit, run in one.wrong.items():
                found = candidates.mutant(bit)
                if found and self._kills(run, clauses[found[0].semantics], one):
                    killed |= 1 << bit
        for one, clauses in zip(self._chosen, self._clauses, strict=True):
            for bit, run in one.wrong.items():
                found = candidates.mutant(bit)
                if not found or killed >> bit & 1:
                    continue
                said = clauses[found[0].semantics]
                if not self._kills(run, said, one):
                    said += _against(run, one.walked[found[0].semantics].run, said)
                killed |= 1 << bit

    def _kills(self, run: Run | Crash, clauses: Sequence[Line], one: Candidate) -> bool:
        if isinstance(run, Crash):
            return True
        check = Check(run, model=self._model, patterns=self._patterns)
        for line in clauses:
            line.judge(check)
        return bool(check.finish(one.situation))


def _against(run: Run | Crash, right: Run, said: Sequence[Line]) -> Iterator[Line]:
    """
    Give the clauses that tell a wrong run: calls that are never made, states at the end.
    """
    if isinstance(run, Crash):
        return
    known = {line.text for line in said}
    made = {event.call for event in right.trace}
    extra = dict.fromkeys(
        event.call for event in run.trace if not event.primitive.test and event.call not in made
    )
    found = [never(call) for call in extra]
    if not found:
        differing = [name for name in right.final if run.final[name] != right.final[name]]
        there = run.final
        found = [
            line
            for line in finals(right, differing)
            if line.text not in {other.text for other in finals(run, there)}
        ]
    yield from (line for line in found if line.text not in known)


def _outcome(run: Run) -> str:
    """
    Word what comes of a run, behind "it".
    """
    ends = [
        f"{subject} on {states['on']}"
        for subject, states in run.final.items()
        if states.get("on", "nothing") != "nothing"
    ]
    left = f" and leaves {' and '.join(ends)}" if ends else ""
    return f"returns {spell(run.returns or 0)}{left}"
