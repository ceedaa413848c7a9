# SPDX-License-Identifier: GPL-2.0-only
"""
What one page does alone, attempt by attempt: explored once, by runs of the model.
"""
