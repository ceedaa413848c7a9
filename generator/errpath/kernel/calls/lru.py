# SPDX-License-Identifier: GPL-2.0-only
"""
What primitives do where lists are real: links, PG_lru, the per-CPU pagevec.

lru_cache_add() puts a page into a pagevec, which takes a reference and leaves the link and
PG_lru as they are until it is drained: at once by a compound page, or when it is full
(mm/swap.c, 5.8). Other threads and interrupts drain it too; here they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from errpath.kernel.calls.split import HPAGE_PMD_NR
from errpath.kernel.findings import KernelBug
from errpath.kernel.page import NULL
from errpath.kernel.pages.list_head import list_add, list_del, list_del_init
from errpath.kernel.pages.listed import PAGEVEC_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from errpath.kernel.declared.compiled import Then
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.kernel.pages.listed_page import ListedPage, Named


def _off(k: ListMachine, page: ListedPage) -> None:
    list_del(page.lru, len(k.trace))
    k.on[page.name] = None


def _lru_cache_add(k: ListMachine, page: ListedPage) -> None:
    if page.name in k.PG_lru:
        raise KernelBug("vm-bug-on", f"puts {page.name} on the LRU, and its PG_lru is set")
    k.on[page.name] = "pagevec"
    k.pagevec.append(page)
    if k.compound(page) or len(k.pagevec) == PAGEVEC_SIZE:
        _drain(k)


def _drain(k: ListMachine) -> None:
    """
    Put what is in the pagevec on the LRU list, and set PG_lru: __pagevec_lru_add().
    """
    for page in k.pagevec:
        k.PG_lru.add(page.name)
        list_add(page.lru, k.lru)
        k.on[page.name] = "lru"
    k.pagevec.clear()


def _with_driver(k: ListMachine, page: ListedPage) -> None:
    k.on[page.name] = "driver"
    k.PG_isolated.discard(page.name)


def _not_isolated(k: ListMachine, page: ListedPage) -> None:
    k.PG_isolated.discard(page.name)


def _new_page(k: ListMachine, page: ListedPage, value: str) -> ListedPage:
    if value == "NULL":
        none: ListedPage = NULL
        return none
    new = page.new
    if new.lru.list is k.freepages:
        if k.facts.get(page.texts["PageHuge"]):
            list_del_init(new.lru)
        else:
            list_del(new.lru, len(k.trace))
    k.on[new.name] = None
    return new


def _given_back(k: ListMachine, page: ListedPage, _private: object) -> None:
    list_add(page.lru, k.freepages)
    k.on[page.name] = "caller"


def _anon_vma(_k: ListMachine, page: ListedPage, value: str) -> Named:
    found: Named = NULL if value == "NULL" else page.anon_vma
    return found


def _nr_pages(k: ListMachine, page: ListedPage) -> int:
    return HPAGE_PMD_NR if k.compound(page) else 1


EFFECTS: Final[Mapping[str, Then]] = {
    "list_del": _off,
    "putback_lru_page": _lru_cache_add,
    "putback_movable_page": _with_driver,
    "__ClearPageIsolated": _not_isolated,
    "get_new_page": _new_page,
    "put_new_page": _given_back,
    "page_get_anon_vma": _anon_vma,
    "hpage_nr_pages": _nr_pages,
}
"""What a call changes beside the ledger, in place of what it does where a page is alone."""
