# SPDX-License-Identifier: GPL-2.0-only
"""
The kernel's own C as a target: a tree, patches to it, the C compiled, run, judged.
"""

from __future__ import annotations
