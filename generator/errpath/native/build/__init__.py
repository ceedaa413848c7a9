# SPDX-License-Identifier: GPL-2.0-only
"""
From the text of functions to a library that can be run, in a private folder.
"""

from __future__ import annotations
