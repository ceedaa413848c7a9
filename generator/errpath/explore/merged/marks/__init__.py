# SPDX-License-Identifier: GPL-2.0-only
"""
What is watched along the way for laws and contracts, so that merged paths can be judged.
"""
