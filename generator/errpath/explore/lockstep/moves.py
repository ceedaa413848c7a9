# SPDX-License-Identifier: GPL-2.0-only
"""
Every joint attempt from a place, by what it comes to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.lockstep.asking import Asking, DeadEndError
from errpath.explore.lockstep.places import Place
from errpath.explore.lockstep.status import NOTHING, Effect, Status
from errpath.kernel.pages.listed_page import TAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.explore.lockstep.places import Turn
    from errpath.explore.lockstep.side import Side
    from errpath.explore.lockstep.status import Answers, Attempted, Became
    from errpath.kernel.target import Model
    from errpath.vocabulary.choice import Value

Shared: TypeAlias = "frozenset[tuple[str, Value]]"
"""Answers to questions that are about no page: whoever asks first asks for all."""

Size: TypeAlias = "tuple[int, int, int]"
"""Faults, unusual answers, calls: what makes a pair larger, the most telling first."""

Tells: TypeAlias = "Callable[[Attempted, Attempted], bool]"
"""Whether two attempts under the same answers differ in what the one who asks looks at."""


_NOTHING_YET: Mapping[str, Value] = {}


class Way(NamedTuple):
    """
    The attempts of one side so far: what they asked, how many they are, what came of them.

    `good` is what either side was answered for good: which of its attempts asks for that
    depends on what it was told before, and is no part of `asked`.
    """

    asked: Answers = ()
    attempts: int = 0
    became: Became = NOTHING
    good: Mapping[str, Value] = _NOTHING_YET

    def then(self, asked: Answers, good: Answers, effect: Effect | None) -> Way:
        """
        Give the way with one joint attempt more; `effect` is None if this side made none.
        """
        known = {**self.good, **dict(good)} if good else self.good
        if effect is None:
            return self._replace(good=known)
        return Way(self.asked + asked, self.attempts + 1, effect.became, known)


class Leaf(NamedTuple):
    """
    One joint attempt: what was answered to either side, or known before, and the calls of each.
    """

    choices: Answers
    old: tuple[str, ...]
    new: tuple[str, ...]


class Same(NamedTuple):
    """
    Joint attempts of a kind that read the same of no page: how many, and the smallest of them.

    `size` has its faults, its unusual answers and its calls. With the same answers it can be
    made again elsewhere.
    """

    times: int
    size: Size
    answers: tuple[Value, ...]


@dataclass(slots=True)
class Kind:
    """
    The joint attempts that come to the same, whatever the place.

    `shared` has them by what they read of no page; `smallest` is that of one of the smallest,
    and `texts` are its questions. `leaves` are all of them, if they are wanted.
    """

    smallest: Shared = frozenset()
    texts: tuple[str, ...] = ()
    shared: dict[Shared, Same] = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)

    @property
    def answers(self) -> tuple[Value, ...]:
        """
        The answers of the smallest one.
        """
        return self.shared[self.smallest].answers

    @property
    def bare(self) -> Kind:
        """
        The kind with its smallest attempt alone, which is all that it takes to make it again.
        """
        return Kind(self.smallest, self.texts, {self.smallest: self.shared[self.smallest]})


class Edge(NamedTuple):
    """
    A kind of joint attempts, made at a place: where it leads, and what it came to on each side.

    `kind` is its number in the table, `parts` tells whether the sides differ behind it and did
    not before. `rest` is what was answered here behind the attempt, as the caller asks after
    the last one.
    """

    kind: int
    to: Place
    parts: bool
    old: Effect | None
    new: Effect | None
    old_asked: Answers
    new_asked: Answers
    good: Answers
    rest: tuple[Value, ...]


class Task(NamedTuple):
    """
    What is asked of a mover: the edges of a turn, with the table of its attempts if that is known.

    `beside` tells whether another page is on the LRU list, None if that is not asked.
    """

    turn: Turn
    old: Way
    new: Way
    beside: bool | None
    table: tuple[Kind, ...] | None


class Mover:
    """
    Two sides that make joint attempts.

    `tells` finds a difference in what two attempts did, beside what they came to.
    """

    def __init__(self, old: Side, new: Side, model: Model, tells: Tells | None = None) -> None:
        self.old = old
        self.new = new
        self._rules = model.vocabulary.rules
        self._choices = model.vocabulary.choices
        self._tells = tells
        self._shared = frozenset(
            text for text, choice in self._choices.items() if choice.subject is None
        )
        self._hinges = {
            state.hinges_on: f"NR_ISOLATED({subject})"
            for state in model.vocabulary.states
            for subject in state.subjects
            if state.hinges_on
        }
        self.order = {page.name: n for n, page in enumerate(old.target.machine.owners)}
        self._first = next(iter(self.order))

    def local(self, turn: Turn, *, beside: bool | None) -> tuple[Any, ...]:
        """
        Give all that the next attempt of a turn can read, as a key for its table.

        An attempt reads of pages only its own. That its own is all is what the walk
        of one page is held to by whoever compares with the plain enumeration.
        """
        place = turn.place
        moving = [s for s, moves in ((place.old, turn.old), (place.new, turn.new)) if moves and s]
        pages = {status.page for status in moving}
        about = pages | {page.removesuffix(TAIL) for page in pages}
        known = frozenset(row for row in place.known if self.old.page_of(row[0]) in about)
        sides = (
            self._read(self.old, place.old) if turn.old else None,
            self._read(self.new, place.new) if turn.new else None,
        )
        return (*sides, known, place.parted, beside)

    def _read(self, side: Side, status: Status | None) -> Any:
        if status is None or status.strays:
            return status
        page = status.page
        return (
            page,
            page in status.tried,
            frozenset(row for row in status.known if side.page_of(row[0]) == page),
            frozenset(row for row in status.rows if side.row_of(row) == page),
            status.more,
        )

    def strays(self, turn: Turn) -> bool:
        """
        Tell whether a side that moves has left the caller's list: what is on the LRU list matters.
        """
        old, new = turn.place.old, turn.place.new
        return bool((turn.old and old and old.strays) or (turn.new and new and new.strays))

    def table(self, task: Task) -> tuple[Kind, ...]:
        """
        Enumerate the joint attempts of a turn.
        """
        known = dict(task.turn.place.known)
        asking = Asking(self._rules, known, known)
        together = not task.turn.place.parted
        found: dict[object, Kind] = {}
        for _ in asking.combinations():
            try:
                old, new = self._attempt(task, asking)
            except DeadEndError:
                continue
            key = self._came(task, old, new)
            kind = found.get(key)
            if kind is None:
                kind = found[key] = Kind()
            answers = asking.answers
            shared = frozenset([row for row in answers.items() if row[0] in self._shared])
            size = self._size(answers, old, new)
            same = kind.shared.get(shared)
            if not kind.shared or size < kind.shared[kind.smallest].size:
                kind.smallest, kind.texts = shared, tuple(answers)
            if same is None or size < same.size:
                same = Same(same.times if same else 0, size, asking.combination)
            kind.shared[shared] = same._replace(times=same.times + 1)
            if together and old and new:
                kind.leaves.append(self._leaf(task.turn.place, answers, old, new))
        return tuple(found.values())

    def edges(self, task: Task, table: tuple[Kind, ...]) -> Iterator[Edge]:
        """
        Make one attempt of each kind at the place of a task.

        AssertionError if it asks otherwise than the one that stands for its kind.
        """
        known = dict(task.turn.place.known)
        for number, kind in enumerate(table):
            asking = Asking(self._rules, known, known, kind.answers)
            for _ in asking.combinations():
                old, new = self._attempt(task, asking)
                if tuple(asking.answers)[: len(kind.texts)] != kind.texts:
                    message = f"an attempt on {task.turn.place} depends on what it should not read"
                    raise AssertionError(message)
                rest = asking.combination[len(kind.answers) :]
                yield self._edge(task, number, rest, old, new)

    def again(
        self, task: Task, answers: tuple[Value, ...]
    ) -> tuple[Attempted | None, Attempted | None]:
        """
        Make one joint attempt with these answers.
        """
        known = dict(task.turn.place.known)
        asking = Asking(self._rules, known, known, answers)
        next(asking.combinations())
        return self._attempt(task, asking)

    def _attempt(self, task: Task, asking: Asking) -> tuple[Attempted | None, Attempted | None]:
        old = new = None
        turn, beside = task.turn, bool(task.beside)
        if turn.old:
            old = self.old.attempt(task.old, asking, beside=beside)
            asking.new_side()
        if turn.new:
            new = self.new.attempt(task.new, asking, beside=beside)
        return old, new

    def _leaf(
        self, place: Place, answers: Mapping[str, Value], old: Attempted, new: Attempted
    ) -> Leaf:
        page = place.old.page if place.old else ""
        before = {t: v for t, v in place.known if self.old.page_of(t) == page}
        # A page that was split is not what it was found to be any more.
        before |= {t: v for t, v in (place.old.known if place.old else ()) if t in before}
        # A tail is of the kind that its head is: what a test of it found is an answer, too.
        tested = {
            made.call: made.value
            for made in (*old.calls, *new.calls)
            if made.primitive.test and made.value is not None
        }
        found = {**before, **tested, **answers}
        return Leaf(
            tuple(found.items()),
            tuple([made.text for made in old.calls]),
            tuple([made.text for made in new.calls]),
        )

    def _edge(
        self,
        task: Task,
        number: int,
        rest: tuple[Value, ...],
        old: Attempted | None,
        new: Attempted | None,
    ) -> Edge:
        to, parts, first, second = self._came(task, old, new)
        return Edge(
            number,
            to,
            parts,
            first,
            second,
            old.asked if old else (),
            new.asked if new else (),
            (*(old.good if old else ()), *(new.good if new else ())),
            rest,
        )

    def _size(
        self, answers: Mapping[str, Value], old: Attempted | None, new: Attempted | None
    ) -> Size:
        choices = self._choices
        asked = [(choices[text.partition("#")[0]], value) for text, value in answers.items()]
        return (
            sum(value in choice.faults for choice, value in asked),
            sum(value != choice.default for choice, value in asked),
            sum(len(one.calls) for one in (old, new) if one),
        )

    def _came(
        self, task: Task, old: Attempted | None, new: Attempted | None
    ) -> tuple[Place, bool, Effect | None, Effect | None]:
        """
        Give what a joint attempt comes to: the place, whether the sides part, and each effect.

        Answers for good are the pair's: which side has asked for one, and which has not yet,
        is no difference.
        """
        place = task.turn.place
        good = dict(place.known)
        for one in (old, new):
            good.update(one.good if one else ())
        known = frozenset(good.items())
        # What a page is counted as shows where a test asks what it is: when is no difference.
        counted = frozenset(row for text, row in self._hinges.items() if good.get(text))
        first, second = _effect(old, known, counted), _effect(new, known, counted)
        was, now = place.old, place.new
        if first:
            was = first.to if isinstance(first.to, Status) else None
        if second:
            now = second.to if isinstance(second.to, Status) else None
        live = {page for status in (was, now) if status for page in (status.page, *status.names)}
        live |= {page.removesuffix(TAIL) for page in live}
        parts = False
        if not place.parted and old and new:
            parts = first != second or bool(self._tells and self._tells(old, new))
        ahead = 0
        if was and now:
            ahead = place.ahead + bool(new and new.later) - bool(old and old.later)
        to = Place(
            was,
            now,
            frozenset(row for row in known if self.old.page_of(row[0]) in live),
            (
                self._nth(place.old, was, old, place.nth[0]),
                self._nth(place.new, now, new, place.nth[1]),
            ),
            ahead,
            place.parted or parts,
            place.beside if task.beside is None else task.beside,
        )
        return to, parts, first, second

    def _nth(
        self, before: Status | None, after: Status | None, made: Attempted | None, nth: int
    ) -> int:
        if after is None:
            return 0
        if made is None:
            return nth
        again = before is not None and (before.page or self._first) == after.page
        return nth + 1 if again and not made.later else 1


def _effect(made: Attempted | None, known: Shared, counted: frozenset[str]) -> Effect | None:
    if made is None:
        return None
    to = made.to._replace(rows=made.to.rows - counted)
    if isinstance(to, Status):
        to = to._replace(known=to.known - known)
    return Effect(to, made.became, made.later)
