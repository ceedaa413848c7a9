# SPDX-License-Identifier: GPL-2.0-only
"""
The machine that a list of pages is migrated on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.kernel.calls.huge_tests import HugeTests
from errpath.kernel.calls.hugetlb import Hugetlb
from errpath.kernel.calls.split import Split
from errpath.kernel.calls.vm_events import VmEvents
from errpath.kernel.findings import KernelBug
from errpath.kernel.linux import Linux
from errpath.kernel.pages.attempts import Attempts
from errpath.kernel.pages.keepers import Keepers
from errpath.kernel.pages.list_head import list_del_init, list_move_tail
from errpath.kernel.pages.snapshot import Snapshot
from errpath.vocabulary.hold import Family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.vocabulary.hold import Item


class ListMachine(Keepers, Attempts, Linux, VmEvents, Hugetlb, Split, HugeTests):
    """
    The little kernel with lists; `naming.machine_on()` makes its class for a list.
    """

    def give_up(self, given: Item) -> None:
        """
        Close a row; a page that is deleted from a list which is not the caller's is named.
        """
        if given.hold.family is Family.MEMBERSHIP and given not in self.held:
            where = self.listed[given.subject].lru.list
            if where is not None:
                raise KernelBug(
                    "wrong-list",
                    f"deletes {given.subject} from {where}, from which nobody isolated it",
                    since=self.ledger.given_up_at(given),
                    way="taken off the caller's list",
                )
        super().give_up(given)

    def move_to_active(self, page: ListedPage) -> None:
        """
        Do what putback_active_hugepage() does beside the reference: list_move_tail().

        The last reference frees the page: that of one that was migrated, and of a new one
        that carries nothing.
        """
        if page.from_list in self.held:
            self.give_up(page.from_list)
        list_move_tail(page.lru, self.active)
        migrated = page.owner.new.name in self.carries
        if migrated is (page.owner is page):
            list_del_init(page.lru)
            self.on[page.name] = "free"
        else:
            self.on[page.name] = "hugetlb"

    def snapshot(self, others: Iterable[ListHead] = ()) -> Snapshot:
        """
        Keep what is so now, where an attempt ends or a run begins; `others` are nodes beside.
        """
        page = self._page
        return Snapshot(
            facts=dict(self.facts),
            trace=list(self.trace),
            held=dict(self.held),
            more=list(self.more),
            spans=list(self.spans),
            on=dict(self.on),
            carries=set(self.carries),
            counters=dict(self.counters),
            PG_lru=set(self.PG_lru),
            PG_isolated=set(self.PG_isolated),
            pagevec=list(self.pagevec),
            touched=list(self.touched),
            passes=list(self.passes),
            tried=set(self._tried),
            pass_from=self._pass_from,
            links=[(n, n.next, n.prev, n.list, n.poisoned) for n in (*self._nodes, *others)],
            at=page.lru if page else self.from_,
            ahead=self._ahead,
        )

    def go_on_from(self, kept: Snapshot, *, walk: bool, again: bool) -> None:
        """
        Make everything as it was, where a pass has begun; `choices` begin anew.

        With `walk`, the walk of this pass goes on where the other was, with its page once more
        if `again`.
        """
        ledger = self.ledger
        self.facts, self.trace = kept.facts.copy(), kept.trace.copy()
        self.held = ledger.held = kept.held.copy()
        self.more = ledger.more = kept.more.copy()
        self.spans = ledger.spans = kept.spans.copy()
        self.on, self.carries = kept.on.copy(), kept.carries.copy()
        self.PG_lru, self.PG_isolated = kept.PG_lru.copy(), kept.PG_isolated.copy()
        self.pagevec, self.counters = kept.pagevec.copy(), kept.counters.copy()
        self.touched, self.passes = kept.touched.copy(), kept.passes.copy()
        self._tried = kept.tried.copy()
        for node, following, before, of, poisoned in kept.links:
            node.next, node.prev, node.list, node.poisoned = following, before, of, poisoned
        self._page, self._ahead = kept.at.page, kept.ahead
        self._pass_from = kept.pass_from
        if walk:
            self.resumed = kept.at, kept.ahead, again
        elif kept.at is not self.from_:
            step = len(kept.trace)
            self.end_pass(step)
            self._pass_from = step
