# SPDX-License-Identifier: GPL-2.0-only
"""
What the C does on every path, as data; and holding the model against it.
"""
