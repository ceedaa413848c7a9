# SPDX-License-Identifier: GPL-2.0-only
"""
A page that real lists hold, and that is tried more than once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from errpath.kernel.page import Page
from errpath.kernel.pages.list_head import ListHead
from errpath.vocabulary.choice import Choice, Fault

if TYPE_CHECKING:
    from errpath.kernel.machine import Machine

NEW: Final = "_new"
TAIL: Final = "_tail"
ANON_VMA: Final = "_anon_vma"
MAPPING: Final = "_mapping"
ENDINGS: Final = (NEW, TAIL, ANON_VMA, MAPPING)
"""How names end that the model makes of a page's: its new page, its tail, and so on."""

_ASKED_ANEW: Final = (
    "page_count",
    "PageMovable",
    "PageWriteback",
    "page_has_private",
    "page_mapped",
    "page_private",
    "page_mapping",
    "trylock_page",
    "page_get_anon_vma",
    "try_to_unmap",
)
_PINNED: Final = Fault(marker="pinned", says="another thread has a transient pin on the page")


def tails(pages: tuple[str, ...]) -> tuple[str, ...]:
    """
    Name the tails that splits of the pages can give; one stands for all that a split gives.
    """
    return tuple(f"{page}{TAIL}" for page in pages)


@cache
def extra_pins_of(name: str) -> Choice:
    """
    Give the choice how many references to a page nobody accounts for: transient pins.

    can_split_huge_page() reads them out of page_count(), as what is left when the page
    tables', the page cache's and one pin are taken off (mm/huge_memory.c, 5.8).
    """
    return Choice("extra_pins", name, (0, 1), text=f"{name}->extra_pins", faults={1: _PINNED})


@cache
def in_swap_cache_of(name: str) -> Choice:
    """
    Give the choice whether an anonymous page is in the swap cache, which holds references.
    """
    return Choice("PageSwapCache", name, (0, 1), text=f"PageSwapCache({name})")


class Named:
    """
    What the model needs no more of than its name: an anon_vma, an address_space.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        return True


class ListedPage(Page):
    """
    A page of the list that migrate_pages() is given, a tail that a split gave, or a new page.

    `owner` is the page that a new page is for, or the page itself. `lru` is its link.
    `asked_anew` are the choices about what other threads can change between two attempts.
    """

    __slots__ = (
        "anon_vma",
        "asked_anew",
        "i_mmap",
        "lru",
        "new",
        "owner",
        "tail",
        "texts",
    )

    def __init__(self, machine: Machine, name: str) -> None:
        super().__init__(machine, name)
        self.lru = ListHead(name, self)
        self.owner = self
        self.new: ListedPage = self
        self.tail: ListedPage = self
        self.anon_vma = Named(f"{name}{ANON_VMA}")
        self.i_mmap = Named(f"{name}{MAPPING}")
        self.texts = {kind: f"{kind}({name})" for kind in KINDS}
        self.asked_anew = (
            *(f"{test}({name})" for test in _ASKED_ANEW),
            self.mapping_choice.text,
            extra_pins_of(name).text,
            in_swap_cache_of(name).text,
        )


KINDS: Final = ("PageHuge", "PageTransHuge", "__PageMovable", "PageAnon", "PageKsm")
"""What a page is, and stays: asked once for a run."""
