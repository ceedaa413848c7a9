# SPDX-License-Identifier: GPL-2.0-only
"""
From the declaration of a primitive to the function that a machine calls.
"""
