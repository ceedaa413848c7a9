# SPDX-License-Identifier: GPL-2.0-only
"""
Who holds which lock, reference, list membership and count, and since which event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from errpath.kernel.findings import KernelBug
from errpath.vocabulary.hold import Family

if TYPE_CHECKING:
    from errpath.vocabulary.hold import Item

Span: TypeAlias = "tuple[Item, int, int]"
"""An item, the step that took it (0: before the run) and the step that gave it up."""

_GIVEN_UP_UNHELD = {
    Family.LOCK: ("unlock-unlocked", "unlocks {0}, which is not locked"),
    Family.REFERENCE: ("refcount-underflow", "drops the {1} of {0}, which is not held"),
    Family.MEMBERSHIP: ("list-del-off-list", "deletes {0} from a list that it is not on"),
    Family.COUNT: ("count-underflow", "takes {0} off a count that does not hold it"),
    Family.FLAG: ("flag-not-set", "clears the {1} of {0}, which is not set"),
    Family.ENTRIES: ("no-migration-entries", "removes migration entries of {0}, which has none"),
}


class Ledger:
    """
    The rows that are open, and the spans of those that are closed.

    `held` maps each item to the step that took it; `more` has what was taken on top of
    that, as a second reference is. `given_up` maps an item to the step that closed it last.
    """

    __slots__ = ("held", "more", "spans")

    def __init__(self, at_entry: tuple[Item, ...]) -> None:
        self.held: dict[Item, int] = dict.fromkeys(at_entry, 0)
        self.more: list[tuple[Item, int]] = []
        self.spans: list[Span] = []

    def take_again(self, taken: Item, step: int) -> None:
        """
        Open a second row for an item that is held; a lock that its holder takes again hangs.
        """
        if taken.hold.family is Family.LOCK:
            raise KernelBug(
                "self-deadlock",
                f"waits for the {taken.hold.noun} of {taken.subject}, which it holds itself",
                since=self.held[taken],
                way="taken",
            )
        self.more.append((taken, step))

    def take_back(self, given: Item) -> int | None:
        """
        Close the last of an item's further rows and give the step that opened it, or None.
        """
        for index in range(len(self.more) - 1, -1, -1):
            taken, since = self.more[index]
            if taken is given:
                del self.more[index]
                return since
        return None

    def give_up_unheld(self, given: Item) -> KernelBug:
        """
        Name what the kernel's debug options would say of giving up what is not held.
        """
        name, says = _GIVEN_UP_UNHELD[given.hold.family]
        return KernelBug(
            name, says.format(given.subject, given.hold.noun), since=self.given_up_at(given)
        )

    def given_up_at(self, given: Item) -> int | None:
        """
        Give the step that closed the item's last row, or None if it never had one.
        """
        return next((end for it, _, end in reversed(self.spans) if it is given), None)

    def open_rows(self) -> list[tuple[Item, int]]:
        """
        List what is held, in the order in which it was taken.
        """
        return sorted([*self.held.items(), *self.more], key=lambda row: row[1])
