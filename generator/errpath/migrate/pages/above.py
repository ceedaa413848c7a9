# SPDX-License-Identifier: GPL-2.0-only
"""
What runs above the semantics: migrate_pages() and its relatives.
"""

from __future__ import annotations

from functools import cache

from errpath.kernel.target import Above
from errpath.migrate import driver
from errpath.migrate.pages.bugs import BUGS
from errpath.migrate.pages.equivalents import EQUIVALENTS


@cache
def above() -> Above:
    """
    Give the driver, with what is known of changes in it.
    """
    return Above(
        name="driver",
        module=driver,
        watchers=("begin_pass", "attempt_done"),
        bugs=BUGS,
        equivalents=EQUIVALENTS,
    )
