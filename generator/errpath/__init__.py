# SPDX-License-Identifier: GPL-2.0-only
"""
Check that a kernel error path keeps its contracts.
"""

__version__ = "0.1.0"
