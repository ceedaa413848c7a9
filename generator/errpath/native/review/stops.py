# SPDX-License-Identifier: GPL-2.0-only
"""
Pairs of runs that a debug check of the kernel tells apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.explore.difference.pairs import Pair


def parted_by_stop(pair: Pair) -> bool:
    """
    Tell whether a check stops one side, and not the other, or not by that check.

    A run that is stopped lacks all that would follow: what else differs says nothing.
    """
    old, new = pair.old.bug, pair.new.bug
    return (old and old.name) != (new and new.name)
