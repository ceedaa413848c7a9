# SPDX-License-Identifier: GPL-2.0-only
"""
The message of a broken contract.

It is read by somebody who did not write the spec: the situation, the injected fault first;
each promise with its place, and what the run did instead; the trace, with the offending
events marked; and the one command that shows it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.fired import fires
from errpath.contracts.listing import WIDTH, Listing

if TYPE_CHECKING:
    from errpath.contracts.situation import Faults, Situation, Words
    from errpath.kernel.run import Run

HEADLINES = {
    Kind.CONTRACT: "contract broken",
    Kind.KERNEL_BUG: "the kernel would stop here",
    Kind.UNCHECKED: "checked nothing",
}
"""How the message of each kind begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """
    What was run: the scenario by its name and place, the semantics, the target.
    """

    scenario: str
    at: str
    semantics: str
    target: str
    words: Words
    faults: Faults
    again: str


def explain(subject: Subject, run: Run, situation: Situation, broken: Sequence[Broken]) -> str:
    """
    Word everything that is broken in one run.
    """
    listing = Listing(run, [mark for one in broken for mark in one.marks])
    kinds = {one.kind for one in broken}
    worst = next(kind for kind in (Kind.KERNEL_BUG, Kind.CONTRACT, Kind.UNCHECKED) if kind in kinds)
    lines = [
        *_fold(f"{HEADLINES[worst]} in {subject.semantics}: {subject.scenario}", ""),
        f"  {subject.at}",
        "",
        *_faults(run, situation, subject.faults),
        *_fold(_words(subject.words), "  "),
    ]
    for number, one in enumerate(broken, 1):
        place = f"{one.at}: " if one.at else ""
        lines += ["", *_fold(f"{number}. {place}{one.clause}", "   ", first="")]
        for sentence in one.got:
            lines += _fold(listing.fill(sentence), "     ", first="   - ")
    lines += ["", f"  trace, {subject.semantics} ({subject.target}):", *listing.lines()]
    lines += ["", f"again: {subject.again}"]
    return "\n".join(lines)


def _faults(run: Run, situation: Situation, faults: Faults) -> list[str]:
    lines = []
    for text, value in situation.faults.items():
        injected = faults.get(text, str(value))
        if isinstance(injected, str):
            rows = [(injected, run.answered(text, value))]
        else:
            times = situation.nth[text]
            rows = [(f"{nth.result}{nth}", fires(text, nth, one, run)) for nth, one in times]
        for said, fired in rows:
            lines.append(f"  fault: {text} = {said}{'' if fired else '  (did not fire)'}")
    return lines


def _words(words: Words) -> str:
    said = [
        f"{line}: {word if isinstance(word, str) else ', '.join(word)}"
        for line, word in words.items()
    ]
    return "; ".join(said) if said else "(the default situation)"


def _fold(text: str, indent: str, first: str | None = None) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
