# SPDX-License-Identifier: GPL-2.0-only
"""
What the ledger counts: locks, references, list membership, counts, migration entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Family(Enum):
    """
    The kinds of thing that code can hold; an explanation words each in its own way.
    """

    LOCK = "lock"
    REFERENCE = "reference"
    MEMBERSHIP = "list membership"
    COUNT = "count"
    ENTRIES = "migration entries"
    FLAG = "task flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """
    A thing that a call takes and another gives up, under the kernel's name for it.

    `noun` completes "src's ...": it is what an explanation calls the thing. `note` is what a
    reviewer has to know of calls that are made while it is held, `lockdep` whether the
    kernel's lockdep tracks it.
    """

    name: str
    family: Family
    noun: str
    note: str = ""
    lockdep: bool = True


class Item:
    """
    One hold on one subject: `PG_locked(src)`. A row of the ledger.

    Items are interned by `item()`, so that they compare by identity.
    """

    __slots__ = ("hold", "subject", "text")

    def __init__(self, hold: Hold, subject: str) -> None:
        self.hold = hold
        self.subject = subject
        self.text = f"{hold.name}({subject})"

    def __repr__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[object, ...]:
        return item, (self.hold, self.subject)


_items: dict[tuple[Hold, str], Item] = {}


def item(hold: Hold, subject: str) -> Item:
    """
    Give the one item that stands for `hold` on `subject`.
    """
    key = (hold, subject)
    found = _items.get(key)
    if found is None:
        found = _items[key] = Item(hold, subject)
    return found
