# SPDX-License-Identifier: GPL-2.0-only
"""
Every path: the enumeration of all answers that the environment can give.
"""
