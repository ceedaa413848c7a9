# SPDX-License-Identifier: GPL-2.0-only
"""
What has become of pages along a way, put together of what each attempt changed.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from errpath.explore.lockstep.status import NOTHING, Became, Effect, End
from errpath.kernel.calls.vm_events import PGMIGRATE_FAIL, PGMIGRATE_SUCCESS


class So(NamedTuple):
    """
    What one side has come to: what became of pages, and how the run ended, if it has.
    """

    became: Became = NOTHING
    end: End | None = None


@cache
def after(so: So, base: Became, effect: Effect) -> So:
    """
    Give what an attempt makes of what was so before; `base` was so where the attempt was made.

    An attempt changes what is of its own page, wherever it is made. migrate_pages() counts on
    from what it has counted, and reports that at its end.
    """
    end = effect.to if isinstance(effect.to, End) else None
    if end is not None and end.bug is not None:
        return So(NOTHING, end)
    became, now = so.became, effect.became
    counters = {
        name: amount
        for name, amount in _more(became.counters, base.counters, now.counters).items()
        if amount
    }
    failed = became.failed + now.failed - base.failed
    succeeded = became.succeeded + now.succeeded - base.succeeded
    if end is not None:
        more_failed, more_succeeded = became.failed - base.failed, became.succeeded - base.succeeded
        for name, more in (
            (PGMIGRATE_FAIL.name, more_failed),
            (PGMIGRATE_SUCCESS.name, more_succeeded),
        ):
            if more:
                counters[name] = counters.get(name, 0) + more
        if end.returns is not None and end.returns >= 0:
            end = end._replace(returns=end.returns + more_failed)
    return So(
        Became(
            failed,
            succeeded,
            on=(became.on - (base.on - now.on)) | (now.on - base.on),
            carries=became.carries | (now.carries - base.carries),
            on_lru=(became.on_lru - (base.on_lru - now.on_lru)) | (now.on_lru - base.on_lru),
            counters=frozenset((name, amount) for name, amount in counters.items() if amount),
            touched=became.touched | (now.touched - base.touched),
        ),
        end,
    )


def _more(
    became: frozenset[tuple[str, int]],
    base: frozenset[tuple[str, int]],
    now: frozenset[tuple[str, int]],
) -> dict[str, int]:
    found = dict(became)
    for name, amount in now:
        found[name] = found.get(name, 0) + amount
    for name, amount in base:
        found[name] = found.get(name, 0) - amount
    return found
