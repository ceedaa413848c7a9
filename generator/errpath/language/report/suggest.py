# SPDX-License-Identifier: GPL-2.0-only
"""
What somebody may have meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_LONGEST: Final = 60
_LIKE: Final = 0.65


def closest(name: str, known: Iterable[str]) -> str | None:
    """
    Give the known name that is most like a name, or None if none is much like it.
    """
    if len(name) > _LONGEST:
        return None
    wanted = name.casefold()
    by_case = {other.casefold(): other for other in sorted(known, reverse=True)}
    found = get_close_matches(wanted, by_case, n=1, cutoff=_LIKE)
    # `lru_list` is meant for `lru`, however much `from_list` has in common with it.
    found = [other for other in by_case if wanted.startswith(f"{other}_")] or found
    return by_case[found[0]] if found else None


def short(name: str) -> str:
    """
    Give a name as a message shows it, however long it is.
    """
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}..."


def listed(names: Iterable[str]) -> str:
    """
    Write names as prose: "`a`, `b` and `c`".
    """
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}" if most else last
