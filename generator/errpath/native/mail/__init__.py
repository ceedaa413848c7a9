# SPDX-License-Identifier: GPL-2.0-only
"""
A patch, read out of a diff, a mail or an archived reply, and applied to text in memory.
"""
