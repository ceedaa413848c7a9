# SPDX-License-Identifier: GPL-2.0-only
"""
list_for_each_entry_safe(), with its lookahead (include/linux/list.h, 5.8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.kernel.findings import KernelBug
from errpath.kernel.pages.list_head import LIST_POISON1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.kernel.pages.attempts import Attempts
    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.listed_page import ListedPage


class Walk:
    """
    A walk over a list that may lose the page it is at.

    The C's macro has two cursors: the page, and the one behind it, which was read before the
    body ran. `ahead` is the second. Nothing but the comparison with the head ends a walk, so
    one that has strayed goes on; what it finds is named here.
    """

    __slots__ = ("_k", "_poisoned_by", "ahead", "at", "head")

    def __init__(self, k: Attempts, head: ListHead) -> None:
        self._k = k
        self.head = head
        self.at: ListHead = head
        self.ahead: ListHead = head.next

    def __iter__(self) -> Iterator[ListedPage]:
        return self

    def __next__(self) -> ListedPage:
        """
        Go on to what the lookahead has read, and read what is behind that.
        """
        k = self._k
        if k.resumed is not None:
            self.at, self.ahead, again = k.resumed
            k.resumed = None
            if again and self.at.page is not None:
                return self.at.page
        node = self.ahead
        head = self.head
        if node is LIST_POISON1:
            raise KernelBug(
                "list-poison",
                f"the walk over {head} goes on through the poisoned link of {self.at}",
                since=self.at.poisoned,
                way="taken off its list",
                at_event=False,
            )
        self.ahead = node.next
        if node is head:
            self.at = node
            k.end_pass(len(k.trace))
            raise StopIteration
        page = node.page
        if page is None:
            raise KernelBug(
                "list-head-as-page",
                f"the walk over {head} goes on from {self.at} to the head of {node}, and takes "
                "it for a page",
                at_event=False,
            )
        if node.list is not head:
            where = f"on {node.list}, and nobody isolated it" if node.list else "on no list"
            raise KernelBug(
                "wrong-list",
                f"the walk over {head} goes on from {self.at} to {node}, which is {where}",
                at_event=False,
            )
        self.at = node
        k.try_page(page)
        return page

    def list_safe_reset_next(self, page: ListedPage) -> None:
        """
        Read anew what is behind the page, as its list may have got more: of whatever list it is.
        """
        self.ahead = page.lru.next
        self._k.try_page(page)


def list_for_each_entry_safe(k: Attempts, head: ListHead) -> Walk:
    """
    Walk over the pages of a list, each of which may be taken off it meanwhile.
    """
    return Walk(k, head)
