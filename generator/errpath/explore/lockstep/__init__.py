# SPDX-License-Identifier: GPL-2.0-only
"""
Two targets side by side on one list, attempt by attempt, with what need not be told apart merged.
"""
