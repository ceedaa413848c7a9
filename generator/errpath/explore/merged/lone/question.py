# SPDX-License-Identifier: GPL-2.0-only
"""
What an attempt reads, as a tree: every run of the code from one place is one way down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeAlias

from errpath.explore.merged.lone.reads import UNKNOWN, Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.explore.merged.lone.outcome import Outcome
    from errpath.vocabulary.choice import Choice, Value


class Question:
    """
    A read of the code: what it is of, and what comes after each thing that it can give.

    `choice` is what is asked if nothing is known, as far as a run has shown that. `other` is
    set where an answer of which several are left is compared, and `further` as in `Read`.
    """

    __slots__ = ("choice", "further", "next", "other", "text")

    def __init__(self, read: Read) -> None:
        self.text = read.text
        self.other: Value | None = read.other
        self.further = read.further
        self.choice: Choice | None = None
        self.next: dict[Any, Question | Outcome] = {}

    @classmethod
    def without_answer(cls, choice: Choice) -> Self:
        """
        Give the question that has no answer after what was answered before.
        """
        found = cls(Read(choice.text, choice, None))
        found.choice = choice
        return found

    @property
    def looks_up(self) -> bool:
        """
        Whether the code goes on with nothing known, and does not ask.
        """
        return UNKNOWN in self.next


Tree: TypeAlias = "list[Question]"
"""The first question, once a run has shown it."""


class Edges:
    """
    What tells the ways on from a question apart.

    Whether an answer is known or is given now is one to the code, as long as to ask for it changes
    nothing. Where it does, as a page that is found to be movable leaves a row of the
    ledger, the two are apart; `changing` are those questions, which change nothing by the answer
    0 (a test holds it).
    """

    def __init__(self, changing: frozenset[str]) -> None:
        self._changing = changing

    def of(self, text: str, value: Any, *, asked: bool) -> Any:
        """
        Give the key of a way on.
        """
        if value and value is not UNKNOWN and text in self._changing:
            return value, asked
        return value

    def insert(self, tree: Tree, log: Sequence[Read], end: Outcome | Question) -> None:
        """
        Put a run into the tree: its reads, and the outcome, or the question that has no answer.

        An AssertionError tells that the code went on otherwise from what it reads alike.
        """
        if not tree:
            tree.append(Question(log[0]))
        at: Outcome | Question = tree[0]
        changing, last = self._changing, len(log)
        for index, (text, choice, value, other, _) in enumerate(log, 1):
            if at.__class__ is not Question or at.text != text or at.other != other:
                message = f"after the same reads, one run reads {text}, and another does not"
                raise AssertionError(message)
            if choice is not None:
                at.choice = choice
            key = value
            if value and text in changing and value is not UNKNOWN:
                key = value, choice is not None
            found = at.next.get(key)
            if found is None:
                found = at.next[key] = Question(log[index]) if index < last else end
            at = found
        if isinstance(end, Question):
            same = isinstance(at, Question) and at.text == end.text
        else:
            same = not isinstance(at, Question) and at.same_as(end)
        if not same:
            message = f"after the same reads, one attempt comes to {end}, and another to {at}"
            raise AssertionError(message)
