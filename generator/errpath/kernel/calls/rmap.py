# SPDX-License-Identifier: GPL-2.0-only
"""
Reverse mappings: the anon_vma of a page, and the page tables that map it.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.declared.primitive import PAGE, SRC, primitive
from errpath.kernel.holds import ANON_VMA_REF, MIGRATION_ENTRIES, PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import NULL, Page
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.primitive import Answer, May


class AnonVma:
    """
    struct anon_vma, of which the model needs no more than its name.
    """

    name: Final[str] = "anon_vma"


ANON_VMA: Final = AnonVma()


def _anon_vma(_k: Machine, _page: Page, value: str) -> AnonVma:
    return ANON_VMA if value == "anon_vma" else NULL


def _unmapped(k: Machine, page: Page, value: str) -> bool:
    if value == "true":
        k.facts[f"page_mapped({page.name})"] = 0
    return value == "true"


def _mapped_again(k: Machine, _old: Page, new: Page, *_locked: object) -> None:
    k.facts[f"page_mapped({new.name})"] = 1


class Rmap(Machine):
    """
    mm/rmap.c and the half of mm/migrate.c that walks page tables (5.8).
    """

    @primitive(
        SRC,
        source="mm/rmap.c",
        answers=(
            Answer(value="anon_vma", shown="anon_vma"),
            Answer(
                value="NULL",
                shown="NULL",
                fault=Fault(marker="anon_vma", says="the anon_vma is gone"),
            ),
        ),
        takes=ANON_VMA_REF,
        takes_on="anon_vma",
        # If the page was unmapped meanwhile it puts what it took, and the last put sleeps.
        may=May.SLEEP,
        then=_anon_vma,
    )
    def page_get_anon_vma(self, page: Page) -> AnonVma:
        """Take a reference to the page's anon_vma, or give NULL if the page is not mapped."""

    @primitive(
        ("anon_vma",),
        source="include/linux/rmap.h",
        gives_up=ANON_VMA_REF,
        needs_reference=False,
        may=May.SLEEP,
    )
    def put_anon_vma(self, anon_vma: AnonVma) -> None:
        """Drop a reference to an anon_vma; the last one frees it, which may sleep."""

    @primitive(
        SRC,
        source="mm/rmap.c",
        answers=(
            Answer(value="true", shown="true"),
            Answer(
                value="false",
                shown="false",
                fault=Fault(marker="unmap", says="some page table still maps the page"),
            ),
        ),
        takes=MIGRATION_ENTRIES,
        takes_on_fault=True,
        requires=PG_LOCKED,
        may=May.SLEEP,
        then=_unmapped,
    )
    def try_to_unmap(self, page: Page) -> bool:
        """Replace what maps the page by migration entries: true if nothing maps it then."""

    @primitive(
        SRC,
        PAGE,
        source="mm/migrate.c",
        gives_up=MIGRATION_ENTRIES,
        may=May.SLEEP,
        then=_mapped_again,
    )
    def remove_migration_ptes(self, old: Page, new: Page, locked: object) -> None:
        """Replace the migration entries for the old page by mappings of the new one."""
