# SPDX-License-Identifier: GPL-2.0-only
"""
What the paths of a semantics come to: return codes, distinct traces, exits.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.kernel.event import Event
    from errpath.kernel.run import Run

    Trace = tuple[str, ...]


class Summary:
    """
    Counts of paths; those of several parts of the paths add up.

    `returns` counts the paths of each return code, or `BUG name`, and `traces` has the
    distinct traces of each. `exits` counts for each point of the source, by its index, the
    paths that pass it, by their return codes. All are in the order of the first path.
    """

    def __init__(self) -> None:
        self.returns: Counter[str] = Counter()
        self.traces: dict[str, dict[Trace, None]] = {}
        self.exits: dict[int, Counter[str]] = {}

    def add(self, other: Summary) -> None:
        """
        Take in the paths that follow those counted so far.
        """
        self.returns.update(other.returns)
        for code, traces in other.traces.items():
            self.traces.setdefault(code, {}).update(traces)
        for index, codes in other.exits.items():
            self.exits.setdefault(index, Counter()).update(codes)

    def distinct(self) -> int:
        """
        Count the distinct pairs of a return code and a trace.
        """
        return sum(map(len, self.traces.values()))


def summary_of(runs: Iterable[tuple[Run, Iterable[int]]]) -> Summary:
    """
    Count runs, each with the indices of the points that it passed.
    """
    words: dict[str, dict[str, Run]] = {}
    ways: dict[str, Counter[frozenset[int]]] = {}
    letters = _Letters()
    for run, passed in runs:
        code = code_of(run)
        word = "".join(map(letters.__getitem__, run.trace))
        found = words.get(code)
        if found is None:
            found = words[code] = {}
            ways[code] = Counter()
        if word not in found:
            found[word] = run
        ways[code][frozenset(passed)] += 1
    summary = Summary()
    for code, found in words.items():
        summary.returns[code] = ways[code].total()
        summary.traces[code] = {tuple(run.calls()): None for run in found.values()}
        for passed, count in ways[code].items():
            for index in passed:
                summary.exits.setdefault(index, Counter())[code] += count
    return summary


def code_of(run: Run) -> str:
    """
    Give what a path returns, or the bug that ends it, as a table has it.
    """
    return f"BUG {run.bug.name}" if run.bug else spell(run.returns or 0)


class _Letters(dict["Event", str]):
    def __missing__(self, event: Event) -> str:
        # As in Run.calls(), a test is no part of the printed trace.
        self[event] = made = "" if event.primitive.test else event.letter
        return made
