# SPDX-License-Identifier: GPL-2.0-only
"""
What changes between two semantics: on which pairs of paths, when, and who declares it.
"""
