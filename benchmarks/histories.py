# SPDX-License-Identifier: GPL-2.0-only
"""
Every pair of paths, as text: what errpath's model and a peer's are compared by.

A pair is a path of `pre` and the path of `post` with the same answers. Models are the same if
they have the same pairs: the same answers in the same order, the same calls with the same
results in the same order, the same return codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from measure import Unmeasured

if TYPE_CHECKING:
    from errpath.kernel.run import Run

ANSWER = ": "
"""Stands between a question and its answer, and in no call."""


class Path(NamedTuple):
    """
    One path: its return code, its answers and its calls, each in their order.
    """

    returns: str
    answers: tuple[str, ...]
    calls: tuple[str, ...]


Pair: TypeAlias = tuple[Path, Path]


def path(history: Iterable[str], returns: str) -> Path:
    """
    Take a history of answers and calls apart.
    """
    noted = list(history)
    return Path(
        returns,
        answers=tuple(one for one in noted if ANSWER in one),
        calls=tuple(one for one in noted if ANSWER not in one),
    )


def of_errpath() -> Counter[Pair]:
    """
    Enumerate the pairs of errpath's own model.
    """
    from errpath.explore.difference.pairs import pairs  # noqa: PLC0415 - loads the model
    from errpath.migrate import model  # noqa: PLC0415

    migrate = model()
    found = pairs(migrate.reference(), "pre", "post", migrate.vocabulary.rules)
    return Counter((_path(pair.old), _path(pair.new)) for pair in found)


def _path(run: Run) -> Path:
    from errpath.vocabulary.errno import spell  # noqa: PLC0415

    def spelled(value: int | str) -> str:
        return spell(value) if isinstance(value, int) and value < 0 else str(value)

    return Path(
        "BUG" if run.returns is None else spell(run.returns),
        answers=tuple(f"{text}{ANSWER}{spelled(value)}" for text, value in run.choices.items()),
        calls=tuple(run.calls()),
    )


def same(peer: str, found: Counter[Pair], expected: Counter[Pair]) -> None:
    """
    Raise Unmeasured unless a peer's model has errpath's pairs, each once.
    """
    if found == expected and found:
        return
    says = [f"{peer}'s model is not errpath's: different models are not compared"]
    says += [f"{peer}: {counts(found)}", f"errpath: {counts(expected)}"]
    for where, rest in ((peer, found - expected), ("errpath", expected - found)):
        if rest:
            says.append(f"{rest.total()} pairs are {where}'s alone; one of them:")
            says += [f"  {one.returns}: {', '.join(one.answers)}" for one in next(iter(rest))]
    raise Unmeasured("\n".join(says))


def counts(pairs: Counter[Pair]) -> str:
    """
    Say how many pairs, paths and distinct (returns, trace) there are.
    """
    words = [f"{pairs.total():,} pairs"]
    for name, paths in paths_of(pairs).items():
        codes = Counter(one.returns for one in paths)
        coded = ", ".join(f"{count:,} {code}" for code, count in sorted(codes.items()))
        words.append(f"{name} {len(paths):,} paths ({coded}), {distinct(paths)} distinct")
    return "; ".join(words)


def paths_of(pairs: Iterable[Pair]) -> dict[str, set[Path]]:
    """
    Give the paths of each semantics, which may be in several pairs.
    """
    both = list(pairs)
    return {"pre": {old for old, _ in both}, "post": {new for _, new in both}}


def distinct(paths: Iterable[Path]) -> int:
    """
    Count what paths return with what trace.
    """
    return len({(one.returns, one.calls) for one in paths})


def split(
    line: Sequence[str], is_end: Callable[[str], bool]
) -> tuple[tuple[Sequence[str], str], tuple[Sequence[str], str]]:
    """
    Take a line with two histories apart; each ends with an entry that tells the return code.
    """
    ends = [number for number, one in enumerate(line) if is_end(one)]
    if len(ends) != 2 or ends[1] != len(line) - 1:  # noqa: PLR2004 - a pair
        raise Unmeasured(f"no pair of histories: {' '.join(line)[:200]}")
    first, second = ends
    return (line[:first], line[first]), (line[first + 1 : second], line[second])
