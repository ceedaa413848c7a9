# SPDX-License-Identifier: GPL-2.0-only
"""
Every path over a list of pages, without walking each: what need not be told apart is merged.
"""
