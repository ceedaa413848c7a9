# SPDX-License-Identifier: GPL-2.0-only
"""
struct list_head: doubly linked lists of pages (include/linux/list.h, 5.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errpath.kernel.findings import KernelBug

if TYPE_CHECKING:
    from errpath.kernel.pages.listed_page import ListedPage


class ListHead:
    """
    A node: the head of a list, or the `lru` link of a page, which is then its `page`.

    `list` is the head of the list that the node is on, which C does not know: it names what
    a walk strays into. `poisoned` is the step of the event that took the node off its list.
    """

    __slots__ = ("list", "next", "page", "poisoned", "prev", "says")

    def __init__(self, says: str, page: ListedPage | None = None) -> None:
        self.says = says
        self.page = page
        self.init()

    def init(self) -> None:
        """
        Make the node point at itself: INIT_LIST_HEAD().
        """
        self.next: ListHead = self
        self.prev: ListHead = self
        self.list: ListHead | None = None if self.page else self
        self.poisoned = 0

    def fill(self, nodes: tuple[ListHead, ...]) -> None:
        """
        Make the list of this head hold these nodes and no other.
        """
        last = self
        for node in nodes:
            node.prev = last
            node.list = self
            node.poisoned = 0
            last.next = node
            last = node
        last.next = self
        self.prev = last

    def pages(self) -> Iterator[ListedPage]:
        """
        Give the pages behind this head, in their order.
        """
        node = self.next
        while node is not self:
            if node.page:
                yield node.page
            node = node.next

    def names(self) -> tuple[str, ...]:
        """
        Name the pages behind this head, in their order.
        """
        found, node = [], self.next
        while node is not self:
            if node.page:
                found.append(node.page.name)
            node = node.next
        return tuple(found)

    def __repr__(self) -> str:
        return self.says


LIST_POISON1: Final = ListHead("LIST_POISON1")
"""What the next pointer of a node that was deleted points at (include/linux/poison.h)."""

LIST_POISON2: Final = ListHead("LIST_POISON2")
"""What its prev pointer points at."""


def list_add(new: ListHead, head: ListHead) -> None:
    """
    Put a node behind another, which is the head of a list or a node of it.
    """
    _insert(new, head, head.next)


def list_add_tail(new: ListHead, head: ListHead) -> None:
    """
    Put a node before another: at the end of the list, if that is the head.
    """
    _insert(new, head.prev, head)


def list_del(entry: ListHead, step: int) -> None:
    """
    Take a node out of its list and poison it; CONFIG_DEBUG_LIST stops at a poisoned one.
    """
    _unlink(entry)
    entry.next = LIST_POISON1
    entry.prev = LIST_POISON2
    entry.poisoned = step


def list_del_init(entry: ListHead) -> None:
    """
    Take a node out of its list and make it point at itself.
    """
    _unlink(entry)
    entry.init()


def list_move_tail(entry: ListHead, head: ListHead) -> None:
    """
    Take a node out of its list and put it at the end of another.
    """
    _unlink(entry)
    list_add_tail(entry, head)


def _unlink(entry: ListHead) -> None:
    if entry.next is LIST_POISON1:
        raise KernelBug(
            "list-del-off-list",
            f"deletes {entry}, whose link is poisoned: it is on no list",
            since=entry.poisoned,
            way="deleted",
        )
    entry.prev.next = entry.next
    entry.next.prev = entry.prev
    entry.list = None


def _insert(new: ListHead, prev: ListHead, following: ListHead) -> None:
    # CONFIG_DEBUG_LIST finds a node that is added beside itself; the neighbours that another
    # list loses are found by whoever walks over it later.
    if new.list is not None:
        raise KernelBug("list-double-add", f"adds {new} to a list, and it is on {new.list}")
    new.prev = prev
    new.next = following
    prev.next = new
    following.prev = new
    new.list = following.list
