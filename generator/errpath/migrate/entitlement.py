# SPDX-License-Identifier: GPL-2.0-only
"""
Who owns the source page after a return code.

Upstream's statement (dd4ae78a21fc, 2020; 32665f2bbfed, 2014): after -EAGAIN and -ENOMEM
the page stays on the caller's list, isolated and counted, with the isolation's reference;
after any other return code it does not.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.holds import FROM_LIST, NR_ISOLATED, PAGE_REF
from errpath.vocabulary.errno import EAGAIN, ENOMEM
from errpath.vocabulary.hold import Item, item

AT_ENTRY: Final[tuple[Item, ...]] = (
    item(PAGE_REF, "src"),
    item(FROM_LIST, "src"),
    item(NR_ISOLATED, "src"),
)
"""What isolation took, before unmap_and_move() is called."""

_COUNTED: Final = frozenset(AT_ENTRY)
_UNCOUNTED: Final = frozenset(AT_ENTRY[:2])
_NOTHING: Final[frozenset[Item]] = frozenset()


def entitled(returns: int, *, counted: bool) -> frozenset[Item]:
    """
    Give what the return code leaves with the caller; `counted` tells an LRU page.
    """
    if returns in (-EAGAIN, -ENOMEM):
        return _COUNTED if counted else _UNCOUNTED
    return _NOTHING
