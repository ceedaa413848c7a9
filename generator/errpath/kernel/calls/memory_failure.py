# SPDX-License-Identifier: GPL-2.0-only
"""
Hardware-poisoned pages.
"""

from __future__ import annotations

from errpath.kernel.declared.primitive import SRC, primitive
from errpath.kernel.machine import Machine
from errpath.kernel.page import Page
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.primitive import Answer


def _poisoned(k: Machine, page: Page, value: str) -> bool:
    if value == "true":
        k.facts[f"PageHWPoison({page.name})"] = 1
    return value == "true"


def _counted(k: Machine) -> None:
    k.counters["num_poisoned_pages"] = k.counters.get("num_poisoned_pages", 0) + 1


class MemoryFailure(Machine):
    """
    What soft offline does with a page that is free at last (mm/page_alloc.c, 5.8).
    """

    @primitive(
        SRC,
        source="mm/page_alloc.c",
        answers=(
            Answer(value="true", shown="true"),
            Answer(
                value="false",
                shown="false",
                fault=Fault(marker="hwpoison", says="the page is not free in the buddy system"),
            ),
        ),
        needs_reference=False,
        then=_poisoned,
    )
    def set_hwpoison_free_buddy_page(self, page: Page) -> bool:
        """
        Set PG_hwpoison on a page if it is free in the buddy system: true, or false.

        It is meant for a page that was just freed, so the call needs no reference.
        """

    @primitive(source="include/linux/swapops.h", then=_counted)
    def num_poisoned_pages_inc(self) -> None:
        """Count one more poisoned page."""
