# SPDX-License-Identifier: GPL-2.0-only
"""
One test function, as source.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """
    Decorators, signature, docstring, the line that runs, and the clauses in its block.
    """

    decorators: tuple[str, ...]
    signature: str
    docstring: str
    run: str
    clauses: tuple[str, ...]
