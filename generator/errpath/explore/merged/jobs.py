# SPDX-License-Identifier: GPL-2.0-only
"""
The semantics of a model, each under the laws about lists in a process of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.explore.merged.verdicts import verdicts
from errpath.explore.workers import no_interrupt, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from errpath.explore.merged.verdicts import Verdicts
    from errpath.kernel.target import Model
    from errpath.spec.contract import Law

    MakeModel = Callable[[], Model]


def judged_in_each(
    make: MakeModel, laws: Sequence[Law], counts: Sequence[int], *, jobs: int, again: str
) -> list[Verdicts]:
    """
    Judge laws in each semantics that one of them holds in, in up to `jobs` processes.

    `make` gives the model in each of them. What is found does not depend on `jobs`.
    """
    model = make()
    names = [
        name
        for name in model.vocabulary.semantics
        if any(law.entry and name in law.semantics for law in laws)
    ]
    ours, theirs = (names, []) if jobs == 1 else (names[:1], names[1:])
    if not theirs:
        return [verdicts(model, laws, name, counts, again=again) for name in ours]
    with no_interrupt():
        executor = workers(min(jobs - 1, len(theirs)), _begin, make)
        handed = [
            executor.submit(_judge, tuple(laws), name, tuple(counts), again) for name in theirs
        ]
    try:
        found = [verdicts(model, laws, name, counts, again=again) for name in ours]
        return [*found, *(one.result() for one in handed)]
    finally:
        executor.shutdown(cancel_futures=True)


_made: list[Model] = []


def _begin(make: MakeModel) -> None:
    _made.append(make())


def _judge(laws: Sequence[Law], semantics: str, counts: Sequence[int], again: str) -> Verdicts:
    return verdicts(_made[-1], laws, semantics, counts, again=again)
