# SPDX-License-Identifier: GPL-2.0-only
"""
What a patch changes of runs over a list of pages, attempt by attempt.

Ten passes have more pairs of paths than can be walked. So the walk is that of the base, where
what cannot be told apart is gone on from once, and each of its runs is made by the patched code
as well.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from errpath.contracts.cleanup import contracts_broken
from errpath.explore.difference.facet import Facet, Facets, Weight
from errpath.explore.difference.pairs import Pair
from errpath.native.conform.told import same
from errpath.native.review.sides import BASE, PATCHED
from errpath.native.review.stops import parted_by_stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.native.walk.part import Part
    from errpath.native.walk.step import Step
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


@dataclass(slots=True, kw_only=True)
class ListReview:
    """
    The runs of one part: how many, on how many behaviour changes, and what changes.

    `facets` has what differs and on how many runs, `newly` the stops and the broken cleanup
    contracts that only the patched code has. `smallest` is the smallest pair that behaves
    differently, or else the smallest that differs. `bound` says what was not walked. On the
    `incomparable` runs the patched code asks in an order in which the base's answers are
    impossible.
    """

    part: Part
    runs: int = 0
    behaving: int = 0
    incomparable: int = 0
    facets: Counter[Facet] = field(default_factory=Counter)
    newly: Counter[str] = field(default_factory=Counter)
    smallest: Pair | None = None
    states: int = 0
    bound: str = ""

    @property
    def whole(self) -> bool:
        """
        Whether every run was compared.
        """
        return not self.incomparable

    @property
    def changes(self) -> bool:
        """
        Whether there is anything that a reviewer has to look at.
        """
        return bool(self.behaving or self.newly)


class _As:
    """
    A target that knows a side by its name, whoever asks.

    `impossible` tells of its last run whether it was answered what the rules exclude.
    """

    def __init__(self, target: Any, side: str, rules: Rules) -> None:
        self._target = target
        self._side = side
        self._rules = rules
        self.impossible = False
        self.machine = target.machine

    def run(self, _: str, environment: Any, *more: Any) -> Run:
        """
        Run it as that side.
        """
        self.impossible = False
        run: Run = self._target.run(self._side, _Checked(self, environment), *more)
        return run

    def check(self, choice: Choice, known: Mapping[str, Value], value: Value) -> None:
        """
        Hold an answer against the rules.
        """
        if value not in self._rules.possible(choice, known):
            self.impossible = True


class _Checked:
    """
    An environment whose answers are held against the rules.
    """

    def __init__(self, side: _As, environment: Any) -> None:
        self._side = side
        self._environment = environment

    def __call__(self, choice: Choice) -> Value:
        """
        Answer as the other run was answered.
        """
        known = dict(self._environment.known)
        value: Value = self._environment(choice)
        self._side.check(choice, known, value)
        return value

    def __getattr__(self, name: str) -> Any:
        # What it has beside: when a pass begins, what is forgotten.
        return getattr(self._environment, name)


def list_review(base: Any, patched: Any, part: Part) -> ListReview:
    """
    Walk the base, and follow with the patched code; each target has its own machine.
    """
    model = part.model()
    found = ListReview(part=part)
    facets = Facets(model.vocabulary)
    sizes: list[tuple[bool, int, int]] = []
    walk = part.walk(base, BASE)
    other = _As(patched, PATCHED, model.vocabulary.rules)
    for step in walk.steps():
        found.runs += 1
        followed = walk.follow(other, step)
        if followed.alike and not followed.extra and same(followed.run, step.run):
            continue
        if other.impossible:
            found.incomparable += 1
            continue
        pair = _pair(step, followed.run)
        behaves = _add(found, facets, pair, model)
        size = not behaves, _faults(pair, model), len(pair.old.trace) + len(pair.new.trace)
        if not sizes or size < sizes[0]:
            sizes[:] = [size]
            found.smallest = pair
    found.states, found.bound = walk.statuses, walk.bound
    return found


def _pair(step: Step, new: Run) -> Pair:
    # What is worded later would be worded of a later run.
    _ = step.run.final, new.final
    return Pair(step.run, new, {**step.run.choices, **new.choices})


def _add(found: ListReview, facets: Facets, pair: Pair, model: Model) -> bool:
    """
    Enter what differs on a pair; tell whether it behaves differently.
    """
    newly = _wrong(pair.new, model) - _wrong(pair.old, model)
    found.newly.update(newly)
    shown = facets.coarse(pair)
    if parted_by_stop(pair):
        # A run that is stopped lacks all that would follow.
        shown = [facet for facet in shown if facet.kind == "returns"]
    found.facets.update(shown)
    behaves = bool(newly) or any(facet.weight is Weight.BEHAVIOUR for facet in shown)
    found.behaving += behaves
    return behaves


def _wrong(run: Run, model: Model) -> set[str]:
    if run.bug is not None:
        return {run.bug.name}
    return {f"cleanup, {name}" for name in contracts_broken(run, model)}


def _faults(pair: Pair, model: Model) -> int:
    choices = model.vocabulary.choices
    asked = ((choices.get(text.partition("#")[0]), value) for text, value in pair.choices.items())
    return sum(choice is not None and value in choice.faults for choice, value in asked)
