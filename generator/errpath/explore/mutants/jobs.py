# SPDX-License-Identifier: GPL-2.0-only
"""
Judging many mutants, in this process or in several: the verdicts are the same.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final, TypeAlias

from errpath.explore.mutants.judge import Verdict
from errpath.explore.workers import no_interrupt, workers

if TYPE_CHECKING:
    from errpath.explore.mutants.above import AboveJudge
    from errpath.explore.mutants.difference import Difference
    from errpath.explore.mutants.judge import Judge
    from errpath.explore.mutants.mutant import Mutant

Maker: TypeAlias = "Callable[[str], Judge | AboveJudge]"
"""
Makes the judge of a semantics, or of what runs above them, in each process anew; it goes there
by its name.
"""

_Result: TypeAlias = (
    "tuple[tuple[str, ...], tuple[str, ...], str | None, Difference | None, str | None, bool]"
)

_AT_ONCE: Final = 4
"""How many mutants a process takes at once."""


def verdicts(make: Maker, mutants: Sequence[Mutant], *, jobs: int = 1) -> Generator[Verdict]:
    """
    Judge mutants, in their order; `jobs` processes do it.

    BrokenProcessPool tells that one of them was ended by somebody else.
    """
    if jobs == 1:
        judges = cache(partial(_settled, make))
        for mutant in mutants:
            yield judges(mutant.semantics).verdict(mutant)
    else:
        yield from _by_several(make, mutants, jobs)


def _settled(make: Maker, semantics: str) -> Judge | AboveJudge:
    judge = make(semantics)
    # What a judge has is kept to the end: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    return judge


def _by_several(make: Maker, mutants: Sequence[Mutant], jobs: int) -> Iterator[Verdict]:
    executor = workers(jobs, _begin, make)
    try:
        keys = [(mutant.semantics, mutant.number) for mutant in mutants]
        with no_interrupt():
            results = executor.map(_judge, keys, chunksize=_AT_ONCE)
        for mutant, result in zip(mutants, results, strict=True):
            scenarios, laws, crash, difference, reason, proved = result
            yield Verdict(
                mutant=mutant,
                scenarios=scenarios,
                laws=laws,
                crash=crash,
                difference=difference,
                reason=reason,
                proved=proved,
            )
    finally:
        executor.shutdown(cancel_futures=True)


_judges: list[Maker] = []
"""What makes the judges of this process, if it is one of several."""


def _begin(make: Maker) -> None:
    _judges.append(cache(partial(_settled, make)))


def _judge(key: tuple[str, int]) -> _Result:
    semantics, number = key
    judge = _judges[0](semantics)
    found = judge.verdict(judge.mutants[number - 1])
    told = (found.scenarios, found.laws, found.crash, found.difference)
    return (*told, found.reason, found.proved)
