# SPDX-License-Identifier: GPL-2.0-only
"""
What paths and scenarios exercise: exits, branches, faults, calls, answers.
"""
