# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from functools import cache, partial
from typing import Any

import pytest

from errpath.explore.lockstep.ends import So
from errpath.explore.lockstep.lockstep import Lockstep
from errpath.explore.lockstep.places import Passes
from errpath.explore.lockstep.status import Attempted
from errpath.kernel.run import Run
from tests.explore.lockstep.cuts import CUTS, FIXED, lockstep, model_of, mover
from tests.explore.lockstep.plain import plain_pairs
from tests.explore.merged.cut import ENTRY

PUTBACK = "migrate_pages_and_putback"


@cache
def _walked(name: str, entry: str) -> list[tuple[Run, Run]]:
    model = model_of(name, entry)
    old, new = (CUTS[name].target(model) for _ in range(2))
    return list(plain_pairs(((old, "pre"), (new, "post")), model, FIXED))


def _end_of_run(run: Run) -> object:
    if run.bug:
        return run.bug.name
    counted = {name: n for name, n in run.final["counters"].items() if n and name != "passes"}
    pages = {page: run.final[page]["on"] for page in ("a", "a_tail")}
    return run.returns, tuple(sorted(counted.items())), tuple(pages.items())


def _end_of(so: So) -> object:
    end, became = so.end, so.became
    assert end is not None
    if end.bug:
        return end.bug
    places = dict(became.on)
    pages = {page: places.get(page) or "nothing" for page in ("a", "a_tail")}
    return end.returns, tuple(sorted(became.counters)), tuple(pages.items())


@pytest.mark.parametrize("entry", [ENTRY, PUTBACK])
@pytest.mark.parametrize("name", CUTS)
def test_merged_pairs_are_all_pairs(name: str, entry: str) -> None:
    """
    There are as many pairs as are walked, and those whose ends differ come to the same ends.
    """
    walked = _walked(name, entry)
    found = lockstep(name, entry=entry)
    assert found.pairs == len(walked)
    ends = {(_end_of_run(old), _end_of_run(new)) for old, new in walked}
    apart = {(_end_of(old), _end_of(new)) for (old, new), _ in found.walked.ends(found.partings)}
    assert {(old, new) for old, new in ends if old != new} == {
        (old, new) for old, new in apart if old != new
    }


@pytest.mark.parametrize("name", CUTS)
def test_pair_of_a_way_ends_as_the_way_does(name: str) -> None:
    """
    Whole runs on the real targets return, count, and leave pages, as the merged ways say.
    """
    found = lockstep(name)
    for (old, new), chain in found.walked.ends(found.partings):
        pair = found.pair(chain)
        assert (_end_of_run(pair.old), _end_of_run(pair.new)) == (_end_of(old), _end_of(new))


def test_smallest_pair_comes_first() -> None:
    """
    No pair that is walked and ends differently has fewer faults than the first that is given.
    """
    name = "where they part"
    choices = model_of(name).vocabulary.choices

    def faults(runs: tuple[Run, Run]) -> int:
        asked = {**runs[0].choices, **runs[1].choices}
        return sum(v in choices[t.partition("#")[0]].faults for t, v in asked.items())

    found = lockstep(name)
    apart = [pair for pair in _walked(name, ENTRY) if _end_of_run(pair[0]) != _end_of_run(pair[1])]
    pairs = (
        found.pair(chain)
        for (old, new), chain in found.walked.ends(found.partings)
        if _end_of(old) != _end_of(new)
    )
    first = next(pairs)
    assert faults((first.old, first.new)) == min(map(faults, apart))


def test_one_semantics_beside_itself_never_parts() -> None:
    """
    Two sides that are the same come to the same everywhere.
    """
    found = lockstep("where they part", "post", "post")
    assert found.partings == []
    assert found.pairs > 0


def _called_otherwise(old: Attempted, new: Attempted) -> bool:
    return [made.text for made in old.calls] != [made.text for made in new.calls]


def test_what_attempts_did_can_part_them_too() -> None:
    """
    Who looks at calls finds attempts that came to the same, and did so in another order.
    """
    make = partial(mover, "a busy lock", "pre", "post", ENTRY, _called_otherwise)
    found = Lockstep(make, Passes(3, 2), beside=(False,))
    assert found.pairs == lockstep("a busy lock").pairs
    parted, apart = (
        sum(one.pairs for one in compared.partings) for compared in (found, lockstep("a busy lock"))
    )
    assert parted > apart


def test_result_does_not_depend_on_the_number_of_processes() -> None:
    """
    Two processes find the same places, pairs and partings as this one.
    """
    alone = lockstep("a split")
    make = partial(mover, "a split", "pre", "post")
    found = Lockstep(make, Passes(3, 2), beside=(False,), jobs=2)
    assert (found.pairs, found.places, found.runs) == (alone.pairs, alone.places, alone.runs)
    told: Any = [(one.page, one.edge.to, one.pairs, one.size) for one in found.partings]
    assert told == [(one.page, one.edge.to, one.pairs, one.size) for one in alone.partings]


def test_another_page_matters_only_where_a_walk_gets_to_the_lru_list() -> None:
    """
    With another page there, the walk strays to it and not to the head of the list.
    """
    make = partial(mover, "a split", "pre", "post")
    bugs = {}
    for beside in (False, True):
        found = Lockstep(make, Passes(3, 2), beside=(beside,))
        ends = [new.end for (_, new), _ in found.walked.ends(found.partings)]
        bugs[beside] = {end.bug for end in ends if end and end.bug}
        assert found.pairs == lockstep("a split").pairs
    assert bugs == {False: {"list-head-as-page", "wrong-list"}, True: {"wrong-list"}}
    assert Lockstep(make, Passes(3, 2)).pairs > lockstep("a split").pairs
