# SPDX-License-Identifier: GPL-2.0-only
"""
The commands, one a module; each has a `command`.
"""
