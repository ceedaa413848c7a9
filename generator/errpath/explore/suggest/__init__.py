# SPDX-License-Identifier: GPL-2.0-only
"""
A small set of scenarios that covers every exit and kills every mutant, as spec text.
"""
