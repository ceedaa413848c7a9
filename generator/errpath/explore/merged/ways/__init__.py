# SPDX-License-Identifier: GPL-2.0-only
"""
How many ways lead where: the ways of a page, and of all pages of a list.
"""
