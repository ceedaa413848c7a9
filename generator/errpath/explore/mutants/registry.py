# SPDX-License-Identifier: GPL-2.0-only
"""
All operators, in the order in which a mutant that several make is counted for one.
"""

from __future__ import annotations

from typing import Final

from errpath.explore.mutants.operators import calls, conditions, exits, subjects, values

OPERATORS: Final = (
    *calls.OPERATORS,
    *conditions.OPERATORS,
    *exits.OPERATORS,
    *values.OPERATORS,
    *subjects.OPERATORS,
)

KNOWN_BUG: Final = "known-bug"
"""The operator of a mutant that no other makes: a bug that the kernel had, by its commit."""
