# SPDX-License-Identifier: GPL-2.0-only
"""
Whether the faults that a scenario injects did fire: each, wherever it was to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.contracts.situation import Nth, Situation
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Value


def unfired(situation: Situation, run: Run) -> dict[str, tuple[str, ...]]:
    """
    Give the calls of the faults that did not fire, and for each the sentences that say so.
    """
    found: dict[str, tuple[str, ...]] = {}
    for text, value in situation.faults.items():
        times = situation.nth.get(text)
        if times is None:
            lacking = [] if run.answered(text, value) else [_NEVER]
        else:
            lacking = [says for nth, one in times for says in _lacking(text, nth, one, run)]
        if lacking:
            says = dict.fromkeys(lacking)
            found[text] = tuple(f"the injected fault on {text} did not fire{one}" for one in says)
    return found


def fires(text: str, nth: Nth, value: Value, run: Run) -> bool:
    """
    Tell whether a fault on a call fired at all of the times at which it was to.
    """
    return not _lacking(text, nth, value, run)


_NEVER = ": the run never got there"


def _lacking(text: str, nth: Nth, value: Value, run: Run) -> list[str]:
    if nth.in_passes:
        return _lacking_passes(text, nth, run)
    calls = range(nth.on_call, nth.on_call + (nth.times or 1))
    first = next((n for n in calls if run.choices.get(_nth(text, n)) != value), None)
    if first is None:
        return []
    made = next(n for n in range(first + 1) if _nth(text, n + 1) not in run.choices)
    if not made:
        return [_NEVER]
    return [f" on call {first}: the run has {made} such call{'' if made == 1 else 's'}"]


def _nth(text: str, call: int) -> str:
    return text if call == 1 else f"{text}#{call}"


def _lacking_passes(text: str, nth: Nth, run: Run) -> list[str]:
    failed = f"{text} = {nth.result}"
    fired = {
        number
        for number, (start, end) in enumerate(run.passes, 1)
        if any(made.text == failed for made in run.trace[start:end])
    }
    count = len(run.passes)
    has = f"the run has {count or 'no'} pass{'' if count == 1 else 'es'}"
    if nth.from_pass is not None:
        if any(number >= nth.from_pass for number in fired):
            return []
        why = "none of these passes gets there" if count >= nth.from_pass else has
        return [f" from pass {nth.from_pass} on: {why}"]
    return [
        f" in pass {number}: {'the pass never gets there' if number <= count else has}"
        for number in nth.passes
        if number not in fired
    ]
