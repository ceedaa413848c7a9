# SPDX-License-Identifier: GPL-2.0-only
"""
The machine that a list of pages is migrated on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.kernel.calls.huge_tests import HugeTests
from errpath.kernel.calls.hugetlb import Hugetlb
from errpath.kernel.calls.split import Split
from errpath.kernel.calls.task_flags import TaskFlags
from errpath.kernel.calls.vm_events import VmEvents
from errpath.kernel.findings import KernelBug
from errpath.kernel.linux import Linux
from errpath.kernel.pages.attempts import Attempts
from errpath.kernel.pages.keepers import Keepers
from errpath.kernel.pages.list_head import list_del_init, list_move_tail
from errpath.vocabulary.hold import Family

if TYPE_CHECKING:
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.vocabulary.hold import Item


class ListMachine(Keepers, Attempts, TaskFlags, Linux, VmEvents, Hugetlb, Split, HugeTests):
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
