# SPDX-License-Identifier: GPL-2.0-only
"""
What is so at the end of a run, for `finally` clauses and for an observer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from errpath.kernel.holds import NR_ISOLATED, PAGE_REF, PG_LOCKED
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.hold import Item

_SRC_LOCK: Final = item(PG_LOCKED, "src")
_DST_LOCK: Final = item(PG_LOCKED, "dst")
_SRC_REF: Final = item(PAGE_REF, "src")
_SRC_COUNT: Final = item(NR_ISOLATED, "src")


def final_state(
    held: dict[Item, int],
    on: dict[str, str | None],
    facts: dict[str, Value],
    carries: set[str],
    counters: dict[str, int],
) -> dict[str, dict[str, Any]]:
    """
    Word a machine's state at the end: by subject, and under "counters" what changed.
    """
    migrated = "dst" in carries
    dst_on = on.get("dst")
    return {
        "src": {
            "on": on["src"] or "nothing",
            "locked": _SRC_LOCK in held,
            "isolated": _SRC_REF in held,
            "counted": _SRC_COUNT in held,
            "unmapped": migrated or facts.get("page_mapped(src)") == 0,
            "poisoned": facts.get("PageHWPoison(src)") == 1,
        },
        "dst": {
            "on": dst_on or "nothing",
            "absent": "dst" not in on,
            "locked": _DST_LOCK in held,
            "migrated": migrated,
            "given_back": dst_on == "caller",
        },
        "counters": {"NR_ISOLATED": 0, "num_poisoned_pages": 0} | counters,
    }
