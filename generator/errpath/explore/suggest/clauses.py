# SPDX-License-Identifier: GPL-2.0-only
"""
What a scenario says of one run: the clauses as lines of a spec, and as calls that judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from errpath.contracts.cleanup import complaints
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from errpath.contracts.check import Check
    from errpath.contracts.situation import Situation
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model

Judged: TypeAlias = "Callable[[Check], None]"

_AT: Final = "suggested"
_RANKS: Final = ("returns", "calls", "order", "never", "finally", "breaks")
_STEP: Final = re.compile(r"\{(\d+)\}")


class Line(NamedTuple):
    """
    A clause as it is written, and the call that judges it.
    """

    text: str
    judge: Judged

    @property
    def rank(self) -> int:
        """
        Its place among others: first what is returned, then what is called, then what is left.
        """
        return _RANKS.index(self.text.partition(" ")[0])


def lines(run: Run, situation: Situation, model: Model) -> Iterator[Line]:
    """
    Say of a run what it returns, which calls it makes, where the pages end, what it breaks.
    """
    returns = run.returns or 0
    yield Line(f"returns {spell(returns)}", lambda check: check.returns(returns, at=_AT))
    for text in situation.faults:
        if not run.answered(text, situation.faults[text]):
            # A fault that cannot fire there has to be excluded in words.
            yield never(text)
    calls = tuple(made.call for made in run.trace if not made.primitive.test)
    if len(calls) > 1:
        yield Line(f"order {' < '.join(calls)}", lambda check: check.order(*calls, at=_AT))
    elif calls:
        once = {"at_least": 1, "at_most": 1}
        yield Line(f"calls {calls[0]} once", lambda check: check.calls(calls[0], at=_AT, **once))
    for subject, states in run.final.items():
        if "on" in states and states["on"] != "nothing":
            yield _ends_on(subject, states["on"])
    broken: dict[str, str] = {}
    for complaint in complaints(run, model):
        broken.setdefault(complaint.contract, _filled(complaint.says, run))
    for contract, why in broken.items():
        yield _breaks(contract, why)


def _filled(says: str, run: Run) -> str:
    """
    Put the events where a sentence has their steps.
    """
    return _STEP.sub(lambda step: run.trace[int(step[1]) - 1].text, says)


def never(call: str) -> Line:
    """
    Say that a call is not made.
    """
    return Line(f"never {call}", lambda check: check.never(call, at=_AT))


def finals(run: Run, subjects: Iterable[str]) -> Iterator[Line]:
    """
    Say all else of how subjects end.
    """
    for subject in subjects:
        for state, value in run.final[subject].items():
            if isinstance(value, bool):
                yield _ends(subject, state, so=value)
            elif isinstance(value, int):
                yield _changes(state, value)


def _ends_on(subject: str, place: str) -> Line:
    return Line(
        f"finally {subject} on {place}", lambda check: check.ends_on(subject, place, at=_AT)
    )


def _ends(subject: str, state: str, *, so: bool) -> Line:
    return Line(
        f"finally {subject} {'' if so else 'not '}{state}",
        lambda check: check.ends(subject, state, at=_AT, so=so),
    )


def _changes(counter: str, by: int) -> Line:
    return Line(
        f"finally {counter} changed by {by}", lambda check: check.changes(counter, by, at=_AT)
    )


def _breaks(contract: str, why: str) -> Line:
    return Line(f'breaks {contract} because "{why}"', lambda check: check.breaks(contract, at=_AT))
