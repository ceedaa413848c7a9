# SPDX-License-Identifier: GPL-2.0-only
"""
A situation and all that comes of it, written out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from errpath.contracts.situation import Words
from errpath.kernel.run import Run
from errpath.vocabulary.choice import Value
from errpath.vocabulary.errno import spell
from tests.runs import run, trace_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    One situation, and the whole of what one semantics makes of it.

    `trace` is split at the white space between calls. `read` are the choices that are no
    calls: parameters and page->mapping. `src` and `dst` are a place and all that is so of
    the page at the end, `counters` all that changed.
    """

    words: Words
    faults: Mapping[str, str] = field(default_factory=dict)
    trace: str
    read: str = ""
    returns: str
    src: str
    dst: str
    counters: str = ""

    def expected(self) -> dict[str, object]:
        """
        Give what is expected in the form of `outcome()`.
        """
        trace = re.findall(r"\w+\([^)]*\)(?: = \S+)?", self.trace)
        return {
            "trace": trace,
            "returns": self.returns,
            "choices": _asked(trace) | dict(part.split("=") for part in self.read.split()),
            "src": self.src,
            "dst": self.dst,
            "counters": self.counters,
            "bug": None,
        }

    def outcome(self, semantics: str) -> dict[str, object]:
        """
        Run the situation, and give all that came of it.
        """
        found = run(semantics, self.words, self.faults)
        return {
            "trace": trace_of(found),
            "returns": spell(found.returns or 0),
            "choices": {text: _shown(value) for text, value in found.choices.items()},
            "src": _so(found, "src"),
            "dst": _so(found, "dst"),
            "counters": _changed(found),
            "bug": found.bug,
        }


def _asked(trace: list[str]) -> dict[str, str]:
    """
    Give the answers that a trace shows: of each call the first, but for what was made so.
    """
    found: dict[str, str] = {}
    for text in trace:
        call, is_result, result = text.partition(" = ")
        if is_result:
            found.setdefault(call, result)
    return found


def _shown(value: Value) -> str:
    return spell(value) if isinstance(value, int) else value


def _so(found: Run, subject: str) -> str:
    state = found.final[subject]
    return " ".join([state["on"], *(name for name, so in state.items() if so is True)])


def _changed(found: Run) -> str:
    return " ".join(f"{name}{by:+}" for name, by in found.final["counters"].items() if by)
