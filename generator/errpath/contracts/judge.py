# SPDX-License-Identifier: GPL-2.0-only
"""
A clause as a spec has it, judged at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.spec.judgement import judgement

if TYPE_CHECKING:
    from errpath.contracts.check import Check
    from errpath.spec.clause import Clause


def judge(check: Check, clause: Clause) -> None:
    """
    Judge a clause just as a generated test does: by the same call.
    """
    how = judgement(clause)
    getattr(check, how.method)(*how.arguments, at=str(clause.at), **how.keywords)
