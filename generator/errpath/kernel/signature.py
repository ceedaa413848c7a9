# SPDX-License-Identifier: GPL-2.0-only
"""
Types of what the C's functions are called with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from errpath.kernel.page import Page
from errpath.kernel.parameter import Parameter

Mode: TypeAlias = str | Parameter
"""enum migrate_mode, or what decides it when it is read."""

Reason: TypeAlias = str | Parameter
"""enum migrate_reason, likewise."""

NewPage: TypeAlias = Callable[[Page, int], Page]
"""new_page_t (include/linux/migrate.h, 5.8)."""

FreePage: TypeAlias = Callable[[Page, int], None]
"""free_page_t."""
