# SPDX-License-Identifier: GPL-2.0-only
"""
Whether a target does on every path what the reference model does.
"""
