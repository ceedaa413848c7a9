# SPDX-License-Identifier: GPL-2.0-only
"""
What counts of a page at the end of a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from errpath.explore.merged.lone.outcome import THREAD, Did
from errpath.explore.merged.ways.kept import NOTHING, Ended, Ending, Kept, Stop, Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from errpath.explore.merged.lone.attempt import Through
    from errpath.explore.merged.lone.lone_page import LonePage
    from errpath.explore.merged.lone.outcome import End
    from errpath.explore.merged.lone.status import Status
    from errpath.explore.merged.lone.trial import Way
    from errpath.explore.merged.marks.monitor import Monitor
    from errpath.kernel.target import Obligation

_DID_NOTHING: Final = Did(0, 0, NOTHING, NOTHING, NOTHING, lru=False)
_ON_THE_LIST: Final = "a page is on the list"
_FLAGS: Final = f"{THREAD}'s "


class Endings:
    """
    Sums up what is kept of a page, with the caller's putback, which has `owed`, if there is one.
    """

    def __init__(
        self, page: LonePage, monitors: Sequence[Monitor], owed: tuple[Obligation, ...]
    ) -> None:
        self._owed = owed
        self._page = page
        self._monitors = tuple(monitors)
        self._kept: dict[tuple[Kept, Did, tuple[Any, ...], int], Kept] = {}
        self._back: dict[tuple[Sum, Kept, Status], list[Ended]] = {}
        self._through: dict[Status, Sequence[Through | None]] = {}
        self._after: dict[tuple[object, frozenset[str]], frozenset[str]] = {}

    def and_then(self, kept: Kept, did: Did, views: tuple[Any, ...], number: int) -> Kept:
        """
        Add what an attempt did, and what the monitors see of it, in a pass.
        """
        key = kept, did, views, number
        found = self._kept.get(key)
        if found is None:
            seen = tuple(
                monitor.step(state, view, number)
                for monitor, state, view in zip(self._monitors, kept.seen, views, strict=True)
            )
            found = self._kept[key] = Kept(
                kept.failed + did.failed,
                kept.succeeded + did.succeeded,
                kept.done | did.done,
                kept.there | did.born,
                kept.odd | did.odd,
                kept.lru or did.lru,
                seen,
            )
        return found

    def stray(self, bug: str, kept: Kept) -> Stop:
        """
        Give the stop by a bug.
        """
        return Stop(None, bug, Sum(0, False, 0, 0, NOTHING, self._told(kept)))  # noqa: FBT003

    def stop(self, end: End, left: Status, kept: Kept) -> Stop:
        """
        Give the stop where an attempt ends the run with a return code.
        """
        page = self._page
        gone = kept.there - page.held(left) - kept.done
        failures = kept.failed - len(gone | ({end.by} - kept.done))
        successes = kept.succeeded - len(kept.done)
        odd = kept.odd | page.odd_rows(left)
        total = Sum(0, False, successes, failures, odd, self._told(kept))  # noqa: FBT003
        return Stop(end.returns, None, total)

    def at(self, status: Status, kept: Kept, how: Ending) -> Sum:
        """
        Give what counts if the run ends in a status, before the putback.
        """
        page = self._page
        left, there = len(status.place.names), kept.there - kept.done
        successes = kept.succeeded - len(kept.done)
        odd, told = kept.odd | page.odd_rows(status), self._told(kept)
        if how is not Ending.END:
            failures = kept.failed - len(there - page.held(status))
            return Sum(0, kept.lru and page.strays, successes, failures, odd, told)
        if left:
            odd |= {_ON_THE_LIST}
        failed = kept.failed + left
        return Sum(failed, False, successes, failed - len(there), odd, told)  # noqa: FBT003

    def put_back(
        self, total: Sum, kept: Kept, status: Status, way: Callable[[], Way]
    ) -> list[Ended]:
        """
        Give what counts when the caller has put back what a status leaves on the list.

        `way` gives a way there.
        """
        key = total, kept, status
        found = self._back.get(key)
        if found is None:
            found = self._back[key] = self._put_back(total, kept, status, way)
        return found

    def _put_back(
        self, total: Sum, kept: Kept, status: Status, way: Callable[[], Way]
    ) -> list[Ended]:
        page = self._page
        sums: dict[Sum, Ended] = {}
        rows = page.odd_rows(status)
        if status not in self._through:
            names = status.place.names
            self._through[status] = page.making.putback(status, way()) if names else [None]
        for through in self._through[status]:
            then, odd, left, size, times = kept, total.odd, rows, (0, 0), 1
            if through is not None:
                views = tuple(monitor.view(through) for monitor in self._monitors)
                then = self.and_then(kept, _DID_NOTHING, views, 0)
                left = through.outcome.did.odd
                odd = (total.odd - rows) | left
                size, times = (through.faults, len(through.outcome.events)), through.number
            # The first monitor and the ledger have all that this is judged by.
            key = then.seen[0], left
            if key not in self._after:
                self._after[key] = self._judged(status, way(), through)
            one = total._replace(odd=odd | self._after[key], seen=self._told(then))
            same = sums.get(one, Ended(one, 0, size, through))
            small = same if same.size <= size else Ended(one, 0, size, through)
            sums[one] = small._replace(number=same.number + times)
        return list(sums.values())

    def _judged(self, status: Status, way: Way, through: Through | None) -> frozenset[str]:
        """
        Give the complaints about a run with the putback, by what they say.
        """
        found = self._page.making.after_putback(status, way, through, self._owed)
        # Where a run is stopped between two attempts, the thread's own flags are not put back
        # yet. They are judged in the runs that stand for the classes, in all their ways.
        return frozenset(says for says in found if not says.startswith(_FLAGS))

    def _told(self, kept: Kept) -> tuple[Any, ...]:
        states = zip(self._monitors, kept.seen, strict=True)
        return tuple(monitor.told(state) for monitor, state in states)
