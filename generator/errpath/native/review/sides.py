# SPDX-License-Identifier: GPL-2.0-only
"""
The two sides of a patch, as the semantics of one target.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "base"
"""The C of the tree."""

PATCHED: Final = "patched"
"""The C of the tree with the patch."""

SIDES: Final = (BASE, PATCHED)
