# SPDX-License-Identifier: GPL-2.0-only
"""
What an observer sees differ between two runs under one environment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from operator import or_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from errpath.vocabulary.errno import spell
from errpath.vocabulary.hold import Family
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.explore.difference.pairs import Pair
    from errpath.kernel.run import Run
    from errpath.vocabulary.vocabulary import Vocabulary

_HELD = (Family.LOCK, Family.REFERENCE)


class Weight(Enum):
    """
    How much a difference matters: to the caller, to the time it takes, or to the order alone.
    """

    BEHAVIOUR = "behaviour"
    COST = "cost"
    ORDER = "order"


WEIGHTS = {
    "returns": Weight.BEHAVIOUR,
    "final": Weight.BEHAVIOUR,
    "touches": Weight.BEHAVIOUR,
    "calls": Weight.COST,
    "holds": Weight.COST,
    "order": Weight.ORDER,
}
"""The weight of each kind of `errpath.spec.change`."""


class Facet(NamedTuple):
    """
    One difference of the new run from the old one.

    `kind` is one of `errpath.spec.change`, `of` what a delta names to declare it (a call, a
    page or counter, a hold, or "" for the return code), `says` a sentence about the new run.
    """

    kind: str
    of: str
    says: str

    @property
    def weight(self) -> Weight:
        """
        What the difference matters to.
        """
        return WEIGHTS[self.kind]


Swap: TypeAlias = tuple[str, str]
"""Two calls that both runs make: the first comes after the second in the new run only."""


class Facets:
    """
    The differences of pairs, but for those of order.

    Pairs that cannot be told apart by what they did share one answer.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._hinges = {
            (subject, state.name): state.hinges_on
            for state in vocabulary.states
            for subject in state.subjects
            if state.hinges_on
        }
        self._effort = {
            (subject, state.name)
            for state in vocabulary.states
            for subject in state.subjects
            if state.effort
        }
        self._back = vocabulary.back
        self._runs: dict[str, _Did] = {}
        self._known: dict[tuple[object, ...], tuple[tuple[Facet, ...], frozenset[Swap]]] = {}

    def of(self, pair: Pair) -> tuple[tuple[Facet, ...], frozenset[Swap]]:
        """
        Give the facets of a pair, and the calls that changed places.
        """
        final = self._final(pair)
        words = self._acted(pair.old), self._acted(pair.new)
        key = (*words, _ending(pair.old), _ending(pair.new))
        found = self._known.get(key)
        if found is None:
            old, new = map(self._did, words, (pair.old, pair.new))
            found = self._known[key] = _facets(pair, old, new)
        facets, swaps = found
        return ((*final, *facets), swaps) if final else found

    def coarse(self, pair: Pair) -> list[Facet]:
        """
        Give what differs at the end of a pair, and in how often calls are made.

        It takes no look at the order of calls, nor at what is held across them: traces over
        lists are long.
        """
        counts = (Counter(e.call for e in r.trace if not e.primitive.test) for r in pair[:2])
        ends = [*self._final(pair), *_returns(pair.old, pair.new), *_left(pair.old, pair.new)]
        return [*ends, *_calls(*counts)]

    def _acted(self, run: Run) -> str:
        """
        Write a run as the calls that act: a letter for each.
        """
        return "".join([made.letter for made in run.trace if not made.primitive.test])

    def _did(self, word: str, run: Run) -> _Did:
        found = self._runs.get(word)
        if found is None:
            found = self._runs[word] = _Did(run)
        return found

    def _final(self, pair: Pair) -> list[Facet]:
        old, new = pair.old.final, pair.new.final
        if old == new:
            return []
        return [
            _changed(subject, fact, was, new[subject][fact])
            for subject, facts in old.items()
            for fact, was in facts.items()
            if was != new[subject][fact] and not self._open(pair, subject, fact)
        ]

    def _open(self, pair: Pair, subject: str, fact: str) -> bool:
        """
        Tell whether two different states of a subject are no difference.

        A state that hinges on a question is none where nobody asked. That a page was gotten
        and given back is effort; the calls show it.
        """
        hinge = self._hinges.get((subject, fact))
        if hinge and not (hinge in pair.old.choices and hinge in pair.new.choices):
            return True
        if (subject, fact) in self._effort:
            return True
        if fact != "on":
            return False
        states = (pair.old.final[subject], pair.new.final[subject])
        absent = [bool(state.get("absent")) for state in states]
        back = [state["on"] in self._back for state in states]
        return any(absent) and all(map(or_, absent, back))


