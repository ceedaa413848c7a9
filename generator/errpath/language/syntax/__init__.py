# SPDX-License-Identifier: GPL-2.0-only
"""
The form of a spec: grammar, tree, layout. No name is known here.
"""
