# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.any_of import Classes
from errpath.explore.merged.lone.attempt import answers_of
from errpath.explore.merged.lone.lone_page import FORCED_FROM, LonePage
from errpath.explore.merged.lone.lone_runs import LoneRuns
from errpath.explore.merged.lone.trial import Row, Trial, Way
from errpath.migrate.migration import MIGRATE
from errpath.migrate.semantics import MODULES
from errpath.vocabulary.choice import Value
from tests.explore.merged.cut import ASKED, ENTRY, Asked, Cut
from tests.native.mutated import mutated

SEMANTICS = ("pre", "post")
MOVES = "move_to_new_page(a_new, a)", "move_to_new_page(a_tail_new, a_tail)"
HUGE: dict[str, tuple[Value, ...]] = {
    "PageHuge(P)": (0, 1),
    "trylock_page(P)": (1, 0),
    "page_private(P)": (0, 1),
    "mode": ("MIGRATE_SYNC", "MIGRATE_ASYNC", "MIGRATE_SYNC_NO_COPY"),
}
MOVED: dict[str, tuple[Value, ...]] = {
    "PageTransHuge(P)": (0, 1),
    "trylock_page(P)": (1, 0),
    "trylock_page(P_new)": (1, 0),
    "move_to_new_page(P_new, P)": (0, -11, -16, -12, -5, -22),
}


class Recorded(LonePage):
    """
    Keeps the trials that it makes.
    """

    def _begin(self, making: LoneRuns) -> None:
        super()._begin(making)
        self.made: list[tuple[int, Way, int]] = []

    def _attempt(self, number: int, way: Way, pass_: int) -> list[Row]:
        self.made.append((number, way, pass_))
        return super()._attempt(number, way, pass_)

    def trial(self, number: int, way: Way, pass_: int) -> Trial:
        """
        Give a trial.
        """
        goes_on, status = self.goes_on[number], self.statuses[number]
        place = status.place
        ahead = place.behind(goes_on.by, "the caller's list")
        if goes_on.how == "again":
            ahead = place.ahead
        if goes_on.how == "next":
            status = replace(status, place=place._replace(retry=0))
        return Trial(status, way, goes_on.by, ahead, pass_, goes_on.how)


def _lone(
    cut: Cut,
    semantics: str,
    *,
    alike: Classes | None = None,
    modules: Mapping[str, ModuleType] = MODULES,
) -> Recorded:
    model = cut.model().at(ENTRY, ("a",))
    target = cut.target(model)
    target._modules = modules
    return Recorded(target, semantics, model, passes=cut.passes, alike=alike or {})


def _replay(lone: Recorded, every: int = 1) -> int:
    """
    Make every so many ways of a page anew with all attempts before them, and hold them to be same.
    """
    making, ways = lone.making, 0
    for made in lone.made:
        trial, force = lone.trial(*made), made[2] >= FORCED_FROM
        tree = making.tree_of(trial)
        for through, *_ in lone.rows[made[0], force][::every]:
            script = [value for _, value in answers_of(through.asked)]
            making.enter(tree, trial, making.replaying(trial, script), force=force)
            ways += 1
    return ways


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize("asked", [*ASKED.values(), HUGE, MOVED], ids=[*ASKED, "huge", "moved"])
def test_way_is_the_same_if_all_attempts_before_it_are_made(asked: Asked, semantics: str) -> None:
    """
    A run that goes on from what is kept comes to what a run comes to that begins at the start.
    """
    lone = _lone(Cut(passes=6, asked=asked), semantics)
    before = lone.making.runs
    assert any(force for _, force in lone.rows)
    assert _replay(lone) == sum(map(len, lone.rows.values()))
    assert lone.making.runs > before


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_way_with_every_question_is_the_same_if_all_attempts_are_made(semantics: str) -> None:
    """
    The same holds of some of all ways that there are, which lead off the list, too.
    """
    model = MIGRATE.at(ENTRY, ("page",))
    lone = Recorded(model.reference(), semantics, model, passes=10)
    assert {goes_on.how for goes_on in lone.goes_on} == {"next", "again", "tail", "gone", "stray"}
    assert _replay(lone, 61) > 300


def test_what_migrate_pages_keeps_of_an_attempt_is_found() -> None:
    """
    Where it goes by more than what it counts, a run that goes on is another than a replay.
    """
    changes = (
        ("    nr_failed = 0\n", "    nr_failed = nr_tried = 0\n"),
        (
            "                    k.cond_resched()\n",
            "                    nr_tried or k.cond_resched()\n",
        ),
        ("            pass_ += 1\n", "            pass_ += 1\n            nr_tried += 1\n"),
    )
    with pytest.raises(AssertionError, match=r"^after the same reads, one attempt comes to "):
        _lone(Cut(passes=3, asked=ASKED["a busy lock"], changes=changes), "pre")


def _in_words(lone: LonePage) -> Counter[object]:
    """
    Give the number of ways by all that a list makes of them, for each mode.
    """
    found: Counter[object] = Counter()
    for (status, force), rows in lone.rows.items():
        for through, *both in rows:
            outcome = through.outcome
            to = [lone.statuses[at] if at >= 0 else at for at in both]
            told = dict(through.shared)
            for mode in told.pop("mode", ("any",)):
                key = lone.statuses[status], force, mode, frozenset(told.items()), through.faults
                found[*key, outcome.end, outcome.did, *to] += through.number
    return found


