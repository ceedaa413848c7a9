# SPDX-License-Identifier: GPL-2.0-only
"""
The ways in which error paths break, each as a way to change the source.
"""
