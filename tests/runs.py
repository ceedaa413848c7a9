# SPDX-License-Identifier: GPL-2.0-only
"""
Runs of the reference model, and how they are read by a test.
"""

from __future__ import annotations

from errpath.contracts.situation import NO_FAULTS, Faults, Situations, Words
from errpath.kernel.run import Run
from errpath.migrate.migration import MIGRATE
from errpath.migrate.reference import Reference

SITUATIONS = Situations(MIGRATE.vocabulary)
NO_WORDS: Words = {}


def run(
    semantics: str,
    words: Words = NO_WORDS,
    faults: Faults = NO_FAULTS,
    *,
    on: Reference | None = None,
) -> Run:
    """
    Run one situation in words, on a reference model of its own or the one given.
    """
    situation = SITUATIONS.situation(words, faults)
    return (on or Reference()).run(semantics, situation.environment())


def trace_of(run: Run) -> list[str]:
    """
    Give the whole trace of a run as text, with the tests.
    """
    return [event.text for event in run.trace]


def held_by(run: Run) -> dict[str, int]:
    """
    Give what is held at the end, each with the step that took it.
    """
    return {item.text: step for item, step in run.ledger.open_rows()}
