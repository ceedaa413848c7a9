# SPDX-License-Identifier: GPL-2.0-only
"""
The kinds of difference that a delta can declare.
"""

from __future__ import annotations

from types import MappingProxyType

CHANGES = MappingProxyType(
    {
        "returns": "the return code",
        "final": "where a page is, what it is, or a counter, at the end",
        "calls": "which calls are made, how often, or with which results",
        "order": "in which order the same calls are made",
        "holds": "which locks, references and other holds are open at a call",
    }
)
"""What can differ between two runs of one situation, and what it means."""
