# SPDX-License-Identifier: GPL-2.0-only
"""
What may be named: the declarations that a model makes of its kernel.

A primitive, a choice, a hold, a word of a situation: each is declared once, here in
its own shape, and read by everything else. This room knows no kernel function.
"""
