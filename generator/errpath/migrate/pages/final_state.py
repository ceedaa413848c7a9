# SPDX-License-Identifier: GPL-2.0-only
"""
What is so at the end of a run over a list, for `finally` clauses and for an observer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from errpath.kernel.holds import NR_ISOLATED, PAGE_REF, PG_LOCKED
from errpath.kernel.pages.listed_page import NEW, tails
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.hold import Item

FinalState: TypeAlias = Callable[..., dict[str, dict[str, Any]]]
"""What words the state of a machine for pages of certain names."""

COUNTERS: Final = {
    "NR_ISOLATED": "NR_ISOLATED_ANON and NR_ISOLATED_FILE; a huge page counts as two",
    "num_poisoned_pages": "hardware-poisoned pages",
    "PGMIGRATE_SUCCESS": "the vm event: pages that were migrated",
    "PGMIGRATE_FAIL": "the vm event: pages that were not",
    "passes": "passes over the list that migrate_pages() began",
}
"""What is counted, and under what name."""


def final_state(pages: tuple[str, ...]) -> FinalState:
    """
    Give what words the end of a run on pages of those names.
    """
    split = tails(pages)
    every = [_Owner(name) for name in (*pages, *split)]
    tail_names = frozenset(split)
    none = dict.fromkeys(COUNTERS, 0)

    def worded(
        *,
        held: dict[Item, int],
        on: dict[str, str | None],
        facts: dict[str, Value],
        carries: set[str],
        counters: dict[str, int],
        PG_lru: set[str],
        passes: list[tuple[int, int]],
    ) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for one in every:
            name, new = one.name, one.new
            migrated = new in carries
            found[name] = {
                "on": on.get(name) or "nothing",
                "locked": one.lock in held,
                "isolated": one.ref in held,
                "counted": one.count in held,
                "unmapped": migrated or facts.get(one.mapped) == 0,
                "poisoned": facts.get(one.poisoned) == 1,
                "PageLRU": name in PG_lru,
                "migrated": migrated,
            }
            if name in tail_names:
                found[name]["absent"] = name not in on
            place = on.get(new)
            found[new] = {
                "on": place or "nothing",
                "absent": new not in on,
                "locked": one.new_lock in held,
                "PageLRU": new in PG_lru,
                "migrated": migrated,
                "given_back": place == "caller",
            }
        found["counters"] = none | counters | {"passes": len(passes)}
        return found

    return worded


class _Owner:
    """
    A page by all the names that its state is looked up by.
    """

    __slots__ = ("count", "lock", "mapped", "name", "new", "new_lock", "poisoned", "ref")

    def __init__(self, name: str) -> None:
        self.name = name
        self.new = f"{name}{NEW}"
        self.lock = item(PG_LOCKED, name)
        self.new_lock = item(PG_LOCKED, self.new)
        self.ref = item(PAGE_REF, name)
        self.count = item(NR_ISOLATED, name)
        self.mapped = f"page_mapped({name})"
        self.poisoned = f"PageHWPoison({name})"
