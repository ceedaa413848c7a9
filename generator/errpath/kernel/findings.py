# SPDX-License-Identifier: GPL-2.0-only
"""
What ends a run before its return, and is no bug of errpath's.
"""

from __future__ import annotations


class KernelBug(Exception):  # noqa: N818 - BUG() is the kernel's word, and not an error of ours
    """
    The modelled code did what one of the kernel's own debug options would stop on.

    `name` is the short name of the check, `says` what was done, `item` the ledger's row
    (or None), `since` the step (from 1) of the event that explains it, or None.
    """

    def __init__(self, name: str, says: str, *, since: int | None = None) -> None:
        super().__init__(f"{name}: {says}")
        self.name = name
        self.says = says
        self.since = since


class ImpossibleSituation(Exception):  # noqa: N818 - nothing went wrong: the run cannot be
    """
    The answers so far describe what cannot be, as a mapped page without a mapping.
    """
