# SPDX-License-Identifier: GPL-2.0-only
"""
Points of preemption, vm events and tracepoints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from errpath.kernel.declared.primitive import primitive
from errpath.kernel.machine import Machine
from errpath.kernel.pages.listed_page import Named
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.kernel.pages.attempts import Attempts

PGMIGRATE_SUCCESS: Final = Named("PGMIGRATE_SUCCESS")
PGMIGRATE_FAIL: Final = Named("PGMIGRATE_FAIL")
VM_EVENTS: Final = (PGMIGRATE_SUCCESS.name, PGMIGRATE_FAIL.name)
"""enum vm_event_item (include/linux/vm_event_item.h, 5.8), as far as it is migration's."""


def _report(k: Attempts, *_: object) -> None:
    # A jump out of the passes leaves the one that went on at the event before this.
    k.end_pass(len(k.trace) - 1)


def _add(k: Attempts, item: Named, delta: int) -> None:
    _report(k)
    k.counters[item.name] = k.counters.get(item.name, 0) + delta


class VmEvents(Machine):
    """
    What migrate_pages() calls around its attempts (mm/migrate.c, 5.8).
    """

    @primitive(source="include/linux/sched.h", may=May.SLEEP)
    def cond_resched(self) -> None:
        """Let another thread run, if one has to."""

    @primitive(VM_EVENTS, source="include/linux/vmstat.h", needs_reference=False, then=_add)
    def count_vm_events(self, item: Named, delta: int) -> None:
        """Add to a counter of vm events."""

    @primitive(source="include/trace/events/migrate.h", then=_report)
    def trace_mm_migrate_pages(
        self, nr_succeeded: int, nr_failed: int, mode: object, reason: object
    ) -> None:
        """Report how many pages were migrated, and how many were not."""
