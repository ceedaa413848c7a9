# SPDX-License-Identifier: GPL-2.0-only
"""
All that a run shows, as plain data, so that runs of two targets can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from errpath.explore.paths.enumerate import paths
from errpath.kernel.run import Run
from errpath.kernel.target import Target
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.rule import Rules


def seen(run: Run) -> dict[str, Any]:
    """
    Give the choices, the trace, what was returned, the ledger, the final state, the finding.
    """
    return {
        "choices": list(run.choices.items()),
        "trace": run.trace,
        "returns": run.returns,
        "spans": run.ledger.spans,
        "held": run.ledger.open_rows(),
        "entitled": run.entitled,
        "final": run.final,
        "bug": str(run.bug),
        "passes": run.passes,
        "touched": run.touched,
        "counters": dict(run.counters),
    }


def every(target: Target, semantics: str, rules: Rules, most: int | None = None) -> Iterator[Any]:
    """
    Give what is seen of each path of a target, in order; no more than `most`.
    """
    for run in islice(paths(partial(target.run, semantics), rules), most):
        yield seen(run)


def first(choice: Choice) -> Value:
    """
    Answer as the caller would have it.
    """
    return choice.values[0]


class Answers:
    """
    Answer some choices as told, and others as the caller would have it.
    """

    def __init__(self, **answers: Value) -> None:
        self._answers = answers

    def __call__(self, choice: Choice) -> Value:
        """
        Answer one choice.
        """
        return self._answers.get(choice.text, choice.values[0])
