# SPDX-License-Identifier: GPL-2.0-only
"""
What comes of laws about lists in one semantics, as data that a process can hand to another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from errpath.contracts.law import too_wide, unchecked_law
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lists import Lists, Wanted
from errpath.explore.merged.marks.alike import ToldApart
from errpath.explore.merged.on_lists import judged, marks_of
from errpath.spec.merged import names_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.explore.merged.lone.lone_page import LonePage
    from errpath.explore.merged.merged import Merged
    from errpath.explore.merged.on_lists import OnLists
    from errpath.kernel.target import Model
    from errpath.spec.contract import Law


DECIDED_WITH: Final = 6
"""A law that nothing meets on lists of up to so many pages is not taken to need longer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """
    The paths over lists of `pages` pages that a law binds, breaks, and breaks with an excuse.
    """

    pages: int
    bound: int
    broken: int
    excused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    What came of a law in a semantics, by the lengths of its lists.

    `message` words what is broken, or not checked; `refused` says why it is not judged.
    `undecided` are clauses and exceptions that may want longer lists to tell anything.
    """

    law: Law
    semantics: str
    counts: tuple[Count, ...] = ()
    message: str = ""
    refused: str = ""
    undecided: tuple[str, ...] = ()

    @property
    def bound(self) -> int:
        """
        The paths that the law binds, over all lists.
        """
        return sum(count.bound for count in self.counts)

    @property
    def broken(self) -> int:
        """
        Those that break it without an excuse.
        """
        return sum(count.broken for count in self.counts)

    @property
    def excused(self) -> int:
        """
        Those that break it with one.
        """
        return sum(count.excused for count in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """
    What was merged of an entry's paths over lists of so many pages; see `Merged`.
    """

    entry: str
    semantics: str
    pages: int
    paths: int
    classes: int
    returns: dict[int, int]
    bugs: dict[str, int]
    statuses: int
    attempts: int
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """
    The laws of one semantics, in their order, and what was merged to judge them.
    """

    semantics: str
    laws: tuple[Verdict, ...]
    merging: tuple[Merging, ...]


def verdicts(
    model: Model, laws: Sequence[Law], semantics: str, counts: Sequence[int], *, again: str
) -> Verdicts:
    """
    Judge the laws that hold in a semantics on all lists of these lengths, or on their own list.
    """
    mine = [(law, law.entry) for law in laws if law.entry and semantics in law.semantics]
    told_apart = ToldApart()
    lone: dict[str, LonePage] = {}
    lists = {
        entry.name: Lists(model, entry.name, lone=lone, told_apart=told_apart) for _, entry in mine
    }
    for law, entry in mine:
        over = lists[entry.name]
        marks = marks_of(law, semantics, over.vocabulary)
        over.wants(Wanted(marks, entry.pages[0], names_page(law)))
        told_apart.by(marks, over.patterns(entry.pages))
    found = []
    merged_on: set[tuple[str, int]] = set()
    for law, entry in mine:
        over = lists[entry.name]
        try:
            found.append(_verdict(law, semantics, over, counts, again))
            lengths = counts if entry.each else (len(entry.pages),)
            merged_on.update((entry.name, count) for count in lengths)
        except EntangledError as error:
            found.append(Verdict(law=law, semantics=semantics, refused=str(error)))
    merging = [
        merging_of(name, semantics, count, lists[name].of_length(count, semantics))
        for name, count in sorted(merged_on)
    ]
    return Verdicts(semantics=semantics, laws=tuple(found), merging=tuple(merging))


def merging_of(entry: str, semantics: str, pages: int, found: Merged) -> Merging:
    """
    Give what was merged, without the classes.
    """
    return Merging(
        entry=entry,
        semantics=semantics,
        pages=pages,
        paths=found.paths,
        classes=len(found.classes),
        returns=found.returns,
        bugs=found.bugs,
        statuses=found.statuses,
        attempts=found.attempts,
        runs=found.runs,
    )


def _verdict(law: Law, semantics: str, lists: Lists, counts: Sequence[int], again: str) -> Verdict:
    found, excuses = judged(law, semantics, lists, counts)
    at, message = str(law.at), ""
    undecided: list[str] = []
    if found.broken_paths:
        message = found.explained(law.name, at=at, target="reference model", again=again)
    else:
        unchecked = found.unchecked(excuses)
        if law.entry and law.entry.each and max(counts) < DECIDED_WITH:
            wide = too_wide(excuses)
            undecided = [one for one in unchecked if one not in wide]
            unchecked = wide
        if unchecked:
            message = unchecked_law(law.name, at=at, semantics=semantics, unchecked=unchecked)
    return Verdict(
        law=law,
        semantics=semantics,
        counts=_counts(found),
        message=message,
        undecided=tuple(undecided),
    )


def _counts(found: OnLists) -> tuple[Count, ...]:
    """
    Add up lists of one length.
    """
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for part in found.parts:
        row = sums[len(part.pages)]
        for place, number in enumerate((part.law.bound, part.law.broken_paths, part.excused)):
            row[place] += number
    return tuple(
        Count(pages=pages, bound=bound, broken=broken, excused=excused)
        for pages, (bound, broken, excused) in sums.items()
    )
