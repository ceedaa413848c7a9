# SPDX-License-Identifier: GPL-2.0-only
"""
What other kernels than 5.8 call, and the vocabulary has no primitive for.

Which of them has what is told in native/stub/linux.h, version by version.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from errpath.kernel.calls.page_tests import NO, YES
from errpath.kernel.calls.vm_events import VM_EVENTS
from errpath.kernel.declared.naming import machine_on
from errpath.kernel.declared.primitive import DST, PAGE, SRC, primitive, primitives_of
from errpath.kernel.holds import PG_LOCKED
from errpath.kernel.linux import Linux
from errpath.kernel.machine import Machine
from errpath.kernel.pages.list_head import ListHead, list_add_tail, list_move_tail
from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed_page import NEW, ListedPage, Named, tails
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.errno import EBUSY
from errpath.vocabulary.primitive import Answer, May

if TYPE_CHECKING:
    from errpath.kernel.declared.primitive import Slot
    from errpath.kernel.page import Page
    from errpath.vocabulary.primitive import Primitive

Release: TypeAlias = tuple[int, int]
"""The first two numbers of a kernel's version."""

LAST_EARLIER: Final = (5, 0)
FIRST_LATER: Final = (5, 9)

OWN_LIST: Final = "ret_pages"
"""The place of a page on a list of the function's own."""

THP_EVENTS: Final = ("THP_MIGRATION_SUCCESS", "THP_MIGRATION_FAIL", "THP_MIGRATION_SPLIT")
"""enum vm_event_item from 5.9 on, beside what the vocabulary has."""

EVENTS: Final = tuple(Named(name) for name in (*VM_EVENTS, *THP_EVENTS))


def _added(k: Any, page: Page, head: object) -> None:
    if isinstance(page, ListedPage) and isinstance(head, ListHead):
        list_add_tail(page.lru, head)
    k.on[page.name] = OWN_LIST


def _moved(k: Any, page: Page, head: object) -> None:
    k.give_up(page.from_list)
    if isinstance(page, ListedPage) and isinstance(head, ListHead):
        list_move_tail(page.lru, head)
    k.on[page.name] = OWN_LIST


def _spliced(k: Any, given: ListHead, head: ListHead) -> None:
    # Before what the list has already, and in their order; the links of `given` stay as they are.
    k.end_pass(len(k.trace) - 1)
    pages = list(given.pages())
    head.fill(tuple(page.lru for page in (*pages, *head.pages())))
    for page in pages:
        k.take(page.from_list)
        k.on[page.name] = "from_list"


def _counted(k: Any, item: Named, delta: int) -> None:
    k.end_pass(len(k.trace) - 1)
    k.counters[item.name] = k.counters.get(item.name, 0) + delta


def _split(k: Any, page: Page, value: int) -> int:
    if value == 0:
        k.facts[f"PageTransHuge({page.name})"] = 0
    return value


def _uncounted(k: Any, page: Page, value: int) -> None:
    # Pages that are movable and not on the LRU are not accounted to NR_ISOLATED_*.
    if value:
        k.held.pop(page.count, None)


class Others(Machine):
    """
    Primitives by the kernel's own names, as those of the vocabulary are.
    """

    @primitive(SRC, source="include/linux/list.h", then=_added)
    def list_add_tail(self, page: Page, head: object) -> None:
        """Put a page at the end of a list that is not the caller's."""

    @primitive(SRC, source="include/linux/list.h", then=_moved)
    def list_move_tail(self, page: Page, head: object) -> None:
        """Take a page off the caller's list, and put it at the end of another."""

    @primitive(source="include/linux/list.h", then=_spliced)
    def list_splice(self, given: ListHead, head: ListHead) -> None:
        """Put what is on one list in front of what is on another."""

    @primitive(
        SRC,
        source="include/linux/huge_mm.h",
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
        then=_split,
    )
    def split_huge_page(self, page: Page) -> int:
        """Split a huge page; its tails go where the LRU has them."""

    @primitive(SRC, DST, source="mm/hugetlb_cgroup.c")
    def hugetlb_cgroup_migrate(self, oldhpage: Page, newhpage: Page) -> None:
        """Give the new page the cgroup charge of the old one."""

    @primitive(source="include/trace/events/migrate.h")
    def trace_mm_migrate_pages_start(self, mode: object, reason: object) -> None:
        """Report that a list of pages is to be migrated."""


class Later(Machine):
    """
    What the vocabulary has, and kernels from 5.9 on call with more.
    """

    @primitive(
        (*VM_EVENTS, *THP_EVENTS),
        source="include/linux/vmstat.h",
        needs_reference=False,
        then=_counted,
    )
    def count_vm_events(self, item: Named, delta: int) -> None:
        """Add to a counter of vm events."""


class Earlier(Machine):
    """
    What the vocabulary has, and kernels up to 5.0 call on the new page as well.

    Whether it is movable tells them if it goes to the LRU, when its new owner may have changed it
    already: so it is a choice of its own (41cddf83d8b0 put an end to that). Whether it is huge
    tells kernels up to 4.16 if the caller can migrate huge pages whole.
    """

    @primitive(PAGE, source="include/linux/page-flags.h", test=True, answers=(NO, YES))
    def PageTransHuge(self, page: Page) -> int:  # noqa: N802 - the kernel's own name
        """Tell whether the page is the head of a transparent huge page."""

    @primitive(
        PAGE, source="include/linux/page-flags.h", test=True, answers=(NO, YES), then=_uncounted
    )
    def __PageMovable(self, page: Page) -> int:  # noqa: N802 - the kernel's own name
        """Tell whether the page is movable without being on the LRU (PAGE_MAPPING_MOVABLE)."""


class _Kernel(Others, Linux):
    """
    The little kernel for one page, with what other kernels than 5.8 call.
    """


class _EarlierKernel(Earlier, _Kernel):
    """
    It, for kernels up to 5.0.
    """


class _LaterKernel(Later, _Kernel):
    """
    It, for kernels from 5.9 on.
    """


def kernel(release: Release) -> type[Linux]:
    """
    Give the class of machines for one page, for a kernel.
    """
    if release <= LAST_EARLIER:
        return _EarlierKernel
    return _LaterKernel if release >= FIRST_LATER else _Kernel


@cache
def kernel_on(pages: tuple[str, ...], release: Release) -> type[ListMachine]:
    """
    Give the class of machines for a list of pages of those names, for a kernel.
    """
    members: dict[str, object] = {}
    machines: list[type[Machine]] = [Others, *_beside(release)]
    for machine in machines:
        for name, declared in primitives_of(machine).items():
            slot: Slot = getattr(machine, name).slot
            members[name] = slot.made(_on(declared, pages), slot.then, again=True)
    return type("ListKernel", (machine_on(pages),), members)


def _beside(release: Release) -> tuple[type[Machine], ...]:
    if release <= LAST_EARLIER:
        return (Earlier,)
    return (Later,) if release >= FIRST_LATER else ()


def _on(declared: Primitive, pages: tuple[str, ...]) -> Primitive:
    """
    Declare a primitive of one page, or of it and its new page, for pages of those names.
    """
    every = (*pages, *tails(pages))
    new = tuple(f"{name}{NEW}" for name in every)
    if declared.subjects == (SRC,):
        return replace(declared, subjects=(every,))
    if declared.subjects == (PAGE,):
        return replace(declared, subjects=((*every, *new),))
    if declared.subjects == (SRC, DST):
        return replace(
            declared, subjects=(every, new), together=tuple(zip(every, new, strict=True))
        )
    return declared