def _asked(lone: LonePage) -> set[Any]:
    """
    Give what answers to move_to_new_page() there are.
    """
    return {
        value
        for rows in lone.rows.values()
        for through, *_ in rows
        for text, value in answers_of(through.asked)
        if text == MOVES[0]
    }


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize(
    ("alike", "numbers", "asked"),
    [
        ({-16, -5, -22}, {1, 3}, {0, -11, -16, -12}),
        ({-11, -16, -12, -5, -22}, {1, 3}, {0, -11, -16, -12}),
        ({-5, -22}, {1, 2}, {0, -11, -16, -12, -5}),
        ({-11, -16}, {1}, {0, -11, -16, -12, -5, -22}),
    ],
    ids=["permanent", "all", "two", "compared"],
)
def test_errnos_that_are_one_are_as_many_ways(
    semantics: str, alike: set[Value], numbers: set[int], asked: set[Value]
) -> None:
    """
    One way stands for those of all errnos of a class, as far as the code compares it with none.
    """
    cut = Cut(passes=5, asked=MOVED)
    plain = _lone(cut, semantics)
    lone = _lone(cut, semantics, alike=dict.fromkeys(MOVES, (frozenset(alike),)))
    assert {through.number for rows in plain.rows.values() for through, *_ in rows} == {1}
    assert {through.number for rows in lone.rows.values() for through, *_ in rows} == numbers
    assert _asked(lone) == asked
    assert _in_words(lone) == _in_words(plain)
    assert _replay(lone) == sum(map(len, lone.rows.values()))


def test_errno_that_is_used_is_no_other() -> None:
    """
    Code that does more with an errno than to compare it gets each.
    """
    bare = "rc = k.move_to_new_page(newpage, page, mode)\n\n                if page_was_mapped"
    modules = mutated(
        "pre", (bare, bare.replace("mode)\n", "mode)\n                rc = -(-rc)\n"))
    )
    lone = _lone(
        Cut(passes=5, asked=MOVED),
        "pre",
        alike=dict.fromkeys(MOVES, (frozenset({-16, -5, -22}),)),
        modules=modules,
    )
    assert _asked(lone) == {0, -11, -16, -12, -5, -22}
    assert _in_words(lone) == _in_words(_lone(Cut(passes=5, asked=MOVED), "pre"))


@pytest.mark.parametrize(
    "alike",
    [
        {"PageTransHuge(a)": (frozenset({0, 1}),)},
        {"page_get_anon_vma(a)": (frozenset({"a_anon_vma", "NULL"}),)},
        {"thp_migration_supported()": (frozenset({0, 1}),)},
        {MOVES[0]: (frozenset({0, -16}),)},
    ],
    ids=["a fact", "a fault", "about no page", "an errno"],
)
def test_answers_that_are_kept_or_are_no_faults_alike_are_not_one(alike: Classes) -> None:
    """
    What is known later, or counts as a fault, is another answer.
    """
    cut = Cut(passes=2, asked={**ASKED["a split"], **MOVED})
    lone = _lone(cut, "pre", alike=alike)
    assert {through.number for rows in lone.rows.values() for through, *_ in rows} == {1}
    assert _in_words(lone) == _in_words(_lone(cut, "pre"))


IN = "if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):"
NEITHER = "if not (mode == MIGRATE_SYNC or mode == MIGRATE_SYNC_NO_COPY):"


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_modes_of_one_test_are_one(semantics: str) -> None:
    """
    What is in neither of two tests is as much; but there it is asked twice, and is more ways.
    """
    cut = Cut(passes=5, asked=ASKED["a busy lock"])
    lone = _lone(cut, semantics)
    spelled = _lone(cut, semantics, modules=mutated(semantics, (IN, NEITHER)))
    assert _in_words(lone) == _in_words(spelled)
    told = [dict(t.shared).get("mode") for rows in lone.rows.values() for t, *_ in rows]
    assert ("MIGRATE_SYNC", "MIGRATE_SYNC_NO_COPY") in told
    assert len(told) < sum(map(len, spelled.rows.values()))


@pytest.mark.parametrize(
    ("passes", "says"),
    [("pass_ > 0", "an attempt of pass 2 is forced"), ("0", "an attempt of pass 4 is not forced")],
)
def test_force_in_other_passes_is_not_followed(passes: str, says: str) -> None:
    """
    Attempts are run with force and without, and have to be told so where they are made.
    """
    call = """\
rc = unmap_and_move(
    k, get_new_page, put_new_page, private, page, pass_ > 2, mode, reason
)"""
    changes = ((call, call.replace("pass_ > 2", passes)),)
    with pytest.raises(EntangledError) as caught:
        _lone(Cut(passes=5, asked=ASKED["a busy lock"], changes=changes), "pre")
    assert str(caught.value) == says


def test_force_that_is_compared_is_not_followed() -> None:
    """
    An attempt is told of force if it asks whether, and of nothing else.
    """
    changes = ("if not force or mode", "if force == 0 or mode")
    with pytest.raises(EntangledError) as caught:
        _lone(Cut(passes=5, asked=ASKED["a busy lock"]), "pre", modules=mutated("pre", changes))
    says = "force is compared with 0, where an attempt is to ask no more than if it is"
    assert str(caught.value) == says


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_ways_that_do_not_ask_for_force_are_the_same_with_it(semantics: str) -> None:
    """
    Where the lock is free and nothing is written back, one run serves attempts of all passes.
    """
    lone = _lone(Cut(passes=5, asked={"trylock_page(P_new)": (1, 0)}), semantics)
    for status, force in lone.rows:
        if force and (status, False) in lone.rows:
            every = zip(lone.rows[status, True], lone.rows[status, False], strict=True)
            assert all(one.through is other.through for one, other in every)
