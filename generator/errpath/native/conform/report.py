# SPDX-License-Identifier: GPL-2.0-only
"""
A divergence in words: the first event that differs, side beside side.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from errpath.native.conform.told import ASPECTS
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from errpath.native.conform.conformity import Conformity, Divergence
    from errpath.native.conform.told import Told
    from errpath.vocabulary.vocabulary import Vocabulary

WIDTH: Final = 75

_NAMED: Final = 6
_ENDS: Final = frozenset({"returns", "finding"})


def counts(found: Conformity) -> Iterator[str]:
    """
    Say on how many paths what differs; a path can differ in several aspects.
    """
    for aspect, says in ASPECTS.items():
        if found.aspects[aspect]:
            yield f"{found.aspects[aspect]:>7}  {says}"


def divergence(
    one: Divergence, vocabulary: Vocabulary, sides: Sequence[str] = ("the C", "the model")
) -> Iterator[str]:
    """
    Word one divergence, in lines of at most 75 columns.
    """
    yield from _fold(_choices(one.expected, vocabulary), "    ", first="  ")
    both = one.found, one.expected
    yield from _events(one, both, sides)
    if _ENDS & set(one.aspects):
        yield from ("", "  the end")
        for line in _rows(sides, [("", _end(side)) for side in both]):
            yield from _fold(line, " " * 8, first="    ")
    if "choices" in one.aspects:
        yield from ("", *_asked(both, sides))
    if "state" in one.aspects:
        yield from ("", "  the final state")
        states = list(_states(*(side.final for side in both)))
        for what, *values in states:
            rows = _rows(sides, [("", str(value)) for value in values])
            yield from (f"    {what}", *(f"      {row}" for row in rows))
        if not states:
            yield "    what is left for later attempts differs"
    if "holds" in one.aspects and not {"calls", "tests"} & set(one.aspects):
        yield from ("", *_held(both, sides))


def _choices(told: Told, vocabulary: Vocabulary) -> str:
    """
    Tell what does not go the caller's way.
    """
    choices = vocabulary.choices
    said = [
        f"{text}: {spell(value) if isinstance(value, int) and value < 0 else value}"
        for text, value in told.choices.items()
        if value != choices[text.partition("#")[0]].default
    ]
    return "; ".join(said) if said else "every choice goes the caller's way"


def _events(one: Divergence, both: Sequence[Told], sides: Sequence[str]) -> Iterator[str]:
    """
    Show the first event that differs, and where each side makes it.
    """
    index = one.index
    if all(index >= len(side.trace) for side in both):
        return
    yield from ("", f"  event {index + 1}")
    rows = []
    for told, places in zip(both, one.lines, strict=True):
        made = told.trace[index] if index < len(told.trace) else "(no more)"
        rows.append((places[index] if index < len(places) else "", made))
    yield from (f"    {line}" for line in _rows(sides, rows))


def _end(told: Told) -> str:
    if told.bug is not None:
        return f"BUG: {told.bug}{': ' if told.says else ''}{told.says}"
    return f"returns {spell(told.returns or 0)}"


def _asked(both: Sequence[Told], sides: Sequence[str]) -> Iterator[str]:
    """
    Name what only one side asks, and what is answered otherwise.
    """
    for side, told, other in zip(sides, both, reversed(both), strict=True):
        only = [text for text in told.choices if text not in other.choices]
        if only:
            yield from _fold(f"only {side} asks {_some(only)}", "    ", first="  ")


def _held(both: Sequence[Told], sides: Sequence[str]) -> Iterator[str]:
    """
    Name what only one side holds: where the calls are alike, no call shows it.
    """
    for side, told, other in zip(sides, both, reversed(both), strict=True):
        only = [text for text in told.holds if text not in other.holds]
        if only:
            yield from _fold(f"only {side} holds {_some(only)}", "    ", first="  ")


def _some(texts: Sequence[str]) -> str:
    """
    Name the first ones: what comes behind them comes of them.
    """
    more = len(texts) - _NAMED
    return ", ".join(texts[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _states(
    some: Mapping[str, Mapping[str, Any]], others: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Any, Any]]:
    for subject in {**some, **others}:
        one, other = some.get(subject, {}), others.get(subject, {})
        for state in {**one, **other}:
            if one.get(state) != other.get(state):
                yield f"{subject} {state}", one.get(state), other.get(state)


def _rows(sides: Sequence[str], rows: Sequence[tuple[str, str]]) -> list[str]:
    """
    Align a row for each side: its name, a place if there is any, and what it does.
    """
    name = max(map(len, sides))
    place = max(len(place) for place, _ in rows)
    gap = "  " if place else ""
    return [
        f"{side:<{name}}  {where:<{place}}{gap}{what}"
        for side, (where, what) in zip(sides, rows, strict=True)
    ]


def _fold(text: str, indent: str, *, first: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
