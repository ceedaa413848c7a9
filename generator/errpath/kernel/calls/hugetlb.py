# SPDX-License-Identifier: GPL-2.0-only
"""
Pages of hugetlbfs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.kernel.calls.page_tests import NO, YES
from errpath.kernel.declared.primitive import DST, PAGE, SRC, primitive
from errpath.kernel.holds import I_MMAP_RWSEM, PAGE_REF, PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import NULL, Page
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.primitive import Answer, May

if TYPE_CHECKING:
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.kernel.pages.listed_page import ListedPage, Named


def _mapping(_k: ListMachine, page: ListedPage, value: str) -> Named:
    found: Named = NULL if value == "NULL" else page.i_mmap
    return found


def _active(k: ListMachine, page: ListedPage) -> None:
    k.move_to_active(page)


class Hugetlb(Machine):
    """
    What unmap_and_move_huge_page() calls beside what base pages need (mm/hugetlb.c, 5.8).
    """

    @primitive(SRC, source="include/linux/hugetlb.h", test=True, then=lambda _, page: page)
    def page_hstate(self, page: Page) -> Page:
        """Find the size class of a hugetlb page; the model keeps the page, whose it is."""

    @primitive(SRC, source="include/linux/hugetlb.h", test=True, answers=(YES, NO))
    def hugepage_migration_supported(self, h: Page) -> int:
        """Tell whether the architecture can migrate hugetlb pages of this size."""

    @primitive(SRC, source="include/linux/mm.h", test=True, answers=(NO, YES))
    def page_private(self, page: Page) -> int:
        """Tell whether page->private of a hugetlb page points at its subpool."""

    @primitive(SRC, source="mm/util.c", test=True, answers=(YES, NO))
    def page_mapping(self, page: Page) -> int:
        """Tell whether the page still belongs to an address_space."""

    @primitive(
        SRC,
        source="mm/hugetlb.c",
        answers=(
            Answer(value="mapping", shown="mapping"),
            Answer(
                value="NULL",
                shown="NULL",
                fault=Fault(marker="hugetlb_mapping", says="the page lost its mapping"),
            ),
        ),
        takes=I_MMAP_RWSEM,
        takes_on="mapping",
        requires=PG_LOCKED,
        may=May.SLEEP,
        then=_mapping,
    )
    def hugetlb_page_mapping_lock_write(self, hpage: Page) -> Named:
        """Take i_mmap_rwsem of the page's mapping for writing, or give NULL if it has none."""

    @primitive(
        ("mapping",),
        source="include/linux/fs.h",
        gives_up=I_MMAP_RWSEM,
        needs_reference=False,
    )
    def i_mmap_unlock_write(self, mapping: Named) -> None:
        """Give up i_mmap_rwsem."""

    @primitive(SRC, DST, source="mm/hugetlb.c")
    def move_hugetlb_state(self, oldpage: Page, newpage: Page, reason: object) -> None:
        """Give the new page the cgroup charge, the owner's reason and the surplus state."""

    @primitive(PAGE, source="mm/hugetlb.c", gives_up=PAGE_REF, then=_active)
    def putback_active_hugepage(self, page: Page) -> None:
        """Put the page on hugepage_activelist, and drop the reference of its isolation."""
