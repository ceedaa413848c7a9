# SPDX-License-Identifier: GPL-2.0-only
"""
The pages and lists of a machine that a list of pages is migrated on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from errpath.kernel.declared.primitive import choices_of
from errpath.kernel.machine import Machine
from errpath.kernel.pages.list_head import ListHead
from errpath.kernel.pages.listed_page import (
    NEW,
    TAIL,
    ListedPage,
    extra_pins_of,
    in_swap_cache_of,
    tails,
)

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.page import Page
    from errpath.vocabulary.choice import Choice, Value

PAGEVEC_SIZE: Final = 15
"""The pages that a pagevec holds (include/linux/pagevec.h, 5.8)."""


class Listed(Machine):
    """
    A machine with lists, and with the pages of one of them by their `names`.

    `from_` is the caller's list, `lru` the LRU list, `freepages` the list that new pages come
    from and go back to (compaction's), `active` the hugepage_activelist. `pagevec` has what is
    on its way to the LRU list, `PG_lru` and `PG_isolated` the names of pages with that flag.
    """

    names: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        every = (*self.names, *tails(self.names))
        self.listed = {n: ListedPage(self, n) for n in (*every, *(f"{n}{NEW}" for n in every))}
        self.pages: dict[str, Page] = dict(self.listed)
        for name in every:
            page, new = self.listed[name], self.listed[f"{name}{NEW}"]
            page.new = new
            new.owner = page
            page.tail = self.listed.get(f"{name}{TAIL}", page)
        self.owners = tuple(self.listed[name] for name in every)
        self.from_ = ListHead("the caller's list")
        self.lru = ListHead("the LRU list")
        self.freepages = ListHead("the list of free pages")
        self.active = ListHead("hugepage_activelist")
        heads = (self.from_, self.lru, self.freepages, self.active)
        self._nodes = (*heads, *(page.lru for page in self.listed.values()))
        isolated = self.owners[: len(self.names)]
        self._links = tuple(page.lru for page in isolated)
        rows = [(page.ref, page.from_list, page.count) for page in isolated]
        self._at_entry = tuple(item for row in rows for item in row)
        self._on_at_entry = dict.fromkeys(self.names, "from_list")
        self._choices: dict[tuple[str, str], Choice] = {}

    def start(self, environment: Environment) -> None:
        """
        Start a run: all pages isolated and on the caller's list.

        The list of free pages is empty: isolate_freepages() finds a page when one is asked for.
        """
        self.begin(environment, held=self._at_entry, on=self._on_at_entry)
        self.PG_lru: set[str] = set()
        self.PG_isolated = set(self.names)
        self.pagevec: list[ListedPage] = []
        # What the last run left may be no list any more: no link of it is followed.
        for node in self._nodes:
            node.next = node.prev = node
            node.list = None if node.page else node
            node.poisoned = 0
        self.from_.fill(self._links)

    def choice(self, kind: str, page: ListedPage) -> Choice:
        """
        Give the choice that a test of the page, or a read of what it has, puts.
        """
        found = self._choices.get((kind, page.name))
        if found is None:
            if kind == "mapping":
                found = page.mapping_choice
            elif kind == "extra_pins":
                found = extra_pins_of(page.name)
            elif kind == "PageSwapCache":
                found = in_swap_cache_of(page.name)
            else:
                found = choices_of(getattr(self, kind).declaration)[page.name,]
            self._choices[kind, page.name] = found
        return found

    def read(self, kind: str, page: ListedPage) -> Value:
        """
        Answer what is known of the page, or is asked now; it is no event.
        """
        choice = self._choices.get((kind, page.name)) or self.choice(kind, page)
        value = self.facts.get(choice.text)
        if value is None:
            value = self.facts[choice.text] = self.ask(choice)
        return value
