# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from errpath.contracts.cleanup import contracts_broken
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.lone_page import FORCED_FROM, LonePage, collecting_later
from errpath.explore.merged.marks.spot import Spot
from errpath.explore.merged.marks.whereabouts import State, View, Whereabouts
from errpath.explore.merged.merged import merged
from errpath.explore.merged.ways.graph import Graph
from errpath.explore.merged.ways.kept import Ending
from errpath.kernel.run import Run
from errpath.kernel.target import Model, Obligation
from tests.explore.merged.cut import ENTRY, PUTBACK, Asked, Cut
from tests.explore.merged.marks.broken import BROKEN
from tests.explore.merged.marks.everything import Walk

SEMANTICS = ("pre", "post")


@cache
def _lone(driver: str, semantics: str) -> tuple[LonePage, tuple[Obligation, ...]]:
    """
    Give what a page does with a driver, and what its caller's putback owes besides.
    """
    cut = BROKEN[driver].cut() if driver in BROKEN else Cut(passes=10, asked={})
    alone, both = (cut.model().at(entry, ("page",)) for entry in (ENTRY, PUTBACK))
    owed = both.obligations[len(alone.obligations) :]
    return LonePage(cut.target(alone), semantics, alone, passes=cut.passes), owed


def _verdicts(driver: str, semantics: str, forgets: str = "") -> dict[Any, Any]:
    lone, owed = _lone(driver, semantics)
    with collecting_later():
        return Walk(lone, Forgetful(lone.names, forgets)).verdicts(owed)


@pytest.mark.parametrize(
    ("semantics", "wrong"), [("pre", {"page_tail is on the LRU without PG_lru"}), ("post", set())]
)
def test_ways_that_are_kept_alike_are_judged_alike(semantics: str, wrong: set[str]) -> None:
    """
    In all passes, and with all questions, the balance says the same of all that is kept alike.
    """
    found = _verdicts("as it is", semantics)
    assert {len(verdicts) for verdicts in found.values()} == {1}
    assert {one for verdicts in found.values() for says in verdicts for one in says} == wrong
    ways = {every for verdicts in found.values() for some in verdicts.values() for every in some}
    assert len(ways) > 5 * len(found)


@pytest.mark.parametrize("driver", BROKEN)
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_ways_of_a_broken_driver_that_are_kept_alike_are_judged_alike(
    semantics: str, driver: str
) -> None:
    """
    The same holds where pages end otherwise than they were.
    """
    found = _verdicts(driver, semantics)
    assert {len(verdicts) for verdicts in found.values()} == {1}
    assert {bool(says) for verdicts in found.values() for says in verdicts} == {False, True}


class Forgetful(Whereabouts):
    """
    Keeps one thing less, if one is named.
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
        return found._replace(**{text: getattr(self.start, text)}) if text else found


@pytest.mark.parametrize("forgets", [*Spot._fields, "kinds", "isolated"])
def test_nothing_is_kept_that_makes_no_difference(forgets: str) -> None:
    """
    Without any one of the things that are kept, ways would be taken for one that are not.
    """
    every = (_verdicts(driver, "post", forgets) for driver in BROKEN)
    assert any(len(verdicts) > 1 for found in every for verdicts in found.values())


@pytest.mark.parametrize("driver", BROKEN)
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_merged_paths_of_a_broken_driver_are_all_paths(semantics: str, driver: str) -> None:
    """
    The classes stand for as many paths that break the balance, or keep it, as are walked.
    """
    cut = BROKEN[driver].cut()
    model = cut.model().at(PUTBACK, ("page",))
    counted: Counter[object] = Counter()
    found = merged(
        cut.model(), PUTBACK, ("page",), semantics, target_on=cut.target, passes=cut.passes
    )
    for one in found.classes:
        counted[_end(one.run, model)] += one.paths
    walked = Counter(_end(run, model) for run in cut.runs(("page",), semantics, entry=PUTBACK))
    assert counted == walked
    assert any("balanced" in contracts for _, contracts in walked)


def _end(run: Run, model: Model) -> tuple[int | str | None, frozenset[str]]:
    if run.bug:
        return run.bug.name, frozenset()
    return run.returns, frozenset(contracts_broken(run, model))


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_what_is_kept_for_the_putback_costs_little(semantics: str) -> None:
    """
    There are fewer than two nodes for each status, and few runs are made to judge them.
    """
    lone, owed = _lone("as it is", semantics)
    graph, before = Graph(lone, [Whereabouts(lone.names)], owed), lone.making.runs
    told = graph.told()
    nodes = range(len(graph.goes_on))
    ends = [graph.ends(node, how) for node in nodes for how in (Ending.END, Ending.STOP)]
    assert all(ends)
    assert told == Graph(lone, []).told()
    assert len(nodes) < 2 * len(lone.statuses)
    assert lone.making.runs - before < 2 * len(lone.statuses)


FORCED: Asked = {
    "PageHuge(P)": (0, 1),
    "PageTransHuge(P)": (0, 1),
    "page_mapped(P)": (1, 0),
    "move_to_new_page(P_new, P)": (0, -11),
}
NOT_LOOKED_AT = (
    ("if k.page_mapped(hpage):", "if not force and k.page_mapped(hpage):"),
    ("if not k.page_mapped(hpage):", "if force or not k.page_mapped(hpage):"),
)


def test_page_that_is_migrated_blindly_is_not_merged() -> None:
    """
    Where a page is moved with nobody asking what maps it, what mapped it before would matter.
    """
    cut = Cut(passes=FORCED_FROM, asked=FORCED, changes=NOT_LOOKED_AT)
    with pytest.raises(EntangledError) as caught:
        merged(cut.model(), PUTBACK, ("a",), "pre", target_on=cut.target, passes=cut.passes)
    assert str(caught.value) == "a is migrated, and what maps it is not looked at"
