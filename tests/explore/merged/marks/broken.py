# SPDX-License-Identifier: GPL-2.0-only
"""
Drivers that leave pages otherwise than they were before the isolation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.explore.merged.cut import Asked, Cut
from tests.migrate.bugs_driver import OTHERS

_PASSES = 3

_HUGE: Asked = {
    "PageHuge(P)": (0, 1),
    "PageTransHuge(P)": (0, 1),
    "trylock_page(P)": (1, 0),
    "page_mapped(P)": (1, 0),
    "try_to_unmap(P)": ("true", "false"),
    "move_to_new_page(P_new, P)": (0, -11, -16),
}
_MOVABLE: Asked = {
    "__PageMovable(P)": (0, 1),
    "PageMovable(P)": (1, 0),
    "page_count(P)": (2, 1),
    "trylock_page(P)": (1, 0),
    "move_to_new_page(P_new, P)": (0, -11, -16),
}
_SPLIT: Asked = {
    "PageTransHuge(P)": (0, 1),
    "get_new_page(P)": ("new", "NULL"),
    "trylock_page(P)": (1, 0),
    "page_count(P)": (2, 1),
    "move_to_new_page(P_new, P)": (0, -12, -16),
}
_MEMORY: Asked = {
    "page_count(P)": (2, 1),
    "trylock_page(P)": (1, 0),
    "move_to_new_page(P_new, P)": (0, -11, -16),
    "reason": ("MR_COMPACTION", "MR_MEMORY_FAILURE"),
    "set_hwpoison_free_buddy_page(P)": ("true", "false"),
}

_MAPS = "hpage, new_hpage if rc == MIGRATEPAGE_SUCCESS else hpage, True"
_BACK = "k.putback_lru_page(page)"
_BACK_HUGE = "k.putback_active_hugepage(page)"


class Broken(NamedTuple):
    """
    A driver that leaves pages otherwise than they were, and what it is asked.
    """

    asked: Asked
    changes: tuple[tuple[str, str], ...]

    def cut(self) -> Cut:
        """
        Give it with few passes.
        """
        return Cut(passes=_PASSES, asked=self.asked, changes=self.changes)


def _other(asked: Asked, says: str) -> Broken:
    return Broken(asked, OTHERS[says].changes)


BROKEN: Mapping[str, Broken] = {
    "no count": _other(_SPLIT, "putback forgets the count"),
    "a wrong count": _other(_SPLIT, "putback takes a huge page for a base page"),
    "no LRU": _other(_SPLIT, "putback frees a page of the LRU"),
    "no driver": _other(_MOVABLE, "putback keeps a movable page from its driver"),
    "PG_isolated": _other(_MOVABLE, "putback leaves PG_isolated of a disowned page"),
    "a driver that let go": _other(_MOVABLE, "putback gives a disowned page to its driver"),
    "no list of hugetlbfs": Broken(_HUGE, ((_BACK_HUGE, "k.list_del(page)\nk.put_page(page)"),)),
    "the other page is mapped": Broken(_HUGE, ((_MAPS, _MAPS.replace("==", "!=")),)),
    "poison": Broken(_MEMORY, ((_BACK, f"{_BACK}\nk.set_hwpoison_free_buddy_page(page)"),)),
}
"""What breaks the balance, each in its own way."""
