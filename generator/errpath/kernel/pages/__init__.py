# SPDX-License-Identifier: GPL-2.0-only
"""
Lists of pages: real links, who keeps a page, and the walk over a list.
"""
