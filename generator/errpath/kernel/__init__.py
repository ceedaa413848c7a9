# SPDX-License-Identifier: GPL-2.0-only
"""
The little kernel: pages, locks, lists, counters, the ledger; choices; the trace.
"""