class _Did:
    """
    What a run did: the calls that act, how often each, and what is held across those that wait.
    """

    __slots__ = ("across", "calls", "counts")

    def __init__(self, run: Run) -> None:
        self.calls = [made.call for made in run.trace if not made.primitive.test]
        self.counts = Counter(self.calls)
        self.across = _held_across(run)


def _facets(pair: Pair, old: _Did, new: _Did) -> tuple[tuple[Facet, ...], frozenset[Swap]]:
    found = [
        *_returns(pair.old, pair.new),
        *_left(pair.old, pair.new),
        *_calls(old.counts, new.counts),
        *_holds(old.across, new.across),
    ]
    both = {call for call, count in old.counts.items() if new.counts[call] == count}
    return tuple(found), _swaps(_numbered(old.calls, both), _numbered(new.calls, both))


def _numbered(calls: Sequence[str], among: set[str]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    found = []
    for call in calls:
        if call in among:
            seen[call] += 1
            found.append((call, seen[call]))
    return found


def _returns(old: Run, new: Run) -> Iterator[Facet]:
    was, now = _ending(old), _ending(new)
    if was == now:
        return
    if old.bug and not new.bug:
        says = f"{now}, where it stopped on {old.bug.name}"
    elif old.bug:
        says = f"{now}, not on {old.bug.name}"
    elif new.bug:
        says = f"{now}, where it returned {spell(old.returns or 0)}"
    else:
        says = f"{now}, not {spell(old.returns or 0)}"
    yield Facet("returns", "", says)


def _ending(run: Run) -> str:
    return f"stops on {run.bug.name}" if run.bug else f"returns {spell(run.returns or 0)}"


def _changed(subject: str, fact: str, was: object, now: object) -> Facet:
    if subject == "counters":
        return Facet("final", fact, f"finally {fact} changed by {now}, not by {was}")
    if fact == "on":
        return Facet("final", subject, f"finally {subject} on {now}, not on {was}")
    return Facet("final", subject, f"finally {subject} {fact}" if now else _not(subject, fact))


def _not(subject: str, fact: str) -> str:
    return f"finally {subject} not {fact}"


def _left(old: Run, new: Run) -> Iterator[Facet]:
    """
    Compare what the runs took and still hold at their ends.
    """
    were, are = (
        {item: None for item, since in run.ledger.open_rows() if since} for run in (old, new)
    )
    for item in are:
        if item not in were:
            yield Facet("final", item.subject, f"finally {item.text} still held")
    for item in were:
        if item not in are:
            yield Facet("final", item.subject, f"finally {item.text} no longer held")


def _calls(were: Counter[str], are: Counter[str]) -> Iterator[Facet]:
    for call in sorted(were.keys() | are.keys()):
        was, now = were[call], are[call]
        if was != now:
            if not now:
                says = f"no longer calls {call}"
            else:
                often = "" if now == 1 else f" {now} times"
                says = f"now calls {call}{often}" if not was else _often(call, now, was)
            yield Facet("calls", call, says)


def _often(call: str, now: int, was: int) -> str:
    return f"calls {call} {_times(now)}, not {_times(was)}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _holds(were: dict[str, set[str]], are: dict[str, set[str]]) -> Iterator[Facet]:
    """
    Compare what is held across the calls that both make, and that may do more than compute.
    """
    for call in sorted(were.keys() & are.keys()):
        for item in sorted(were[call] ^ are[call]):
            now = "now" if item in are[call] else "no longer"
            yield Facet("holds", item, f"{now} holds {item} across {call}")


def _held_across(run: Run) -> dict[str, set[str]]:
    ledger = run.ledger
    still = [(item, since, len(run.trace) + 1) for item, since in ledger.open_rows()]
    spans = [span for span in (*ledger.spans, *still) if span[1] and span[0].hold.family in _HELD]
    found: dict[str, set[str]] = {}
    for step, made in enumerate(run.trace, 1):
        if made.primitive.may is not May.NOTHING:
            items = {item.text for item, start, end in spans if start < step < end}
            found.setdefault(made.call, set()).update(items)
    return found


def _swaps(old: list[tuple[str, int]], new: list[tuple[str, int]]) -> frozenset[Swap]:
    if old == new:
        return frozenset()
    place = {call: number for number, call in enumerate(new)}
    places = [place[call] for call in old]
    return frozenset(
        (old[first][0], old[second][0])
        for first in range(len(old))
        for second in range(first + 1, len(old))
        if places[first] > places[second]
    )
