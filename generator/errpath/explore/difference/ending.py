# SPDX-License-Identifier: GPL-2.0-only
"""
What differs between the ends of two runs over a list, for who started them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from errpath.explore.difference.facet import Facet
from errpath.kernel.pages.listed_page import NEW, TAIL
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.explore.lockstep.ends import So

_OWN = ("page_ref", "from_list", "NR_ISOLATED")


def ending_of(so: So) -> str:
    """
    Say how a run ended.
    """
    end = so.end
    if end is None:
        return "goes on"
    return f"stops on {end.bug}" if end.bug else f"returns {spell(end.returns or 0)}"


@cache
def facets_of(old: So, new: So) -> tuple[Facet, ...]:
    """
    Give what differs at the ends of two runs.

    Of a run that a bug has stopped nothing else is told.
    """
    return tuple(_facets(old, new))


def _facets(old: So, new: So) -> Iterator[Facet]:
    was, now = ending_of(old), ending_of(new)
    if was != now:
        yield Facet("returns", "", f"{now}, where it {_past(was)}")
    if (old.end and old.end.bug) or (new.end and new.end.bug):
        return
    before, after = state_of(old), state_of(new)
    for page in sorted(before.keys() | after.keys(), key=lambda name: (TAIL in name, name)):
        yield from _of_page(page, before.get(page, {}), after.get(page, {}))
    rows = _rows(old), _rows(new)
    for row in sorted(rows[1] - rows[0]):
        yield Facet("final", _subject(row), f"finally {row} still held")
    for row in sorted(rows[0] - rows[1]):
        yield Facet("final", _subject(row), f"finally {row} no longer held")
    first, second = dict(old.became.counters), dict(new.became.counters)
    for name in sorted(first.keys() | second.keys()):
        amount, other = second.get(name, 0), first.get(name, 0)
        if amount != other:
            says = f"finally {name} changed by {amount}, not by {other}"
            yield Facet("final", name, says)
    for page in sorted(new.became.touched - old.became.touched):
        yield Facet("touches", page, f"touches {page} after its last reference went")
    for page in sorted(old.became.touched - new.became.touched):
        says = f"no longer touches {page} after its last reference went"
        yield Facet("touches", page, says)


def state_of(so: So) -> dict[str, dict[str, Any]]:
    """
    Give where each page is at the end, and what it is.
    """
    became, end = so.became, so.end
    rows = end.rows if end else frozenset()
    return {
        name: {
            "on": place or "nothing",
            "migrated": f"{name}{NEW}" in became.carries or name in became.carries,
            "isolated": f"page_ref({name})" in rows,
            "counted": f"NR_ISOLATED({name})" in rows,
            "locked": f"PG_locked({name})" in rows,
            "PageLRU": name in became.on_lru,
            "absent": False,
        }
        for name, place in became.on
    }


def _of_page(page: str, was: dict[str, Any], now: dict[str, Any]) -> Iterator[Facet]:
    before, after = was.get("on", "nothing"), now.get("on", "nothing")
    if before != after:
        yield Facet("final", page, f"finally {page} on {after}, not on {before}")
    if was.get("migrated", False) != now.get("migrated", False) and not page.endswith(NEW):
        said = "" if now.get("migrated") else "not "
        yield Facet("final", page, f"finally {page} {said}migrated")
    if before == after:
        for state in ("isolated", "counted", "PageLRU"):
            if was.get(state) != now.get(state):
                said = "" if now.get(state) else "not "
                yield Facet("final", page, f"finally {page} {said}{state}")


def _rows(so: So) -> frozenset[str]:
    rows = so.end.rows if so.end else frozenset()
    return frozenset(
        row for row in rows if not (row.startswith(_OWN) and not _subject(row).endswith(NEW))
    )


def _subject(row: str) -> str:
    return row.partition("(")[2][:-1]


def _past(ending: str) -> str:
    return ending.replace("returns", "returned", 1).replace("stops", "stopped", 1)
