# SPDX-License-Identifier: GPL-2.0-only
"""
What is wrong with a spec, as data and as text.
"""
