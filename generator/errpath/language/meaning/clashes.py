# SPDX-License-Identifier: GPL-2.0-only
"""
Parts of a situation that say the same thing twice, or answer for each other.
"""

from __future__ import annotations

from itertools import combinations

from errpath.language.meaning.parts import Failing, Part, Stated, note
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note
from errpath.language.report.problems import Problems


def clashes(parts: list[Part], problems: Problems) -> bool:
    """
    Tell whether parts clash, and report those that do.
    """
    before = len(problems.found)
    for first, part in combinations(parts, 2):
        match first, part:
            case Stated(), Stated() if first.aspect is part.aspect:
                message = f"the aspect `{part.aspect.short}` is stated twice"
                problems.report(Code.ASPECT_TWICE, message, part.at, notes=[_first(first)])
            case Failing(), Failing() if first.meets(part):
                message = f"a fault of `{part.injection.call}` is stated twice"
                problems.report(Code.FAULT_TWICE, message, part.at, notes=[_first(first)])
            case (Stated() as word, Failing() as fault) | (Failing() as fault, Stated() as word):
                if any(fault.injection.call in answers for answers in word.answers):
                    problems.report(
                        Code.ANSWERED_TWICE,
                        f"`{word.shown}` and `{fault.shown}` answer the same question",
                        part.at,
                        notes=[note(first, "the other stands here")],
                    )
    return len(problems.found) > before


def _first(part: Part) -> Note:
    return note(part, "first stated here")
