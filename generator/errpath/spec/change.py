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
        "touches": "which pages are touched after the thread's last reference to them went",
        "calls": "which calls are made, and how often",
        "order": "which of the calls that both make comes earlier or later",
        "holds": "which locks and references are held across a call that may sleep or allocate",
    }
)
"""What can differ between two runs of one situation, and what it means."""
