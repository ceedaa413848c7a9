# SPDX-License-Identifier: GPL-2.0-only
"""
The model of migrate_pages(): runs over a list of pages that are named by who runs them.
"""
