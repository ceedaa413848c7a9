# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import pytest

from errpath.contracts.cleanup import contracts_broken
from errpath.explore.merged.attempt import Through, answers_of
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone_page import FORCED_FROM, LonePage
from errpath.explore.merged.merged import merged
from errpath.explore.merged.outcome import End
from errpath.explore.merged.spot import Kinds, Spot
from errpath.explore.merged.status import Status
from errpath.explore.merged.tables import Tables
from errpath.explore.merged.trial import Way
from errpath.explore.merged.whereabouts import State, View, Whereabouts
from errpath.kernel.run import Run
from errpath.kernel.target import Obligation
from errpath.migrate.migration import MIGRATE
from tests.explore.merged.cut import ENTRY, PUTBACK, Asked, Cut
from tests.migrate.bugs_driver import OTHERS

SEMANTICS = ("pre", "post")
KINDS = ("PageHuge", "PageTransHuge", "__PageMovable")
CLEARS = ("__ClearPageIsolated", "putback_movable_page")
PASSES = 3

HUGE: Asked = {
    "PageHuge(P)": (0, 1),
    "PageTransHuge(P)": (0, 1),
    "trylock_page(P)": (1, 0),
    "page_mapped(P)": (1, 0),
    "try_to_unmap(P)": ("true", "false"),
    "move_to_new_page(P_new, P)": (0, -11, -16),
}
MOVABLE: Asked = {
    "__PageMovable(P)": (0, 1),
    "PageMovable(P)": (1, 0),
    "page_count(P)": (2, 1),
    "trylock_page(P)": (1, 0),
    "move_to_new_page(P_new, P)": (0, -11, -16),
}
SPLIT: Asked = {
    "PageTransHuge(P)": (0, 1),
    "get_new_page(P)": ("new", "NULL"),
    "trylock_page(P)": (1, 0),
    "page_count(P)": (2, 1),
    "move_to_new_page(P_new, P)": (0, -12, -16),
}
MEMORY: Asked = {
    "page_count(P)": (2, 1),
    "trylock_page(P)": (1, 0),
    "move_to_new_page(P_new, P)": (0, -11, -16),
    "reason": ("MR_COMPACTION", "MR_MEMORY_FAILURE"),
    "set_hwpoison_free_buddy_page(P)": ("true", "false"),
}

_MAPS = "hpage, new_hpage if rc == MIGRATEPAGE_SUCCESS else hpage, True"
_BACK = "k.putback_lru_page(page)"


class Broken(NamedTuple):
    """
    A driver that leaves pages otherwise than they were, and what it is asked.
    """

    asked: Asked
    changes: tuple[tuple[str, str], ...]

    def cut(self) -> Cut:
        """
        Give it with few passes.
        """
        return Cut(passes=PASSES, asked=self.asked, changes=self.changes)


def _other(asked: Asked, says: str) -> Broken:
    return Broken(asked, OTHERS[says].changes)


BROKEN: Mapping[str, Broken] = {
    "no count": _other(SPLIT, "putback forgets the count"),
    "a wrong count": _other(SPLIT, "putback takes a huge page for a base page"),
    "no LRU": _other(SPLIT, "putback frees a page of the LRU"),
    "no driver": _other(MOVABLE, "putback keeps a movable page from its driver"),
    "PG_isolated": _other(MOVABLE, "putback leaves PG_isolated of a disowned page"),
    "a driver that let go": _other(MOVABLE, "putback gives a disowned page to its driver"),
    "a hugetlb page on the LRU": _other(HUGE, "putback takes a hugetlb page for one of the LRU"),
    "the other page is mapped": Broken(HUGE, ((_MAPS, _MAPS.replace("==", "!=")),)),
    "poison": Broken(MEMORY, ((_BACK, f"{_BACK}\nk.set_hwpoison_free_buddy_page(page)"),)),
}


