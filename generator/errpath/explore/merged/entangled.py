# SPDX-License-Identifier: GPL-2.0-only
"""
Why paths are not merged.
"""

from __future__ import annotations


class EntangledError(Exception):
    """
    What one page does is not its own affair, so that paths cannot be merged; says why.
    """
