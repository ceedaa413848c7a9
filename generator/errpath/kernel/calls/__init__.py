# SPDX-License-Identifier: GPL-2.0-only
"""
The primitives, a file a subject: each is declared once, and called as in C.
"""
