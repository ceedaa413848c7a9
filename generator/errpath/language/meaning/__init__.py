# SPDX-License-Identifier: GPL-2.0-only
"""
What the names of a spec stand for: from its tree to the models of `errpath.spec`.
"""
