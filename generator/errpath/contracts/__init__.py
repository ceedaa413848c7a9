# SPDX-License-Identifier: GPL-2.0-only
"""
Clause x run -> verdict, with the explanation.
"""
