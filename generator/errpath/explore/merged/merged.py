# SPDX-License-Identifier: GPL-2.0-only
"""
All paths over a list of pages, by classes: how many there are, and one to look at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.marks.mark import How
from errpath.explore.merged.marks.marks import Marks
from errpath.explore.merged.ways.counted import counted
from errpath.explore.merged.ways.joint import Joint
from errpath.explore.merged.ways.representative import Representatives
from errpath.explore.merged.ways.tables import Tables
from errpath.kernel.pages.listed import PAGEVEC_SIZE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from errpath.explore.merged.lone.lone_page import LonePage
    from errpath.explore.merged.marks.mark import Mark
    from errpath.explore.merged.marks.marks import Counted
    from errpath.explore.merged.ways.graph import Graph
    from errpath.explore.merged.ways.tables import TargetOn
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary


class Class(NamedTuple):
    """
    Paths that are judged alike: their exact number, and the run of one of them.

    `pages` are those of the run, by their names; `alike` is what tells these paths from others.
    """

    paths: int
    run: Run
    pages: tuple[str, ...]
    alike: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """
    The classes of all paths of a semantics, and what was merged.

    `returns` has the number of paths by return code, `bugs` by the bug that ended them.
    `statuses` and `attempts` are those of a page alone that were told apart, `runs` those that
    were made to tell.
    """

    classes: Sequence[Class]
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


def merged(
    model: Model,
    entry: str,
    pages: tuple[str, ...],
    semantics: str,
    *,
    marks: Sequence[Mark] = (),
    pick: str | None = None,
    target_on: TargetOn | None = None,
    passes: int | None = None,
    tables: Tables | None = None,
    smallest: Collection[object] | None = None,
) -> Merged:
    """
    Merge all paths of an entry on a list of pages.

    Paths of a class return the same, end by the same bug, keep the same cleanup contracts, and
    have `marks` in the same states. `target_on` makes the target of a model in place of its
    reference, `passes` is the number that it has. `tables` is what was made before for the same
    entry, semantics, target and passes. An EntangledError says why paths of this entry, or
    these marks, cannot be merged.

    With `pick`, the paths are counted once for each of their pages, which has that name then:
    what the marks say of a page is followed on that one. The run of each class is one of its
    smallest. With `smallest`, one of the classes that it names as `alike` has the smallest of all
    of them, and that is all.
    """
    most = model.vocabulary.entries[entry].most if entry in model.vocabulary.entries else 0
    if most and len(pages) > most:
        raise EntangledError(f"a list has up to {most} pages, and not {len(pages)}")
    if tables is None:
        tables = Tables(model, entry, pages[0], semantics, target_on=target_on, passes=passes)
    if pick is not None and len(pages) == 1:
        pages, pick = (pick,), None
    lone, one = tables.lone, tables.one
    _hold_to_pagevec(lone, pages)
    # What every page tells stands before what only a page that is picked does.
    marks = sorted(marks, key=lambda mark: mark.how is not How.TOLD)
    asked = Marks(marks, model.at(entry, (pick or pages[0], *pages[1:])), one)
    if pick is None:
        picked, graphs = None, [tables.graph(marks, asked.on(page)) for page in pages]
    else:
        picked = tables.graph(marks, asked.on(pick), picked=True)
        graphs = [_other(tables, marks, asked.on(pages[1]))] * len(pages)
    counts = counted(tables, Joint(graphs, picked), smallest=smallest)

    def target_on_pages(names: tuple[str, ...]) -> Any:
        return tables.target_of(model.at(entry, names))

    stand_in = Representatives(target_on_pages, semantics, pages, lone.name, pick)
    flags = _flags(lone.making.flags, one.vocabulary)
    classes = [
        Class(count, stand_in.run(alike[0], best, answers | flag), stand_in.pages(best), alike)
        for alike, (count, best, answers) in counts.items()
        for flag in flags
    ]
    ends = [(close, count * len(flags)) for (close, _), (count, _, _) in counts.items()]
    return Merged(
        classes=sorted(classes, key=lambda one: (len(one.run.trace), one.run.word)),
        returns=_totals((close.returns, count) for close, count in ends if close.bug is None),
        bugs=_totals((close.bug, count) for close, count in ends if close.bug is not None),
        statuses=len(lone.statuses),
        attempts=sum(map(len, lone.rows.values())),
        runs=lone.making.runs,
    )


def _other(tables: Tables, marks: Sequence[Mark], letters: Counted) -> Graph:
    """
    Give what a page does that is not picked: the same for all marks that it has no calls of.
    """
    if any(mine.calls for mine in letters):
        return tables.graph(marks, letters, picked=False)
    told = [mark for mark in marks if mark.how is How.TOLD]
    return tables.graph(told, letters[: len(told)], picked=False)


def _hold_to_pagevec(lone: LonePage, pages: tuple[str, ...]) -> None:
    """
    Refuse lists whose pages can fill the pagevec, where it is read if a page is in there.

    A page and its tail each put one page into it at most, and whoever fills it drains it.
    """
    if lone.making.touches and 2 * len(pages) >= PAGEVEC_SIZE:
        message = (
            f"{len(pages)} pages can fill the pagevec of {PAGEVEC_SIZE}, and whether a page that "
            f"was let go of is still there is read: up to {(PAGEVEC_SIZE - 1) // 2} can be merged"
        )
        raise EntangledError(message)


def _totals(rows: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    found: dict[Any, int] = defaultdict(int)
    for key, count in rows:
        found[key] += count
    return dict(sorted(found.items()))


def _flags(texts: Iterable[str], vocabulary: Vocabulary) -> list[dict[str, Value]]:
    """
    Give the ways in which flags of the thread can be: the code reads them before all attempts.

    No attempt reads them, so each way has as many paths, and the contract of the flags is
    judged in each.
    """
    choices, rules = vocabulary.choices, vocabulary.rules
    rows = product(
        *([(text, value) for value in rules.possible(choices[text], {})] for text in texts)
    )
    return [dict(row) for row in rows]
