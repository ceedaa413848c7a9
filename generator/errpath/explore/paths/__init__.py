# SPDX-License-Identifier: GPL-2.0-only
"""
The walk over every path: in order, in parts, by several processes.
"""
