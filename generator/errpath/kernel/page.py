# SPDX-License-Identifier: GPL-2.0-only
"""
struct page, as far as the ledger needs it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from errpath.kernel.findings import KernelBug
from errpath.kernel.holds import FROM_LIST, MIGRATION_ENTRIES, NR_ISOLATED, PAGE_REF, PG_LOCKED
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from errpath.kernel.machine import Machine


class Null:
    """
    The null pointer. Each call on it is an oops, and found as one.
    """

    __slots__ = ()

    name: Final = "NULL"

    @property
    def mapping(self) -> bool:
        """
        Follow the pointer.
        """
        raise KernelBug("null-dereference", "page->mapping is read through NULL", at_event=False)

    def __bool__(self) -> bool:
        return False


NULL: Final[Any] = Null()


@cache
def mapping_of(name: str) -> Choice:
    """
    Give the choice that is a read of a page's `page->mapping`.
    """
    return Choice("mapping", name, ("set", "NULL"), text=f"{name}->mapping")


class Page:
    """
    A page of one machine, by name, with the items that the ledger keeps for it.

    `mapping` is the one member that the modelled code reads: the C's `page->mapping`.
    """

    __slots__ = (
        "PG_locked",
        "_machine",
        "count",
        "entries",
        "from_list",
        "mapping_choice",
        "name",
        "ref",
    )

    def __init__(self, machine: Machine, name: str) -> None:
        self._machine = machine
        self.name = name
        self.mapping_choice = mapping_of(name)
        self.PG_locked = item(PG_LOCKED, name)
        self.ref = item(PAGE_REF, name)
        self.from_list = item(FROM_LIST, name)
        self.count = item(NR_ISOLATED, name)
        self.entries = item(MIGRATION_ENTRIES, name)

    @property
    def mapping(self) -> bool:
        """
        Tell whether `page->mapping` points anywhere.
        """
        return self._machine.has_mapping(self)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.name
