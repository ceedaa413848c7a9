# SPDX-License-Identifier: GPL-2.0-only
"""
A pair of whole runs, made on the real targets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from errpath.explore.lockstep.moves import Task, Way
from errpath.kernel.pages.list_head import list_add
from errpath.kernel.pages.listed_page import ListedPage

if TYPE_CHECKING:
    from errpath.explore.lockstep.moves import Mover
    from errpath.explore.lockstep.partings import Chain, Link
    from errpath.explore.lockstep.side import Side
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value


class ListPair(NamedTuple):
    """
    The runs of both sides, with every choice that either made, and the joint attempts of the way.

    `beside` tells whether another page was on the LRU list. `links` are the joint attempts.
    """

    old: Run
    new: Run
    choices: dict[str, Value]
    beside: bool
    links: tuple[Link, ...]


class ReplayError(Exception):
    """
    A run asks what it was not to ask: the attempts that it is made of do not fit together.
    """


def replayed(mover: Mover, chain: Chain) -> ListPair:
    """
    Run both sides along a way.
    """
    links = []
    while chain is not None:
        links.append(chain)
        chain = chain.before
    links.reverse()
    old, new = Way(), Way()
    for link in links:
        task = Task(link.turn, old, new, link.edge.to.beside, None)
        first, second = mover.again(task, link.answers)
        good = (*(first.good if first else ()), *(second.good if second else ()))
        old = old.then(first.asked if first else (), good, link.edge.old)
        new = new.then(second.asked if second else (), good, link.edge.new)
    beside = bool(links[-1].edge.to.beside)
    older = _run(mover.old, old, beside=beside)
    newer = _run(mover.new, new, beside=beside)
    return ListPair(older, newer, {**older.choices, **newer.choices}, beside, tuple(links))


def _run(side: Side, way: Way, *, beside: bool) -> Run:
    answers = _Answers(side, way, beside=beside)
    run: Run = side.target.run(side.semantics, answers)
    answers.done()
    return run


class _Answers:
    """
    The environment of a whole run: what is about no page is asked once, not in each attempt.
    """

    def __init__(self, side: Side, way: Way, *, beside: bool) -> None:
        self._machine: Any = side.target.machine
        self._neighbour = ListedPage(self._machine, "another page").lru if beside else None
        self._asked = way.asked
        self._good = way.good
        self._at = 0
        self._seen: set[str] = set()
        self._of_none = side.of_none

    def __call__(self, choice: Choice) -> Value:
        """
        Give the answer to a question.
        """
        good = self._good.get(choice.text)
        if good is not None:
            return good
        self._skip()
        if self._at == len(self._asked) or self._asked[self._at][0] != choice.text:
            message = f"{choice.text} is asked, and no attempt of the way has asked it there"
            raise ReplayError(message)
        self._seen.add(choice.text)
        value = self._asked[self._at][1]
        self._at += 1
        return value

    def begin_pass(self, number: int) -> None:
        """
        Put the other page on the LRU list before the first pass.
        """
        if number == 1 and self._neighbour is not None:
            self._neighbour.init()
            list_add(self._neighbour, self._machine.lru)

    def done(self) -> None:
        """
        Hold the run to have asked everything.
        """
        self._skip()
        if self._at < len(self._asked):
            message = f"{self._asked[self._at][0]} is not asked, and an attempt of the way has"
            raise ReplayError(message)

    def _skip(self) -> None:
        asked, seen = self._asked, self._seen
        while self._at < len(asked):
            text = asked[self._at][0]
            if text not in seen or text not in self._of_none:
                return
            self._at += 1
