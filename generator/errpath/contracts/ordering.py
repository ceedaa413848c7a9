# SPDX-License-Identifier: GPL-2.0-only
"""
Ordering contracts: the patterns of Dwyer, Avrunin and Corbett (1999).

Each function takes the trace and the windows of its scope (None for the whole trace), and
gives the sentence that tells how the trace breaks the pattern and the steps (from 1) that
do, or None. A pattern that nothing in the windows could have broken gives `VACUOUS`.

These are the walks that explain. That a whole trace keeps a pattern, as nearly all do, is
found faster by `regular`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from errpath.contracts.window import Window

if TYPE_CHECKING:
    from errpath.contracts.events import Chain
    from errpath.kernel.event import Event

Events: TypeAlias = "frozenset[Event]"
Trace: TypeAlias = "list[Event]"
Windows: TypeAlias = "list[Window] | None"
Fault: TypeAlias = tuple[str, tuple[int, ...]]
"""A sentence in which `{3}` stands for the event of step 3, and the steps that offend."""

VACUOUS: Final[Fault] = ("vacuous", ())
NOT_ENTERED: Final[Fault] = ("not entered", ())


def never(trace: Trace, windows: Windows, events: Events) -> Fault | None:
    """
    Absence.
    """
    steps = _steps(trace, windows, events)
    return (f"it is called: {_list(steps)}", steps) if steps else None


def calls(
    trace: Trace,
    windows: Windows,
    events: Events,
    bounds: tuple[int, int | None],
    *,
    together: bool = False,
) -> Fault | None:
    """
    Existence, and bounded existence: in each window, or in all of them `together`.
    """
    at_least, at_most = bounds
    whole = _or_whole(trace, windows)
    for group in [whole] if together else [[window] for window in whole]:
        steps = _steps(trace, group, events)
        count = len(steps)
        if count < at_least or (at_most is not None and count > at_most):
            return f"it is {_called(steps)}", steps or _edge(group[-1])
    return None


def precedes(trace: Trace, windows: Windows, first: Chain, then: Chain) -> Fault | None:
    """
    Precedence, with chains on both sides.
    """
    bound = False
    for start, end in _or_whole(trace, windows):
        reached = _walk(trace, start, end, then)
        if len(reached) < len(then.places):
            continue
        bound = True
        before = _walk(trace, start, reached[0], first)
        if len(before) < len(first.places):
            missing = first.places[len(before)][0]
            return f"{{{reached[0] + 1}}} comes with no {missing} before it", (reached[0] + 1,)
    return None if bound else VACUOUS


def leads_to(trace: Trace, windows: Windows, cause: Chain, effect: Chain) -> Fault | None:
    """
    Response, with chains on both sides.
    """
    bound = False
    for window in _or_whole(trace, windows):
        start, end = window
        while caused := _all_of(trace, start, end, cause):
            bound = True
            followed = _walk(trace, caused[-1] + 1, end, effect)
            if len(followed) < len(effect.places):
                missing = effect.places[len(followed)][0]
                return f"no {missing} comes after {{{caused[-1] + 1}}}", (caused[-1] + 1,)
            start = caused[0] + 1
    return None if bound else VACUOUS


def order(trace: Trace, windows: Windows, chain: Chain) -> Fault | None:
    """
    Chain: of the calls that it names, exactly these, in this order.
    """
    places = chain.places
    for window in _or_whole(trace, windows):
        steps = _steps(trace, [window], chain.named)
        for step, (text, events) in zip(steps, places, strict=False):
            if trace[step - 1] not in events:
                return f"{{{step}}} comes where {text} should", (step,)
        if len(steps) < len(places):
            after = f" after {{{steps[-1]}}}" if steps else ""
            missing = places[len(steps)][0]
            return f"{missing} is not called{after}", steps[-1:] or _edge(window)
        if len(steps) > len(places):
            extra = steps[len(places) :]
            return f"after the last of them, there is still {_list(extra)}", extra
    return None


def _or_whole(trace: Trace, windows: Windows) -> list[Window]:
    return [Window(0, len(trace))] if windows is None else windows


def _steps(trace: Trace, windows: Windows, events: Events) -> tuple[int, ...]:
    return tuple(
        index + 1
        for start, end in _or_whole(trace, windows)
        for index in range(start, end)
        if trace[index] in events
    )


def _walk(trace: Trace, start: int, end: int, chain: Chain) -> list[int]:
    """
    Find the chain's places one after another, and give their indices as far as it gets.
    """
    found: list[int] = []
    for events in chain.events:
        at = next((index for index in range(start, end) if trace[index] in events), None)
        if at is None:
            break
        found.append(at)
        start = at + 1
    return found


def _all_of(trace: Trace, start: int, end: int, chain: Chain) -> list[int]:
    found = _walk(trace, start, end, chain)
    return found if len(found) == len(chain.places) else []


def _list(steps: tuple[int, ...]) -> str:
    return " and ".join(f"{{{step}}}" for step in steps)


def _called(steps: tuple[int, ...]) -> str:
    if not steps:
        return "never called"
    times = {1: "once", 2: "twice"}.get(len(steps), f"{len(steps)} times")
    return f"called {times}: {_list(steps)}"


def _edge(window: Window) -> tuple[int, ...]:
    """
    Mark where a call that is missing was due at the latest.
    """
    return (window.end,) if window.end > window.start else ()
