# SPDX-License-Identifier: GPL-2.0-only
"""
One step of a walk, as a certificate has it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.kernel.run import Run
    from errpath.native.walk.step import Answers, Walk


class Row(NamedTuple):
    """
    The attempt from `status` on: what it was answered, its events, and the status it comes to.

    `after` are the events behind it, to the end of the run; `busy` is whether no new page could
    be locked there. `final` is the final state as JSON, and what is held, with how often.
    """

    status: int
    to: int | None
    busy: bool
    choices: Answers
    trace: tuple[str, ...]
    after: tuple[str, ...]
    returns: int | None
    bug: str | None
    final: str


def _held(run: Run) -> dict[str, int]:
    return Counter(item.text for item, _ in run.ledger.open_rows())


def rows(walk: Walk) -> Iterator[Row]:
    """
    Give the rows of a walk, in its order.
    """
    for step in walk.steps():
        run = step.run
        yield Row(
            status=step.status,
            to=step.to,
            busy=step.busy,
            choices=step.answers,
            trace=tuple([event.text for event in run.trace[step.start : step.end]]),
            after=tuple([event.text for event in run.trace[step.end :]]),
            returns=run.returns,
            bug=run.bug.name if run.bug else None,
            final=json.dumps({**run.final, "held": _held(run)}, sort_keys=True),
        )
