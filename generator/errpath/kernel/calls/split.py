# SPDX-License-Identifier: GPL-2.0-only
"""
split_huge_page_to_list() (mm/huge_memory.c, 5.8).

Of the tails that a split gives, the model keeps one: HPAGE_PMD_NR is 2. References are
counted by who has them: the page tables, the page cache or swap cache, this thread (the
ledger), and transient pins of other threads. The first two cancel out of
can_split_huge_page(): what is left must be one pin, and whose that is nobody can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from errpath.kernel.declared.primitive import SRC, primitive
from errpath.kernel.findings import KernelBug
from errpath.kernel.holds import PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import Page
from errpath.kernel.pages.list_head import list_add_tail
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.errno import EBUSY
from errpath.vocabulary.primitive import Answer, May

if TYPE_CHECKING:
    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.kernel.pages.listed_page import ListedPage

HPAGE_PMD_NR: Final = 2
"""The base pages of a transparent huge page; here one tail stands for all."""


def _result(k: ListMachine, page: ListedPage) -> int:
    facts = k.facts
    if facts.get(page.texts["PageHuge"]):
        raise KernelBug(
            "split-hugetlb",
            f"{page.name}, which is a hugetlb page, is split as a transparent huge page",
            at_event=False,
        )
    k.VM_BUG_ON_PAGE(not k.compound(page), page)
    if k.read("PageWriteback", page):
        return -EBUSY
    if k.read("PageAnon", page):
        # The reference and the lock that it takes on the anon_vma are given up again inside.
        if k.ask(k.choice("page_get_anon_vma", page)) == "NULL":
            return -EBUSY
    elif k.read("mapping", page) == "NULL":
        return -EBUSY
    own = page.ref in k.held
    return 0 if own + int(k.read("extra_pins", page)) == 1 else -EBUSY


def _split(k: ListMachine, page: ListedPage, given: ListHead, value: int) -> int:
    if value:
        return value
    tail, facts, held, step = page.tail, k.facts, k.held, len(k.trace)
    facts[page.texts["PageTransHuge"]] = 0
    for kind, text in tail.texts.items():
        facts[text] = facts.get(page.texts[kind], 0)
    if page.name in k.PG_lru:
        # The head's owner let go of it: lru_add_page_tail() links the tail beside it, without
        # PG_lru as a list is given, and takes no reference. The last one of the split goes.
        list_add_tail(tail.lru, page.lru)
        k.on[tail.name] = "lru"
        if not k.kept(page):
            raise KernelBug(
                "freed-on-list",
                f"frees {tail.name}, which is linked on {page.lru.list} beside {page.name} "
                "without PG_lru",
            )
        return value
    list_add_tail(tail.lru, given)
    k.on[tail.name] = "from_list"
    held[tail.ref] = step
    held[tail.from_list] = step
    if page.count in held:
        held[tail.count] = step
    return value


class Split(Machine):
    """
    Making base pages of a transparent huge page.
    """

    @primitive(
        SRC,
        source="mm/huge_memory.c",
        answers=(
            Answer(value=0, shown="0"),
            Answer(
                value=-EBUSY,
                shown="-EBUSY",
                fault=Fault(marker="split", says="the huge page cannot be split"),
            ),
        ),
        requires=PG_LOCKED,
        may=May.SLEEP,
        computed=_result,
        then=_split,
    )
    def split_huge_page_to_list(self, page: Page, list: ListHead) -> int:  # noqa: A002
        """
        Split a huge page of which the caller has the only pin: 0, or -EBUSY.

        Tails of an isolated head go to the end of the list that is given, each with a
        reference; those of a head on the LRU go beside it.
        """