class Everything:
    """
    Keeps the last of all that happened, and the first of kinds, of what the balance can read.
    """

    start: frozenset[tuple[str, object]] = frozenset()

    def view(self, through: Through) -> tuple[tuple[str, object], ...]:
        """
        Give what happened.
        """
        outcome = through.outcome
        found: dict[str, object] = {f"{name} on": place for name, place in outcome.put}
        found |= {f"{name} carries": True for name in outcome.carries}
        found |= {f"{name} PG_lru": True for name in outcome.PG_lru}
        found |= {text: value for text, value in outcome.facts if text.startswith("PageHWPoison")}
        for made in outcome.events:
            name, call, subjects = made.primitive.name, made.call, made.subjects
            if name == "PageMovable" or name in CLEARS:
                found[call] = made.value
            elif name == "page_count" and made.value == 1:
                found[call] = made.value
            elif name == "page_mapped" and not made.value:
                found[f"{subjects[0]} mapped"] = None
            elif name == "remove_migration_ptes":
                found[f"{subjects[0]} mapped"] = subjects[1]
        for text, value in answers_of(through.asked):
            if text.partition("(")[0] in KINDS:
                found[f"first {text}"] = value
        return (*found.items(), ("isolated", outcome.isolated))

    def step(self, state: frozenset[tuple[str, Any]], view: Any) -> frozenset[tuple[str, object]]:
        """
        Keep the last of each, and the first of kinds.
        """
        found = dict(state)
        for key, value in view:
            if key == "isolated":
                found[key] = found.get(key, 0) + value
            elif not key.startswith("first ") or key not in found:
                found[key] = value
        return frozenset(found.items())


Node: TypeAlias = "tuple[int, State, frozenset[tuple[str, object]]]"


class Stand(NamedTuple):
    """
    Where a run can end: the status, what is kept of a way there and all of it, and the way.
    """

    status: Status
    seen: State
    all_: frozenset[tuple[str, object]]
    way: Way


class Walk:
    """
    Goes all the ways of a lone page of which everything is not the same.
    """

    def __init__(self, lone: LonePage, watch: Whereabouts) -> None:
        self._lone = lone
        self._watch = watch
        self._everything = Everything()
        self._views: dict[tuple[int, bool], dict[Any, Through]] = {}
        self._steps: dict[tuple[Node, bool], list[tuple[Node, Through, End | None]]] = {}
        self._met: set[object] = set()

    def _alike(self, status: int, *, force: bool) -> dict[Any, Through]:
        found = self._views.get((status, force))
        if found is None:
            found = self._views[status, force] = {}
            for through, *both in self._lone.rows.get((status, force), ()):
                views = self._watch.view(through), self._everything.view(through)
                for to in both:
                    found.setdefault((to, through.outcome.end, *views), through)
        return found

    def stands(self) -> Iterator[Stand]:
        """
        Give each place where a run can end, by everything once.
        """
        lone, front = self._lone, {(0, self._watch.start, Everything.start): Way()}
        for number in range(1, lone.passes + 1):
            ways, todo, following = dict(front), [*front], {}
            while todo:
                node = todo.pop()
                yield from self._end(lone.statuses[node[0]], node, ways[node])
                for then, through, end in self._steps_of(node, force=number >= FORCED_FROM):
                    how = "end" if end else lone.goes_on[then[0]].how
                    into = following if how == "next" else ways
                    if how == "end":
                        yield from self._end(lone.left_by(then[0]), then, ways[node], through)
                    elif how != "stray" and then not in into:
                        into[then] = ways[node].and_then(through)
                        todo += [then] if into is ways else []
            if number > FORCED_FROM and following.keys() == front.keys():
                break
            front = following
        for node, way in front.items():
            yield from self._end(lone.statuses[node[0]], node, way)

    def _end(
        self, status: Status, node: Node, way: Way, through: Through | None = None
    ) -> Iterator[Stand]:
        met = status, *node[1:]
        if met not in self._met:
            self._met.add(met)
            yield Stand(*met, way.and_then(through) if through else way)

    def _steps_of(self, node: Node, *, force: bool) -> list[tuple[Node, Through, End | None]]:
        found = self._steps.get((node, force))
        if found is None:
            status, seen, all_ = node
            found = self._steps[node, force] = []
            for (to, end, view, more), through in self._alike(status, force=force).items():
                if end is None or end.bug is None:
                    then = self._watch.step(seen, view, 1), self._everything.step(all_, more)
                    found.append(((to, *then), through, end))
        return found

    def verdicts(self, owed: tuple[Obligation, ...]) -> dict[Any, dict[frozenset[str], set[Any]]]:
        """
        Give for all that is kept at the end, with what is held, what is complained of, and of whom.
        """
        making = self._lone.making
        found: dict[Any, dict[frozenset[str], set[Any]]] = defaultdict(lambda: defaultdict(set))
        for status, seen, all_, way in self.stands():
            names = status.place.names
            for through in making.putback(status, way) if names else (None,):
                rows, last, every = self._lone.odd_rows(status), seen, all_
                if through is not None:
                    rows = through.outcome.did.odd
                    last = self._watch.step(seen, self._watch.view(through), 0)
                    every = self._everything.step(all_, self._everything.view(through))
                says = making.after_putback(status, way, through, owed)
                # A run that is stopped between two attempts has not put that back.
                judged = frozenset(one for one in says if "PF_SWAPWRITE" not in one)
                found[last, rows][judged].add(every)
        return found


