# SPDX-License-Identifier: GPL-2.0-only
"""
Every pair of paths of two targets, walked one by one: each side is a thread of its own.

Nothing is merged and nothing replayed here. Both threads stop at each question; whose turn it
is gets its answers, up to the end of its attempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

from errpath.kernel.run import Run
from errpath.kernel.target import Model
from errpath.vocabulary.choice import Choice, Value

Sides = tuple[tuple[Any, str], tuple[Any, str]]


class _StopError(BaseException):
    """
    No kernel gets here: the thread is to end.
    """


class _Seat:
    """
    One side, in a thread: `wants` is what it asks, None when its run has ended.

    `attempt` names its attempt: pass, page, and for which time in that pass.
    """

    def __init__(self, target: Any, semantics: str) -> None:
        self._target = target
        self.machine = target.machine
        self._order = {page.name: n for n, page in enumerate(self.machine.owners)}
        self._semantics = semantics
        self._told: SimpleQueue[Any] = SimpleQueue()
        self._answers: SimpleQueue[Any] = SimpleQueue()
        self._number = self._at = 0
        self._over = True
        self.attempt = (0, 0, 0)
        self.wants: Choice | None = None
        self.run: Run | None = None
        self.forgotten: list[str] = []
        self._thread = Thread(target=self._go)
        self._thread.start()
        self._wait()

    def _go(self) -> None:
        with suppress(_StopError):
            self.run = self._target.run(self._semantics, self, self._ended)
        self._told.put(None)

    def _wait(self) -> None:
        self.wants = self._told.get()
        if self.wants is None:
            self._thread.join()

    def answer(self, value: Value) -> None:
        """
        Answer what it wants, and wait for what it wants next.
        """
        self._answers.put(value)
        self._wait()

    def stop(self) -> None:
        """
        End its run.
        """
        if self.wants is not None:
            self._answers.put(_StopError)
            self._wait()

    def __call__(self, choice: Choice) -> Value:
        if self._over and len(self.machine.passes) < self._number:
            subjects = [e.subjects[0] for e in self.machine.trace[self._at :] if e.subjects]
            page = next((name for name in subjects if name in self._order), choice.subject)
            if page is not None:
                key = self._number, self._order[page]
                self.attempt = (*key, self.attempt[2] + 1 if key == self.attempt[:2] else 1)
                self._over = False
        self._told.put(choice)
        value: Any = self._answers.get()
        if value is _StopError:
            raise _StopError
        return value  # type: ignore[no-any-return]

    def begin_pass(self, number: int) -> None:
        """
        Take note of the pass.
        """
        self._number = number

    def forget(self, texts: Any) -> None:
        """
        Take note of what is out of date.
        """
        self.forgotten += texts

    def _ended(self, k: Any) -> None:
        self._over = True
        self._at = len(k.trace)


class _Dead(Exception):  # noqa: N818 - an end, and no error
    """
    No answer is possible.
    """


class _Pairs:
    def __init__(self, sides: Sides, model: Model, fixed: dict[str, Value]) -> None:
        self._sides = sides
        self._fixed = fixed
        self._possible = model.vocabulary.rules.possible
        self._choices = model.vocabulary.choices
        owners = sides[0][0].machine.owners
        self._anew = {text for page in owners for text in page.asked_anew}
        self.stack: list[tuple[Value, ...]] = []
        self._depth = 0

    def pair(self) -> tuple[Run, Run] | None:
        """
        Walk the pair of the answers in the stack; None if there is none.
        """
        self._depth = 0
        good = dict(self._fixed)
        seats = [_Seat(*side) for side in self._sides]
        try:
            while going := [seat for seat in seats if seat.wants]:
                first = min(seat.attempt for seat in going)
                self._attempt([seat for seat in going if seat.attempt == first], good)
        except _Dead:
            for seat in seats:
                seat.stop()
            return None
        old, new = (seat.run for seat in seats)
        assert old is not None
        assert new is not None
        return old, new

    def _attempt(self, turn: list[_Seat], good: dict[str, Value]) -> None:
        joint: dict[str, Value] = {}
        known = {text: value for text, value in good.items() if self._choices[text].subject}
        learned: dict[str, Value] = {}
        for seat in turn:
            times: dict[str, int] = {}
            attempt = seat.attempt
            seat.forgotten.clear()
            while seat.wants and seat.attempt == attempt:
                for text in seat.forgotten:
                    known.pop(text, None)
                seat.forgotten.clear()
                text = seat.wants.text
                times[text] = times.get(text, 0) + 1
                asked = f"{text}#{times[text]}"
                value = good.get(text, joint.get(asked))
                if value is None:
                    value = self._next(seat.wants, known)
                known[text] = joint[asked] = value
                seat.answer(value)
                if text in seat.machine.facts and text not in self._anew:
                    learned[text] = value
        good |= learned

    def _next(self, choice: Choice, known: dict[str, Value]) -> Value:
        if self._depth == len(self.stack):
            possible = self._possible(choice, known)
            if not possible:
                raise _Dead
            self.stack.append(possible)
        self._depth += 1
        return self.stack[self._depth - 1][0]


def plain_pairs(sides: Sides, model: Model, fixed: dict[str, Value]) -> Iterator[tuple[Run, Run]]:
    """
    Give both runs of each pair.
    """
    pairs = _Pairs(sides, model, fixed)
    while True:
        found = pairs.pair()
        if found:
            yield found
        while pairs.stack and len(pairs.stack[-1]) == 1:
            pairs.stack.pop()
        if not pairs.stack:
            return
        pairs.stack[-1] = pairs.stack[-1][1:]
