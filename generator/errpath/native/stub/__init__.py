# SPDX-License-Identifier: GPL-2.0-only
"""
errpath's own C: what the kernel's functions are compiled against, and what calls Python.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
"""Where the C files are."""

HEADERS: Final = ("inside.h", "linux.h", "room.h")
SOURCES: Final = ("access.c", "exchange.c", "lists.c", "primitives.c", "room.c")
PROGRAM: Final = "runner.c"
