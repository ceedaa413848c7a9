# SPDX-License-Identifier: GPL-2.0-only
"""
What ends a run before its return, and is no bug of errpath's.
"""

from __future__ import annotations


class KernelBug(Exception):  # noqa: N818 - BUG() is the kernel's word, and not an error of ours
    """
    The modelled code did what one of the kernel's own debug options would stop on.

    `name` is the short name of the check. `says` tells what was done: it goes on from the
    event that was recorded last if `at_event`, and is a sentence of its own otherwise.
    `since` is the step (from 1) of the event that explains it, or None, and `way` what
    that event did to the ledger's row.
    """

    def __init__(
        self,
        name: str,
        says: str,
        *,
        since: int | None = None,
        way: str = "let go of",
        at_event: bool = True,
    ) -> None:
        super().__init__(f"{name}: {says}")
        self.name = name
        self.says = says
        self.since = since
        self.way = way
        self.at_event = at_event
