# SPDX-License-Identifier: GPL-2.0-only
"""
A Linux tree: its version, and the functions in its files.
"""

from __future__ import annotations
