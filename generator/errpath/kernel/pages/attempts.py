# SPDX-License-Identifier: GPL-2.0-only
"""
Passes over a list, and attempts on its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from errpath.kernel.pages.listed import PAGEVEC_SIZE, Listed

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.kernel.pages.walk import Walk
    from errpath.vocabulary.choice import Value

AttemptEnded: TypeAlias = Callable[["Attempts"], None]
"""What is called where an attempt on a page ended; what it raises passes through."""


class Attempts(Listed):
    """
    Between two attempts on a page other threads can change what they may change.

    `passes` has where each pass begins and ends in the trace, `progress` what migrate_pages()
    counts as of the attempt that ended last: pass (from 0), retry, nr_failed, nr_succeeded.
    """

    def __init__(self) -> None:
        super().__init__()
        kinds = {text: page for page in self.owners for text in page.texts.values()}
        anew = frozenset(text for page in self.owners for text in page.asked_anew)
        self._of_pages = kinds, anew
        self.attempt_ended: AttemptEnded | None = None
        self.resumed: tuple[ListHead, ListHead, bool] | None = None

    def start(self, environment: Environment) -> None:
        """
        Start a run before its first pass.
        """
        super().start(environment)
        self.passes: list[tuple[int, int]] = []
        self.progress: tuple[int, ...] = ()
        self._ahead: ListHead = self.from_
        self._page: ListedPage | None = None
        self._tried: set[str] = set()
        self.resumed = None
        self._pass_from: int | None = None
        self._forget = getattr(getattr(environment, "__self__", environment), "forget", None)
        self._begin_pass = getattr(environment, "begin_pass", None)
        self._returned = getattr(environment, "returned", None)

    def begin_pass(self, number: int) -> None:
        """
        Begin a pass over the list; they count from 1.
        """
        self._pass_from = len(self.trace)
        if self._begin_pass is not None:
            self._begin_pass(number)

    def end_pass(self, step: int) -> None:
        """
        End the pass, if one goes on, behind the event of that step.
        """
        if self._pass_from is not None:
            self.passes.append((self._pass_from, step))
            self._pass_from = None

    def try_page(self, page: ListedPage) -> None:
        """
        Begin an attempt: what is known of what other threads can change is out of date.
        """
        if page.name not in self._tried:
            self._tried.add(page.name)
            return
        for text in page.asked_anew:
            self.facts.pop(text, None)
        if self._forget is not None:
            self._forget(page.asked_anew)

    def attempt_done(self, walk: Walk, *progress: int) -> None:
        """
        End an attempt: take what migrate_pages() counts, and call `attempt_ended` if set.
        """
        ended = self.attempt_ended
        if ended is not None:
            self.progress = progress
            self._ahead = walk.ahead
            # After a split it is tried again at once, wherever it is by now.
            self._page = walk.at.page
            ended(self)

    def state(self) -> tuple[object, ...]:
        """
        Give all that later steps can read, as a key, for who is called where an attempt ends.

        Two runs with the same key go on alike under the same answers: the same calls, the same
        counts and return code, the same finding, if that names pages of the LRU list alike. The
        key has what migrate_pages() counts, with the pass; the place of the walk; the caller's
        list in its order; what is known of the pages that can be tried again and is not asked
        anew; the rows of the ledger; and whether anything is on the LRU list, or on its way.
        What became of the pages that are gone nobody reads: `outcome()` has it.
        """
        from_, lru = self.from_, self.lru
        return (
            self.progress,
            self._ahead.says,
            tuple(page.name for page in from_.pages()),
            lru.next is not lru,
            len(self.pagevec) if len(self.owners) >= PAGEVEC_SIZE else bool(self.pagevec),
            frozenset(self._known()),
            frozenset(self.held),
            tuple(item for item, _ in self.more),
            frozenset(page.name for page in from_.pages() if page.name in self._tried),
        )

    def returned(self) -> None:
        """
        Tell an environment that wants to know that the code has returned: it reads no more.
        """
        if self._returned is not None:
            self._returned()

    @property
    def ahead(self) -> str:
        """
        Name what the walk goes on with behind the attempt that ended last.
        """
        return self._ahead.says

    @property
    def last(self) -> ListedPage | None:
        """
        The page whose attempt ended last.
        """
        return self._page

    def stays(self, text: str, tried: ListedPage | None) -> bool:
        """
        Tell whether a fact is one that later steps can read: of a page on the list, or of none.

        The page `tried` last may be tried again wherever it is.
        """
        kinds, anew = self._of_pages
        page = kinds.get(text)
        if page is None:
            return text not in anew
        return page.lru.list is self.from_ or page is tried

    def outcome(self) -> tuple[object, ...]:
        """
        Give what the final state has beside what later steps can read, as a key.
        """
        return (
            frozenset(self.on.items()),
            frozenset(self.carries),
            frozenset(self.PG_lru),
            frozenset(self.counters.items()),
        )

    def _known(self) -> Iterator[tuple[str, Value]]:
        """
        Give the facts that are of no page, and those that stay of pages that can be tried again.
        """
        stays, page = self.stays, self._page
        for text, value in self.facts.items():
            if stays(text, page):
                yield text, value
