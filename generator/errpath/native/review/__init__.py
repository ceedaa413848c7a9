# SPDX-License-Identifier: GPL-2.0-only
"""
What a patch changes, judged on the C before and after it.
"""
