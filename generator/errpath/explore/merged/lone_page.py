# SPDX-License-Identifier: GPL-2.0-only
"""
Everything that one page can do, attempt by attempt and pass by pass.

This is the first half of the reduction; `joint` is the second, and says why it is sound.
A page's status is all that its next attempt can read of it: where an attempt ends, runs whose
status agrees are one, and each status is gone on from once, whatever the pass. That needs
two enumerations for a status, without force and with it: migrate_pages() tells an attempt no
more of the pass than that (a test holds it). What is known of no page (what the
caller decides, thp_migration_supported()) is forgotten between attempts, so that a leaf tells
by itself which of it the attempt read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from errpath.explore.merged.alone import Alone, AttemptOver
from errpath.explore.merged.leaf import End, EntangledError, Kept, Leaf
from errpath.kernel.caller import Flag
from errpath.kernel.ledger import Ledger
from errpath.kernel.pages.listed_page import ListedPage
from errpath.kernel.run import Run

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from errpath.kernel.event import Event
    from errpath.kernel.target import Model
    from errpath.vocabulary.choice import Value

FORCED_FROM: Final = 4
"""The first pass with force: `pass > 2`, counted from 0."""

_LARGE: Final = (1 << 30, 0)
_THREAD: Final = "current"


@dataclass(frozen=True, slots=True)
class GoesOn:
    """
    How a page goes on: "next" pass, "again" at once, by its "tail", "gone", or "stray".

    A stray page leads the walk off the list: `by` is the bug; else it is the page tried.
    """

    how: str
    by: str = ""


class LonePage:
    """
    The statuses of a page, numbered from 0 (before its first attempt), and their attempts.

    `kept` has for each status what is kept of it, `goes_on` how it goes on, `tail` whether a
    tail is on the list, and `leaves` the attempts by status and force. `marks` are the events
    that are counted, each set up to its cap. With `beside`, another page is on the LRU.
    """

    def __init__(
        self,
        target: Any,
        semantics: str,
        model: Model,
        *,
        passes: int,
        beside: bool = False,
        marks: tuple[frozenset[Event], ...] = (),
        caps: tuple[int, ...] = (),
    ) -> None:
        vocabulary = model.vocabulary
        self._target = target
        self._semantics = semantics
        self._model = model
        self._marks, self._caps = marks, caps
        self.passes = passes
        self.name = vocabulary.pages[0]
        self.shared = frozenset(t for t, c in vocabulary.choices.items() if c.subject is None)
        for rule in vocabulary.rules.rules:
            if len(rule.excludes) > 1 and not self.shared.isdisjoint(rule.excludes):
                message = f"the rule that {rule.says} is about a page and about all"
                raise EntangledError(message)
        anew = frozenset(text for page in target.machine.owners for text in page.asked_anew)
        self._ruled = frozenset(t for r in vocabulary.rules.rules for t in r.excludes) - anew
        self._neighbour = ListedPage(target.machine, "another page").lru if beside else None
        self._numbers: dict[tuple[object, ...], int] = {}
        self.kept: list[Kept] = []
        self.tail: list[bool] = []
        self.retry: dict[int, int] = {}
        self.goes_on: dict[int, GoesOn] = {0: GoesOn("next", self.name)}
        self.leaves: dict[tuple[int, bool], list[Leaf]] = {}
        self.runs = 0
        self._number(("start",), Kept(left=1, marks=(0,) * len(marks)), tail=False)
        self._explore()

    def _number(self, key: tuple[object, ...], kept: Kept, *, tail: bool) -> int:
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.kept)
            self.kept.append(kept)
            self.tail.append(tail)
        return found

    def _explore(self) -> None:
        front: dict[int, tuple[tuple[Value, ...], int]] = {0: ((), 0)}
        for number in range(1, self.passes + 1):
            force = number >= FORCED_FROM
            ways = dict(front)
            todo = list(front)
            following: dict[int, tuple[tuple[Value, ...], int]] = {}
            while todo:
                status = todo.pop()
                way, attempts = ways[status]
                leaves = self.leaves.get((status, force))
                if leaves is None:
                    leaves = self._attempt(status, way, attempts, number)
                    self.leaves[status, force] = leaves
                for leaf in leaves:
                    to = leaf.to
                    if isinstance(to, End):
                        continue
                    longer = way + tuple(value for _, value in leaf.answers), attempts + 1
                    if to not in self.goes_on:
                        self.goes_on[to] = self._look(*longer)
                    how = self.goes_on[to].how
                    if how == "next":
                        if self.retry[to] != self.kept[to].left:
                            raise EntangledError("a page is left, and not counted for another pass")
                        following.setdefault(to, longer)
                    elif how in {"again", "tail"} and to not in ways:
                        ways[to] = longer
                        todo.append(to)
            front = following

    def _alone(self, way: tuple[Value, ...], attempts: int) -> Alone:
        return Alone(
            self._model.vocabulary.rules,
            way,
            attempts,
            machine=self._target.machine,
            shared=self.shared,
            neighbour=self._neighbour,
        )

    def _run(self, alone: Alone) -> Run | None:
        self.runs += 1
        alone.restart()
        try:
            run: Run = self._target.run(self._semantics, alone, alone.ended)
        except AttemptOver:
            return None
        return run

    def _look(self, way: tuple[Value, ...], attempts: int) -> GoesOn:
        """
        Run on from a status once, to see which page is tried next, and when.
        """
        alone = self._alone(way, attempts)
        run = next(alone.enumeration.paths(lambda _: (self._run(alone),)))[0]
        k = self._target.machine
        after = k.trace[alone.step :]
        page = _tried(after, k.listed)
        if page:
            if alone.number > alone.number_before:
                return GoesOn("next", page)
            return GoesOn("again" if page == self.name else "tail", page)
        if run is not None and run.bug is not None:
            return GoesOn("stray", run.bug.name)
        if next(k.from_.pages(), None) is None:
            return GoesOn("gone")
        if alone.number < self.passes:
            message = f"a page is left on the list after {alone.number} of {self.passes} passes"
            raise EntangledError(message)
        return GoesOn("next", next(k.from_.pages()).name)

    def _attempt(
        self, status: int, way: tuple[Value, ...], attempts: int, number: int
    ) -> list[Leaf]:
        """
        Enumerate the attempt that follows a status.
        """
        alone = self._alone(way, attempts)
        machine = self._target.machine
        found: dict[tuple[object, object], Leaf] = {}

        def once(_: object) -> None:
            run = self._run(alone)
            if alone.number != number:
                message = f"an attempt of pass {number} is made in pass {alone.number}"
                raise EntangledError(message)
            new = alone.new
            if attempts and any(isinstance(c, Flag) for c, _ in new):
                raise EntangledError("a flag that the thread may have set is read in an attempt")
            shared = frozenset((c.text, value) for c, value in new if c.text in self.shared)
            if run is None:
                to: int | End = self._status(status, alone)
            else:
                bug = run.bug.name if run.bug else None
                to = End(run.returns, bug, self._kept(status, alone))
            leaf = found.get((shared, to))
            if leaf is None:
                leaf = found[shared, to] = Leaf(shared, to, 0, _LARGE, ())
            leaf.count += 1
            size = sum(value in c.faults for c, value in new), len(machine.trace) - alone.step
            if size < leaf.size:
                leaf.size, leaf.answers = size, tuple((c.text, value) for c, value in new)

        for _ in alone.enumeration.paths(once):
            pass
        return list(found.values())

    def _status(self, before: int, alone: Alone) -> int:
        """
        Give the number of the status at the end of an attempt.
        """
        k = self._target.machine
        progress, ahead, names, lru, pagevec, known, held, more, tried = k.state()
        kept = self._kept(before, alone)._replace(succeeded=progress[3], failed=progress[2])
        self._hold_walk(alone, names, ahead, k.from_.says)
        if not names and ahead == k.from_.says:
            if progress[1]:
                raise EntangledError("a page is counted for another pass, and is not on the list")
            return self._number(("gone", kept), kept, tail=False)
        # What is known and is a part of a rule narrows the answers to come; what is asked anew
        # of a page is forgotten when that is tried again.
        ruled = frozenset(row for row in alone.known.items() if row[0] in self._ruled)
        own = frozenset(row for row in known if row[0] not in self.shared)
        rows = frozenset(row for row in held if row.subject != _THREAD)
        key: tuple[object, ...] = (progress[1], ahead, names, own, ruled, rows, more, tried, kept)
        if not names or ahead not in {*names, k.from_.says}:
            key += (lru, pagevec, *k.outcome()[:3])
        number = self._number(key, kept, tail=any(name != self.name for name in names))
        self.retry[number] = progress[1]
        return number

    def _hold_walk(self, alone: Alone, names: tuple[str, ...], ahead: str, head: str) -> None:
        """
        Hold the walk to what a list with more pages asks of it: a tail comes behind all heads.

        What is ahead of a page is then another page, which nothing but its own attempt takes
        off the list, or what is ahead here.
        """
        machine = self._target.machine
        tails = [name for name in names if name != self.name]
        if names != (*(name for name in names if name == self.name), *tails) or len(tails) > 1:
            raise EntangledError(f"the list is in another order: {', '.join(names)}")
        tried = _tried(machine.trace[alone.step :], machine.listed)
        due = tails[0] if tails and tried == self.name else head
        if ahead != due and ahead in {*names, head}:
            raise EntangledError(f"after {tried} the walk goes on with {ahead}, and not with {due}")

    def _kept(self, before: int, alone: Alone) -> Kept:
        """
        Add up what is kept of the page, up to here.
        """
        k = self._target.machine
        then = self.kept[before]
        names = [page.name for page in k.from_.pages()]
        done = {name for made in k.trace if (name := _done(made))}
        gone = {page.name for page in k.owners if page.ref not in k.held and page.name in k.on}
        new = k.trace[alone.step :]
        counts = [sum(made in events for made in new) for events in self._marks]
        return Kept(
            succeeded=then.succeeded,
            failed=then.failed,
            left=len(names),
            done=len(done),
            lost=len(gone - done),
            odd=then.odd | self._broken(alone) | self._odd_rows(names),
            beside=any(place in {"pagevec", "lru"} for place in k.on.values()),
            marks=tuple(map(min, map(int.__add__, then.marks, counts), self._caps)),
        )

    def _broken(self, alone: Alone) -> frozenset[str]:
        """
        Name the contracts that the attempt broke by itself.
        """
        k = self._target.machine
        ledger = Ledger(())
        ledger.spans = k.spans[alone.spans :]
        choices: Mapping[str, Value] = {
            **{text: value for text, value in k.choices.items() if text not in self.shared},
            **{choice.text: value for choice, value in alone.new},
        }
        run = Run(
            self._semantics,
            choices=dict(choices),
            trace=k.trace,
            returns=None,
            ledger=ledger,
            entitled=frozenset(),
            final=dict,
            touched=tuple(k.touched[alone.touched :]),
        )
        found = self._model.obligations
        return frozenset(one.contract for obligation in found for one in obligation(run))

    def _odd_rows(self, names: list[str]) -> frozenset[str]:
        """
        Name the rows that are not just the three that isolation took of each page on the list.
        """
        k = self._target.machine
        due = set()
        for name in names:
            page = k.listed[name]
            due |= {page.ref, page.from_list}
            texts, facts = page.texts, k.facts
            if not (facts.get(texts["__PageMovable"]) or facts.get(texts["PageHuge"])):
                due.add(page.count)
        rows = {row for row in k.held if row.subject != _THREAD}
        return frozenset(row.text for row in (*(due ^ rows), *(row for row, _ in k.more)))


def _tried(trace: Sequence[Event], pages: Container[str]) -> str:
    """
    Name the first page that a part of a trace is about.
    """
    return next((e.subjects[0] for e in trace if e.subjects and e.subjects[0] in pages), "")


def _done(made: Event) -> str | None:
    """
    Name the page that an event shows to be migrated, or to be free already.
    """
    name = made.primitive.name
    if name == "move_to_new_page":
        return made.subjects[1] if made.value == 0 else None
    return made.subjects[0] if name == "page_count" and made.value == 1 else None