@cache
def _lone(cut: Cut, semantics: str) -> LonePage:
    alone = cut.model().at(ENTRY, ("page",))
    return LonePage(cut.target(alone), semantics, alone, passes=cut.passes)


def _verdicts(cut: Cut, semantics: str, *, forgets: str = "") -> dict[Any, Any]:
    lone = _lone(cut, semantics)
    first = cut.model().at(ENTRY, ("page",)).obligations
    owed = cut.model().at(PUTBACK, ("page",)).obligations[len(first) :]
    watch = Forgetful(lone.names, forgets) if forgets else Whereabouts(lone.names)
    return Walk(lone, watch).verdicts(owed)


@pytest.mark.parametrize(
    ("semantics", "wrong"), [("pre", {"page_tail is on the LRU without PG_lru"}), ("post", set())]
)
def test_ways_that_are_kept_alike_are_judged_alike(semantics: str, wrong: set[str]) -> None:
    """
    In all passes, and with all questions, the balance says the same of all that is kept alike.
    """
    found = _verdicts(Cut(passes=10, asked={}), semantics)
    assert {len(verdicts) for verdicts in found.values()} == {1}
    assert {one for verdicts in found.values() for says in verdicts for one in says} == wrong
    ways = {every for verdicts in found.values() for some in verdicts.values() for every in some}
    assert len(ways) > 5 * len(found)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_ways_of_a_broken_driver_that_are_kept_alike_are_judged_alike(
    semantics: str, broken: Broken
) -> None:
    """
    The same holds where pages end otherwise than they were.
    """
    found = _verdicts(broken.cut(), semantics)
    assert {len(verdicts) for verdicts in found.values()} == {1}
    assert {bool(says) for verdicts in found.values() for says in verdicts} == {False, True}


class Forgetful(Whereabouts):
    """
    Keeps one thing less.
    """

    def __init__(self, names: Sequence[str], forgets: str) -> None:
        super().__init__(names)
        self._forgets = forgets

    def step(self, state: State, view: View, number: int) -> State:
        """
        Keep the rest.
        """
        found, text = super().step(state, view, number), self._forgets
        if text in Spot._fields:
            start = getattr(Spot(), text)
            spots = tuple(spot._replace(**{text: start}) for spot in found.spots)
            return found._replace(spots=spots)
        if text in Kinds._fields:
            return found._replace(kinds=found.kinds._replace(**{text: None}))
        return found._replace(isolated=0)


@pytest.mark.parametrize("forgets", [*Spot._fields, *Kinds._fields, "isolated"])
def test_nothing_is_kept_that_makes_no_difference(forgets: str) -> None:
    """
    Without any one of the things that are kept, ways would be taken for one that are not.
    """
    every = (_verdicts(broken.cut(), "post", forgets=forgets) for broken in BROKEN.values())
    assert any(len(verdicts) > 1 for found in every for verdicts in found.values())
