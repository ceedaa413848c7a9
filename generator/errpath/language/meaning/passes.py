# SPDX-License-Identifier: GPL-2.0-only
"""
Passes over a list, by number: `in pass 1 | 2`, `from pass 4`.
"""

from __future__ import annotations

from errpath.language.meaning.lexicon import Lexicon
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.language.syntax import tree
from errpath.language.syntax.text import number_of
from errpath.spec.scope import InPass


def passes_of(said: tree.Passes, lexicon: Lexicon, problems: Problems) -> InPass | None:
    """
    Give the passes that are meant; None, and a report, if the function has none such.
    """
    most = lexicon.passes
    if not most:
        others = [e for e in lexicon.vocabulary.entries.values() if e.passes]
        problems.report(
            Code.BAD_PASS,
            f"`{lexicon.function}` has no passes",
            said.numbers[0],
            help=f"what has passes is {listed(entry.name for entry in others)}" if others else None,
        )
        return None
    before = len(problems.found)
    found: dict[int, int] = {}
    for place, token in enumerate(said.numbers):
        number = number_of(token, problems)
        if number > most:
            says = f"`{lexicon.function}` has no pass {number}"
            problems.report(Code.BAD_PASS, says, token, help=f"its passes are 1 to {most}")
        elif found.setdefault(number, place) != place:
            first = problems.span(said.numbers[found[number]])
            note = Note(message="first stated here", at=first)
            problems.report(Code.BAD_PASS, f"pass {number} is stated twice", token, notes=[note])
    if len(problems.found) > before:
        return None
    if said.lasting:
        return InPass(from_pass=next(iter(found)))
    return InPass(passes=tuple(sorted(found)))
