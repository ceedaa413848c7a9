# SPDX-License-Identifier: GPL-2.0-only
"""
The runs of one page that is alone on its list, and what they show.
"""

from __future__ import annotations

from functools import partial
from re import sub
from typing import TYPE_CHECKING, Any

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.any_of import giving
from errpath.explore.merged.lone.attempt import Attempt, answers_of
from errpath.explore.merged.lone.forced import FORCED
from errpath.explore.merged.lone.observer import Observer
from errpath.explore.merged.lone.question import Edges, Question
from errpath.explore.merged.lone.scripted import AttemptOver, DeadEnd, Scripted, Start
from errpath.explore.merged.lone.status import GONE, Beside, GoesOn
from errpath.kernel.pages.listed_page import ListedPage

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from errpath.explore.merged.lone.any_of import AnyOf, Classes
    from errpath.explore.merged.lone.attempt import Through, Ways
    from errpath.explore.merged.lone.question import Tree
    from errpath.explore.merged.lone.status import Place, Status
    from errpath.explore.merged.lone.trial import Trial, Way
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model, Obligation
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary


class LoneRuns:
    """
    Makes runs where the trees of questions end, on a target for one page.

    An attempt is run from what is kept of where it begins, without those before it. `runs` is their
    number; `touches` tells that some attempt read where a page is, or what is beside it, that was
    let go of. With `alike`, answers of a class are one as long as nothing tells them apart; a
    TellsApartError says what does.
    """

    def __init__(self, target: Any, semantics: str, model: Model, alike: Classes) -> None:
        vocabulary = model.vocabulary
        rules = vocabulary.rules
        self._target = target
        self._semantics = semantics
        self._obligations = model.obligations
        self._possible = rules.possible
        self.machine = target.machine
        self.name = vocabulary.pages[0]
        self.runs = 0
        self.touches = False
        self._shared = frozenset(t for t, c in vocabulary.choices.items() if c.subject is None)
        for rule in rules.rules:
            if len(rule.excludes) > 1 and not self._shared.isdisjoint(rule.excludes):
                message = f"the rule that {rule.says} is about a page and about all"
                raise EntangledError(message)
        self._opened = self._shared - vocabulary.calls.keys()
        neighbour = ListedPage(self.machine, "another page").lru
        self._against = {
            text: frozenset(t for r in rules.rules if text in r.excludes for t in r.excludes)
            for text in vocabulary.choices
        }
        self._alike = self._one_of(alike, vocabulary)
        self._alone = Scripted(
            rules,
            self.machine,
            neighbour,
            shared=self._shared,
            opened=self._opened,
            alike=self._alike,
        )
        self.see = Observer(
            self.machine,
            semantics=semantics,
            shared=self._shared,
            obligations=model.obligations,
        )
        texts = frozenset(text for rule in rules.rules for text in rule.excludes)
        self._ruled = texts - self.see.anew - self._shared
        self._edges = Edges(_changing(model, self.machine))
        self._trees: dict[tuple[object, ...], Tree] = {}
        self._ways: dict[int, list[Ways]] = {}
        self._looked: dict[tuple[object, ...], GoesOn] = {}
        self._starts: dict[tuple[Status, Beside], Start] = {}

    def _one_of(
        self, alike: Classes, vocabulary: Vocabulary
    ) -> dict[str, dict[Value, frozenset[Value]]]:
        """
        Have calls give an answer that stands for several in place of each of those.

        What is kept as a fact, or is about no page, or rules hold against others, stays apart; and
        so do faults and what is none.
        """
        found = {}
        for text, classes in alike.items():
            primitive, faults = vocabulary.calls[text], frozenset(vocabulary.choices[text].faults)
            if primitive.test or self._against[text] or text in self._shared:
                continue
            parts = [part for some in classes for part in (some & faults, some - faults)]
            found[text] = {value: part for part in parts if len(part) > 1 for value in part}
            call = partial(getattr(type(self.machine), primitive.name), self.machine)
            setattr(self.machine, primitive.name, giving(call, self._given))
        return found

    def _given(self) -> AnyOf | None:
        return self._alone.take()

    @property
    def flags(self) -> tuple[str, ...]:
        """
        The flags of the thread that the code reads before all attempts.
        """
        return tuple(sorted(self._alone.flags))

    def attempt(self, trial: Trial, *, force: bool) -> list[Through]:
        """
        Give every way through an attempt.
        """
        tree = self.tree_of(trial)
        go_on = self._going_on(trial, force=force)
        # What is kept of where the attempt begins is held to a replay of the way there.
        self.enter(tree, trial, self.replaying(trial, []), force=force)
        if self._alone.number != trial.number:
            message = f"an attempt of pass {trial.number} is made in pass {self._alone.number}"
            raise EntangledError(message)
        if self._alone.told_of_force is (not force):
            message = f"an attempt of pass {trial.number} is {'not ' if force else ''}forced"
            raise EntangledError(message)

        def show(script: list[Any]) -> None:
            self.enter(tree, trial, partial(go_on, script), force=force)

        show([])
        facts = dict(trial.status.facts)
        facts[FORCED] = force
        return self._through(tree, show, facts, trial.status.ruled)

    def tree_of(self, trial: Trial) -> Tree:
        """
        Give the tree that the runs of an attempt are put into.
        """
        place, by = trial.status.place, trial.by
        rows = frozenset(row for row in place.rows if self.see.owner(row) == by)
        stray = place.stray and place.stray._replace(ahead=None)
        return self._trees.setdefault((by, by in place.names, rows, stray), [])

    def putback(self, status: Status, way: Way) -> list[Through]:
        """
        Give every way through the caller's putback of what a status has left on the list.
        """
        place = status.place
        tree = self._trees.setdefault(("putback", place.names, place.rows), [])

        def show(script: list[Any]) -> None:
            log = self._alone.log
            try:
                run = self._put_back(way, script, status)
            except DeadEnd as found:
                log = self._alone.log
                self._edges.insert(tree, log, Question.without_answer(found.choice))
            else:
                log = self._alone.log
                self._edges.insert(tree, log, self.see.put_back(self._alone, place.names, run))

        return self._through(tree, show, dict(status.facts), status.ruled)

    def after_putback(
        self, status: Status, way: Way, through: Through | None, owed: Iterable[Obligation]
    ) -> frozenset[str]:
        """
        Say what the contracts that are about the putback complain of, at the end of that.
        """
        script = [value for _, value in answers_of(through.asked)] if through else []
        run = self._put_back(way, script, status)
        # What migrate_pages() owes is seen attempt by attempt; the whole run answers what is
        # about no page otherwise in each.
        known = {one.says for promise in self._obligations for one in promise(run)}
        found = (one.says for promise in owed for one in promise(run))
        return frozenset(sub(r"{\d+}", "", says) for says in found if says not in known)

    def look(self, place: Place, beside: Beside, way: Way, passes: int) -> GoesOn:
        """
        Run on from a place once, to see which page is tried next, and when.
        """
        key = (*place._replace(rows=frozenset()), beside)
        found = self._looked.get(key)
        if found is None:
            found = self._looked[key] = self._looking(place, beside, way, passes)
        return found

    def _looking(self, place: Place, beside: Beside, way: Way, passes: int) -> GoesOn:
        k, alone = self.machine, self._alone
        try:
            run = self._run(way, [], (), beside)
        except DeadEnd:
            run = None
        page = _tried(k.trace[alone.step :], k.listed)
        if run is not None and run.bug is not None and not page:
            return GoesOn("stray", run.bug.name)
        if page and alone.number == alone.number_before:
            return GoesOn("again" if page == self.name else "tail", page)
        if not page and place.names and alone.number < passes:
            message = f"a page is left on the list after {alone.number} of {passes} passes"
            raise EntangledError(message)
        if place.retry != len(place.names):
            raise EntangledError("a page is left, and not counted for another pass")
        return GoesOn("next", page or place.names[0]) if place.names else GONE

    def _run(self, way: Way, script: list[Any], ruled: Any, beside: Beside) -> Run | None:
        """
        Replay a way, and go on by the script.
        """
        neighbour = beside is Beside.YES
        self._alone.begin(way.answers, way.attempts, script, ruled, neighbour=neighbour)
        return self._made()

    def _made(self) -> Run | None:
        self.runs += 1
        alone = self._alone
        try:
            run: Run = self._target.run(self._semantics, alone, alone.ended, instead=alone.instead)
        except AttemptOver:
            return None
        return run

    def _put_back(self, way: Way, script: list[Any], status: Status) -> Run:
        neighbour = status.beside is Beside.YES
        alone, k = self._alone, self.machine
        alone.begin(way.answers, way.attempts, script, status.ruled, neighbour=neighbour, stop=True)
        if self._made() is not None:
            alone.watch()
        names = (name for name in status.place.names if name in k.names)
        for name in names:
            if name not in k.PG_isolated:
                raise EntangledError(f"{name} is left on the list, and its PG_isolated is clear")
        run: Run = self._target.put_back(self._semantics)
        return run

    def _through(
        self,
        tree: Tree,
        show: Callable[[list[Any]], None],
        facts: dict[str, Value],
        ruled: Iterable[tuple[str, Value]],
    ) -> list[Through]:
        known = dict(ruled)
        made = self._ways.setdefault(id(tree), [])
        found = next((ways for ways in made if ways.fit(facts, known)), None)
        if found is None:
            attempt = Attempt(
                tree,
                self._edges,
                self._possible,
                show,
                shared=self._shared,
                opened=self._opened,
                ruled=self._ruled,
                rules=self._against,
                alike=self._alike,
            )
            found = attempt.ways(facts, known)
            made.append(found)
        return found.every

    def replaying(self, trial: Trial, script: list[Any]) -> Callable[[Beside], Run | None]:
        """
        Give what replays the way to an attempt, goes on by the script, and keeps what is so there.
        """

        def replay(beside: Beside) -> Run | None:
            run = self._run(trial.way, script, trial.status.ruled, beside)
            self._keep(trial, beside)
            return run

        return replay

    def _going_on(self, trial: Trial, *, force: bool) -> Callable[[list[Any], Beside], Run | None]:
        """
        Give what makes a run by a script that goes on from where an attempt begins.
        """
        alone, ruled, number = self._alone, trial.status.ruled, trial.number
        # Of a page of hugetlbfs the pass tells.
        huge = (self.machine.listed[trial.by].texts["PageHuge"], 1) in trial.status.facts
        first = number if force and huge else 1
        starts: dict[Beside, Start] = {}

        def go_on(script: list[Any], beside: Beside) -> Run | None:
            start = starts.get(beside)
            if start is None:
                start = starts[beside] = self._start(trial, beside)
            alone.go_on(start, script, ruled, number=first, force=force)
            run = self._made()
            if force and first == 1 and alone.told_of_force is None:
                alone.go_on(start, script, ruled, number=number, force=force)
                run = self._made()
            return run

        return go_on

    def _start(self, trial: Trial, beside: Beside) -> Start:
        """
        Give what is so where an attempt begins, out of a replay of the way there.
        """
        found = self._starts.get((trial.status, beside))
        if found is None:
            way, neighbour = trial.way, beside is Beside.YES
            self._alone.begin(way.answers, way.attempts, [], (), neighbour=neighbour, stop=True)
            self._made()
            found = self._keep(trial, beside)
        return found

    def _keep(self, trial: Trial, beside: Beside) -> Start:
        kept, how = self._alone.kept, trial.how
        if kept is None:
            raise AssertionError(trial)
        found = self._starts[trial.status, beside] = Start(kept, how != "next", how == "again")
        return found

    def enter(
        self, tree: Tree, trial: Trial, made: Callable[[Beside], Run | None], *, force: bool
    ) -> None:
        """
        Make a run, and put what it reads and what it comes to into the tree.
        """
        alone, status, by = self._alone, trial.status, trial.by
        try:
            run = made(status.beside)
        except DeadEnd as found:
            log = alone.reads(force=force)
            self._edges.insert(tree, log, Question.without_answer(found.choice))
            return
        outcome, log = self.see.outcome(alone, trial, run), alone.reads(force=force)
        moved = outcome.moved
        if moved and moved.stray and moved.stray.ahead:
            if status.beside is not Beside.ANY:
                raise EntangledError(f"the walk strays twice around {by}")
            beside = self.see.outcome(alone, trial, made(Beside.YES)).moved
            if beside is None or beside._replace(stray=moved.stray) != moved:
                raise EntangledError(f"an attempt on {by} depends on what is on the LRU list")
            outcome.moved = moved._replace(beside=beside.stray)
        self._edges.insert(tree, log, outcome)
        self.touches = self.touches or outcome.touches


def _tried(trace: Sequence[Event], pages: Container[str]) -> str:
    """
    Name the first page that a part of a trace is about.
    """
    return next((e.subjects[0] for e in trace if e.subjects and e.subjects[0] in pages), "")


def _changing(model: Model, machine: Any) -> frozenset[str]:
    """
    Give the texts of the questions that change more than what is known when they are asked.
    """
    found = set()
    for text, primitive in model.vocabulary.calls.items():
        slot = getattr(type(machine), primitive.name).slot
        if primitive.test and primitive.answers and slot.then:
            found.add(text)
    return frozenset(found)
