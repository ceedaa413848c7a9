# SPDX-License-Identifier: GPL-2.0-only
"""
What is called while a lock, a reference or a migration entry is held.
"""
