# SPDX-License-Identifier: GPL-2.0-only
"""
Mutants: versions of a semantics with one thing wrong, and which test sees it.

operators make them, source text to source text; judging runs them against the specs.
"""
