# SPDX-License-Identifier: GPL-2.0-only
"""
All paths over a list of pages, by classes: how many there are, and one to look at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.merged.joint import Joint
from errpath.explore.merged.leaf import EntangledError
from errpath.explore.merged.lone_page import LonePage
from errpath.explore.merged.marks import Marks
from errpath.explore.merged.representative import Representatives
from errpath.explore.merged.worlds import worlds
from errpath.kernel.caller import Flag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from errpath.explore.merged.joint import Close
    from errpath.explore.merged.leaf import Best
    from errpath.explore.merged.marks import Counted
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.vocabulary.choice import Value

TargetOn: TypeAlias = "Callable[[Model], Any]"


class Class(NamedTuple):
    """
    Paths that are judged alike: their exact number, and the run of one of the smallest.
    """

    paths: int
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """
    The classes of all paths of a semantics, and what was merged.

    `marks` are the patterns that were counted, and tell classes apart. `returns` has the
    number of paths by return code, `bugs` by the bug that ended them.
    `statuses` and `attempts` are those of a page alone that were told apart, `runs` those that
    were made to tell.
    """

    classes: Sequence[Class]
    marks: tuple[str, ...]
    returns: dict[int, int]
    bugs: dict[str, int]
    statuses: int
    attempts: int
    runs: int

    @property
    def paths(self) -> int:
        """
        The number of paths that the classes stand for.
        """
        return sum(one.paths for one in self.classes)


_MERGED = ("migrate_pages",)


def merged(
    model: Model,
    entry: str,
    pages: tuple[str, ...],
    semantics: str,
    *,
    marks: Sequence[tuple[str, int]] = (),
    target_on: TargetOn | None = None,
    passes: int | None = None,
) -> Merged:
    """
    Merge all paths of an entry on a list of pages.

    Paths of a class return the same, end by the same bug, keep the same cleanup contracts, and
    make as many calls of each pattern of `marks`, as far as its number goes. `target_on` makes
    the target of a model in place of its reference, `passes` is the number that it has.
    An EntangledError says why paths of this entry, or these marks, cannot be merged.
    """
    if entry not in _MERGED:
        message = f"the paths of {entry} are not merged: only those of {', '.join(_MERGED)}"
        raise EntangledError(message)
    target_of: TargetOn = target_on or (lambda found: found.reference())
    if passes is None:
        passes = model.vocabulary.entries[entry].passes
    one, whole = model.at(entry, pages[:1]), model.at(entry, pages)
    asked = Marks(marks, whole, one)
    lone: dict[Counted, tuple[LonePage, LonePage]] = {}
    for counted in dict.fromkeys(map(asked.on, pages)):
        pair = [
            LonePage(
                target_of(one),
                semantics,
                one,
                passes=passes,
                beside=so,
                marks=counted,
                caps=asked.caps,
            )
            for so in (False, True)[: len(pages)]
        ]
        # A page that is alone on the list has nothing beside it.
        lone[counted] = pair[0], pair[-1]
    both = [lone[asked.on(page)] for page in pages]
    every = list(dict.fromkeys(page for made in lone.values() for page in made))
    joint = Joint([a for a, _ in both], [b for _, b in both], asked.caps)
    counts, best = _counted(joint, every, one)
    stand_in = Representatives(target_of(whole), semantics, pages)
    flags = _flags(every, one)
    classes = [
        Class(count // len(flags), stand_in.run(close, best[close][0], best[close][1] | flag))
        for close, count in counts.items()
        for flag in flags
    ]
    return Merged(
        marks=tuple(text for text, _ in marks),
        classes=sorted(classes, key=lambda one: (len(one.run.trace), one.run.word)),
        returns=_totals((c.returns, count) for c, count in counts.items() if c.bug is None),
        bugs=_totals((c.bug, count) for c, count in counts.items() if c.bug is not None),
        statuses=sum(len(page.kept) for page in every),
        attempts=sum(leaf.count for page in every for ls in page.leaves.values() for leaf in ls),
        runs=sum(page.runs for page in every),
    )


def _counted(
    joint: Joint, every: Sequence[LonePage], one: Model
) -> tuple[dict[Close, int], dict[Close, tuple[Best, dict[str, Value]]]]:
    """
    Count the paths by how they end, and find the smallest of each.
    """
    counts: dict[Close, int] = defaultdict(int)
    best: dict[Close, tuple[Best, dict[str, Value]]] = {}
    for world, factor, all_asked in worlds(every, one.vocabulary):
        for close, count in joint.closes(world).items():
            counts[close] += factor * count
        if all_asked:
            for close, way in joint.closes(world, best=True).items():
                if close not in best or way.size < best[close][0].size:
                    best[close] = way, dict(world)
    return {close: count for close, count in counts.items() if count}, best


def _totals(rows: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    found: dict[Any, int] = defaultdict(int)
    for key, count in rows:
        found[key] += count
    return dict(sorted(found.items()))


def _flags(pages: Sequence[LonePage], model: Model) -> list[dict[str, Value]]:
    """
    Give the ways in which flags of the thread can be: the code reads them before all attempts.

    No attempt reads them, so each way has as many paths, and the contract of the flags is
    judged in each.
    """
    choices, rules = model.vocabulary.choices, model.vocabulary.rules
    asked = {
        text
        for page in pages
        for ls in page.leaves.values()
        for leaf in ls
        for text, _ in leaf.shared
    }
    flags = [choices[text] for text in sorted(asked) if isinstance(choices[text], Flag)]
    rows = product(*([(flag.text, value) for value in rules.possible(flag, {})] for flag in flags))
    return [dict(row) for row in rows]
