# SPDX-License-Identifier: GPL-2.0-only
"""
The C that was built, run on the machines of the little kernel.
"""

from __future__ import annotations
