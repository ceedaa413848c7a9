# SPDX-License-Identifier: GPL-2.0-only
"""
What a walk gives: runs, each of which shows one way to go on from a status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Value

Answers: TypeAlias = "tuple[tuple[str, Value], ...]"
"""The questions of an attempt in their order, by their texts, and the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One run: from the start through status `status`, one more attempt, and on to its end.

    `answers` are those of the attempt, `run.trace[start:end]` are its events, and `to` is the
    status that it comes to, or None if it ends the run. Behind it the run goes on with the
    first answers that are possible; if it is `busy`, no new page can be locked there. `key` is
    what `to` stands for, and `before` the number of attempts up to `status`.
    """

    run: Run
    answers: Answers
    start: int
    end: int
    status: int = 0
    to: int | None = None
    busy: bool = False
    before: int = 0
    key: Hashable = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """
    The run of another target under the answers of a step.

    `extra` are the questions that only this run asked; `alike` is whether its attempt came to
    the same status.
    """

    run: Run
    extra: Sequence[str]
    alike: bool


class Walk(Protocol):
    """
    Every step of a target, in an order that depends on nothing but what it does.

    `bound` says what was not walked, or nothing if all was; `statuses` is the number of those
    that were found so far.
    """

    @property
    def bound(self) -> str:
        """
        Say what was not walked.
        """
        ...

    @property
    def statuses(self) -> int:
        """
        Give the number of statuses.
        """
        ...

    def steps(self) -> Iterator[Step]:
        """
        Walk.
        """
        ...

    def follow(self, target: Any, step: Step) -> Followed:
        """
        Run another target as a step was run.
        """
        ...
