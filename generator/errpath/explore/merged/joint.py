# SPDX-License-Identifier: GPL-2.0-only
"""
The paths over a list, out of what each of its pages does alone.

THE REDUCTION, and why it loses nothing.

An attempt on a page reads what is known of that page, its rows of the ledger and its place;
what is about no page; and whether it is forced, which the pass decides. It reads nothing of
another page. `lone_page` enumerates one page alone, which shows the attempt everything that is
about no page as unknown, and notes what was read of it. So a path over a list is
nothing but one way for each of its pages, as long as these agree in what is about no page,
and each choice of ways that agree is one path: to count paths is to multiply ways. In a world
(`worlds`) everything that is about no page is fixed, so that all ways agree.

What pages have in common besides is when the run ends. It ends when no page is left or
the last pass is over; then each page has gone its way to the end. Or an attempt ends it, with
-ENOMEM or a bug; then pages that come before on the list have made their attempt of that pass,
and those behind have not. Tails are behind all heads, in the order in which they were split.
So the ways of each page are cut where the run ends, and an end is summed up over the page that
makes it, from left to right.

Three things are read of other pages all the same. What is ahead on the list: the walk is held
to be the same with other pages (`LonePage`). What is next on the LRU list, which names a bug of
a walk that strays there: each page is enumerated without and with another page there, and
whether there is one is kept for each page. What migrate_pages() counts: sums, which are
kept. What cannot be held so raises EntangledError, and nothing is merged.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.merged.leaf import Kept
from errpath.explore.merged.page_in_world import PageInWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from errpath.explore.merged.leaf import End, Shared
    from errpath.explore.merged.lone_page import LonePage
    from errpath.explore.merged.page_in_world import Ends, Ways


class Close(NamedTuple):
    """
    How a path ends: by itself or stopped with what it returns, or by a bug; and what is kept.
    """

    returns: int | None
    bug: str | None
    stopped: bool
    kept: Kept


Closes: TypeAlias = "dict[Close, Any]"


class Joint:
    """
    A list of pages, each with its ways alone and beside another; equal pages are one object.
    """

    def __init__(
        self, alone: Sequence[LonePage], beside: Sequence[LonePage], caps: tuple[int, ...]
    ) -> None:
        self._alone = alone
        self._beside = beside
        self._caps = caps
        self._sums: dict[tuple[Kept, Kept], Kept] = {}

    def closes(self, world: Shared, *, best: bool = False) -> Closes:
        """
        Give the paths of a world by how they end: their number, or the best of them.
        """
        made = {
            id(page): PageInWorld(page, world, best=best) for page in (*self._alone, *self._beside)
        }
        pages = [made[id(page)] for page in self._alone]
        found: Closes = defaultdict(int)
        passes = self._alone[0].passes
        every: Ways | None = None
        for page in pages:
            every = self._product(every, page.over[passes])
        for kept, ways in (every or {}).items():
            found[Close(kept.failed + kept.left, None, False, kept)] += ways  # noqa: FBT003
        for stoppers in (self._alone, self._beside):
            ends = [made[id(page)] for page in stoppers]
            beside = stoppers is self._beside
            for number in range(1, passes + 1):
                self._stopped(
                    found,
                    before=[page.heads[number] for page in pages],
                    stops=[page.stops[number] for page in ends],
                    after=[page.over[number - 1] for page in pages],
                    beside=beside,
                )
                for split in range(1, number + 1):
                    stops = [page.tail_stops[number].get(split, {}) for page in ends]
                    if any(stops):
                        self._stopped(
                            found,
                            before=_each(pages, number, split, with_it=True),
                            stops=stops,
                            after=_each(pages, number, split, with_it=False),
                            beside=beside,
                        )
        return found

    def _stopped(
        self,
        found: Closes,
        *,
        before: list[Ways],
        stops: list[Ends],
        after: list[Ways],
        beside: bool,
    ) -> None:
        """
        Add the paths that one page ends: of those before it, and of those behind it, a way each.
        """
        if not any(stops):
            return
        none: Ways | None = None
        ended: dict[End, Ways] = {}
        for ways, ends, behind in zip(before, stops, after, strict=True):
            ended = {end: self._product(others, behind) for end, others in ended.items()}
            for end, times in ends.items():
                # What the page that ends it has put on the LRU is not beside itself.
                alone: Ways = {_NOTHING: times}
                mine = self._product(none, alone)
                ended[end] = _sum(ended[end], mine) if end in ended else mine
            none = self._product(none, ways)
        for end, others in ended.items():
            for kept, count in others.items():
                if kept.beside is beside:
                    whole = self._sum_of(kept, end.kept)
                    if end.bug:
                        whole = Kept(marks=whole.marks)
                    found[Close(end.returns, end.bug, True, whole)] += count  # noqa: FBT003

    def _product(self, some: Ways | None, others: Ways) -> Ways:
        if some is None:
            return others
        found: Ways = defaultdict(int)
        for one, ways in some.items():
            for other, times in others.items():
                found[self._sum_of(one, other)] += ways * times
        return found

    def _sum_of(self, one: Kept, other: Kept) -> Kept:
        found = self._sums.get((one, other))
        if found is None:
            if not one.marks:
                one_, other_ = one._replace(marks=(0,) * len(self._caps)), other
            else:
                one_, other_ = one, other
            if not other_.marks:
                other_ = other_._replace(marks=(0,) * len(self._caps))
            found = self._sums[one, other] = one_.and_of(other_, self._caps)
        return found


_NOTHING = Kept()


def _sum(some: Ways, others: Ways) -> Ways:
    found: Ways = defaultdict(int, some)
    for kept, ways in others.items():
        found[kept] += ways
    return found


def _each(pages: list[PageInWorld], number: int, split: int, *, with_it: bool) -> list[Ways]:
    once: Callable[[PageInWorld], Ways] = lambda page: page.while_tails(  # noqa: E731
        number, split, with_it=with_it
    )
    made = {id(page): page for page in pages}
    ways = {key: once(page) for key, page in made.items()}
    return [ways[id(page)] for page in pages]
