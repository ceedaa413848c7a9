# SPDX-License-Identifier: GPL-2.0-only
"""
What changes for who migrates a list of one page: in which attempts two semantics part.

What is numbered are joint attempts, of both semantics on the same page under the same answers,
and a set of them is an int with a bit for each. Attempts are about what is so there; what
differs is told of the ends of the runs to which they lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from errpath.explore.difference.differences import bits
from errpath.explore.difference.ending import facets_of
from errpath.explore.difference.fate import fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from errpath.explore.difference.facet import Facet
    from errpath.explore.lockstep.lockstep import Lockstep
    from errpath.explore.lockstep.partings import Ends, Parting
    from errpath.explore.lockstep.replay import ListPair
    from errpath.kernel.event import Event
    from errpath.vocabulary.choice import Value

FORCE = "force"
WALK = "walk"


def _told(*, forced: bool, astray: bool) -> dict[str, Value]:
    """
    Give what an attempt is told, as answers to the choices of `Vocabulary.told`.
    """
    return {FORCE: "yes" if forced else "no", WALK: "astray" if astray else "on_list"}


class Calls(NamedTuple):
    """
    The calls of one side in an attempt.

    `word` has a letter for each of them, and one for what each test has found by then: what is
    known of a page for good is not tested again.
    """

    trace: tuple[Event, ...]
    word: str


class JointAttempt(NamedTuple):
    """
    One joint attempt: what was answered to either side, and what each did.
    """

    choices: dict[str, Value]
    old: Calls
    new: Calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    Attempts in which the two part in the same way.

    `page` is whose attempts they are, `old` and `new` say what each does; `mask` has them.
    `facets` are what then differs at the end, by the set of attempts that lead there, and
    `pairs` is the number of pairs of paths.
    """

    page: str
    old: str
    new: str
    mask: int
    facets: Mapping[Facet, int]
    pairs: int
    partings: tuple[Parting, ...]


class Attempts:
    """
    Every joint attempt, and what comes of those in which the two part.

    `masks` has for each facet the attempts that can lead to it, `parted` those in which the two
    part. `ends` are what pairs can come to behind those.
    """

    def __init__(self, lockstep: Lockstep, patterns: Any, old: str, new: str) -> None:
        self.lockstep = lockstep
        self.old, self.new = old, new
        events = {made.text: made for made in patterns.every}
        self.all: list[JointAttempt] = []
        units = self._numbered(events)
        walked = lockstep.walked
        self.unit_ends: list[tuple[int, int]] = []
        reached: dict[tuple[int, Any], int] = {}
        groups: dict[tuple[str, str, str], list[Parting]] = {}
        for one in walked.found:
            unit = (id(one.kind), one.shared)
            reached[unit] = reached.get(unit, 0) | walked.reached(one.to)
            first = fate(one.edge.old, one.before.old.became, one.page)
            second = fate(one.edge.new, one.before.new.became, one.page)
            groups.setdefault((one.page, first, second), []).append(one)
        self.ends: list[Ends] = list(walked.numbers)
        told = [facets_of(*ends) for ends in self.ends]
        self.masks: dict[Facet, int] = {}
        self.parted = 0
        for unit, numbers in reached.items():
            mask = units.get(unit, 0)
            self.parted |= mask
            self.unit_ends.append((mask, numbers))
            shown = dict.fromkeys(facet for number in bits(numbers) for facet in told[number])
            for facet in shown:
                self.masks[facet] = self.masks.get(facet, 0) | mask
        self.parts = self._parts(groups, units)

    def _numbered(self, events: Mapping[str, Event]) -> dict[tuple[int, Any], int]:
        """
        Give the numbers of the attempts of each kind, by what they read of no page.
        """
        alike = self.lockstep.counting.alike
        numbers: dict[tuple[Any, ...], int] = {}
        units: dict[tuple[int, Any], int] = {}
        made = self.lockstep.walked.made
        texts = {text for _, shared in made for text, _ in shared}
        for kind, leaf, forced, astray in self.lockstep.leaves():
            shared = alike(frozenset(row for row in leaf.choices if row[0] in texts))
            unit = (id(kind), shared)
            if unit not in made:
                continue
            key = (frozenset(leaf.choices), leaf.old, leaf.new, forced, astray)
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(self.all)
                choices = dict(leaf.choices) | _told(forced=forced, astray=astray)
                found = [f"{text} = {value}" for text, value in leaf.choices]
                self.all.append(
                    JointAttempt(
                        choices,
                        _calls(leaf.old, found, events),
                        _calls(leaf.new, found, events),
                    )
                )
            units[unit] = units.get(unit, 0) | 1 << number
        return units

    def _parts(
        self, groups: Mapping[tuple[str, str, str], list[Parting]], units: Mapping[Any, int]
    ) -> list[Part]:
        found = []
        for (page, old, new), partings in groups.items():
            mask = 0
            for unit in {(id(one.kind), one.shared) for one in partings}:
                mask |= units.get(unit, 0)
            found.append(
                Part(
                    page=page,
                    old=old,
                    new=new,
                    mask=mask,
                    facets={f: m & mask for f, m in self.masks.items() if m & mask},
                    pairs=sum(one.pairs for one in partings),
                    partings=tuple(partings),
                )
            )
        return sorted(found, key=lambda part: (part.page, -part.pairs, part.old, part.new))

    @property
    def pairs(self) -> int:
        """
        The number of pairs of paths.
        """
        return self.lockstep.pairs

    def ends_of(self, mask: int) -> int:
        """
        Give the ends to which some attempts lead, as a set of their numbers.
        """
        found = 0
        for of, numbers in self.unit_ends:
            if of & mask:
                found |= numbers
        return found

    def leading_to(self, ends: int) -> int:
        """
        Give the attempts that lead to some ends.
        """
        found = 0
        for of, numbers in self.unit_ends:
            if numbers & ends:
                found |= of
        return found

    def smallest(self, part: Part) -> ListPair:
        """
        Give the smallest pair of a part of which the ends differ.
        """
        for ends, chain in self.lockstep.walked.ends(part.partings):
            if facets_of(*ends):
                return self.lockstep.pair(chain)
        message = f"{self.old} and {self.new} part, and no end differs"
        raise ValueError(message)

    def stops(self) -> Iterator[tuple[str, ListPair]]:
        """
        Give each bug that stops the newer run and not the older one, with the smallest pair.
        """
        left = {bug for ends in self.ends for bug in _bug(ends)}
        for ends, chain in self.lockstep.walked.ends(self.lockstep.partings):
            for bug in _bug(ends):
                if bug in left:
                    left.remove(bug)
                    yield bug, self.lockstep.pair(chain)
            if not left:
                return


def _bug(ends: Ends) -> Iterator[str]:
    old, new = ends
    if new.end and new.end.bug and not (old.end and old.end.bug == new.end.bug):
        yield new.end.bug


def _calls(texts: tuple[str, ...], found: list[str], events: Mapping[str, Event]) -> Calls:
    trace = tuple([events[text] for text in texts if text in events])
    tests = [events[text] for text in found if text in events and events[text].primitive.test]
    return Calls(trace, "".join([made.letter for made in (*trace, *tests)]))
