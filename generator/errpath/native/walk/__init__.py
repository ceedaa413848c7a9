# SPDX-License-Identifier: GPL-2.0-only
"""
Every path of a target, so that another one can follow: of one page, and of a list.
"""
