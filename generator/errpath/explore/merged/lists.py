# SPDX-License-Identifier: GPL-2.0-only
"""
Lists of pages, of every length that is asked for, and their paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from errpath.contracts.events import Patterns
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.lone_page import collecting_later
from errpath.explore.merged.merged import merged
from errpath.explore.merged.ways.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errpath.explore.merged.lone.lone_page import LonePage
    from errpath.explore.merged.marks.alike import ToldApart
    from errpath.explore.merged.marks.mark import Mark
    from errpath.explore.merged.merged import Merged
    from errpath.explore.merged.ways.tables import TargetOn
    from errpath.kernel.target import Model
    from errpath.vocabulary.vocabulary import Vocabulary

Pages: TypeAlias = tuple[str, ...]


_Key: TypeAlias = "tuple[Pages, str, frozenset[Mark], str | None, frozenset[object] | None]"


class Wanted(NamedTuple):
    """
    Marks that are asked for together, on lists of pages of that name; see `Over` for `picked`.
    """

    marks: frozenset[Mark]
    page: str
    picked: bool


class Over(NamedTuple):
    """
    A list that a law is about. With `pick`, each page in turn has that name, and the law names it.
    """

    pages: Pages
    pick: str | None = None


def lists_with(page: str, counts: Iterable[int]) -> Iterator[Over]:
    """
    Give lists of each length, on which a page of that name is each page in turn.
    """
    others = "another" if page.startswith("other_") else "other"
    return (Over(names_of(count, others), page) if count > 1 else Over((page,)) for count in counts)


def names_of(count: int, page: str) -> Pages:
    """
    Name the pages of a list of that length, by their place.
    """
    return tuple(f"{page}_{place}" for place in range(1, count + 1))


class Lists:
    """
    The paths of an entry over lists of pages, merged when somebody asks for them, and once.

    `lone` has by semantics what a page does alone, for whoever shares it. With `told_apart`,
    nobody asks for marks that it has not noted.
    """

    def __init__(
        self,
        model: Model,
        entry: str,
        *,
        target_on: TargetOn | None = None,
        passes: int | None = None,
        lone: dict[str, LonePage] | None = None,
        told_apart: ToldApart | None = None,
    ) -> None:
        self._lone = {} if lone is None else lone
        self._model = model
        self._entry = entry
        self._target_on = target_on
        self._passes = passes
        self._tables: dict[str, Tables] = {}
        self._patterns: dict[Pages, Patterns] = {}
        self._wanted: dict[Wanted, None] = {}
        self._told_apart = told_apart
        self._merged: dict[_Key, Merged] = {}
        self._refused: dict[_Key, EntangledError] = {}

    def wants(self, wanted: Wanted) -> None:
        """
        Take note of marks that somebody will ask for.
        """
        self._wanted[wanted] = None

    @property
    def vocabulary(self) -> Vocabulary:
        """
        The vocabulary of the entry on a list of one page.
        """
        return self.model(("page",)).vocabulary

    def model(self, pages: Pages) -> Model:
        """
        Give the model of the entry on a list.
        """
        return self._model.at(self._entry, pages)

    def patterns(self, pages: Pages) -> Patterns:
        """
        Give the events of a list.
        """
        found = self._patterns.get(pages)
        if found is None:
            found = self._patterns[pages] = Patterns(self.model(pages).vocabulary)
        return found

    def merged(
        self,
        pages: Pages,
        semantics: str,
        marks: Iterable[Mark] = (),
        pick: str | None = None,
        *,
        smallest: frozenset[object] | None = None,
    ) -> Merged:
        """
        Merge the paths over a list, told apart by the marks at least; see `merged()`.

        Where more marks are wanted together, paths are told apart by all of these, once. An
        EntangledError says why these marks cannot be followed.
        """
        mine = frozenset(marks)
        for some in (*self._more(mine, pages, pick), mine):
            try:
                return self._of(pages, semantics, some, pick, smallest=smallest)
            except EntangledError:
                if some is mine:
                    raise
        raise AssertionError(mine)

    def _more(
        self, marks: frozenset[Mark], pages: Pages, pick: str | None
    ) -> Iterator[frozenset[Mark]]:
        """
        Give what is wanted besides and can be followed at once, the most first.

        On one page that is all; on more, the states of all marks together are too many.
        """
        if len(pages) == 1:
            every = [one.marks for one in self._wanted if one.page == pages[0]]
            more = [marks.union(*every)]
        else:
            more = [
                one.marks
                for one in self._wanted
                if one.picked is (pick is not None) and one.page == (pick or one.page)
            ]
        yield from sorted((one for one in more if marks < one), key=len, reverse=True)

    def _of(
        self,
        pages: Pages,
        semantics: str,
        marks: frozenset[Mark],
        pick: str | None,
        *,
        smallest: frozenset[object] | None,
    ) -> Merged:
        key = pages, semantics, marks, pick, smallest
        found = self._merged.get(key)
        if key in self._refused:
            raise self._refused[key]
        if found is None:
            with collecting_later():
                tables = self._tables_of(semantics, pages[0])
                try:
                    found = self._merged[key] = merged(
                        self._model,
                        self._entry,
                        pages,
                        semantics,
                        marks=sorted(marks, key=repr),
                        pick=pick,
                        tables=tables,
                        smallest=smallest,
                    )
                except EntangledError as error:
                    # To find that out may have taken long, and each law asks.
                    self._refused[key] = error
                    raise
        return found

    def of_length(self, count: int, semantics: str) -> Merged:
        """
        Merge the paths over some list of that length, or give those that are merged already.

        How many paths there are does not depend on the marks that tell them apart.
        """
        for (pages, name, _, pick, _), found in self._merged.items():
            if (len(pages), name, pick) == (count, semantics, None):
                return found
        return self.merged(names_of(count, "page"), semantics, smallest=frozenset())

    def _tables_of(self, semantics: str, page: str) -> Tables:
        found = self._tables.get(semantics)
        if found is None:
            # The attempts are the same for every entry.
            lone = self._lone.get(semantics)
            found = self._tables[semantics] = Tables(
                self._model,
                self._entry,
                lone.name if lone else page,
                semantics,
                target_on=self._target_on,
                passes=self._passes,
                lone=lone,
                told_apart=self._told_apart,
            )
            self._lone[semantics] = found.lone
        return found
