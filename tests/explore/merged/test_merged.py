# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from errpath.contracts.cleanup import contracts_broken
from errpath.contracts.events import Patterns
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.lone_page import FORCED_FROM
from errpath.explore.merged.marks.mark import How, Mark
from errpath.explore.merged.merged import Merged, merged
from errpath.explore.merged.ways.tables import Tables
from errpath.kernel.calls.lru import EFFECTS
from errpath.kernel.declared.naming import primitives_on
from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.run import Run
from errpath.kernel.target import Model
from errpath.migrate import driver
from errpath.migrate.migration import MIGRATE
from errpath.vocabulary.choice import Choice, Value
from tests.explore.merged.cut import ASKED, ENTRY, PUTBACK, Asked, Cut

SEMANTICS = ("pre", "post")
PAGES = ("page", "b", "page_c")
MARKS = (
    Mark(How.COUNT, ("get_new_page() fails",)),
    Mark(How.COUNT, ("trylock_page(b) fails",), 2),
    Mark(How.COUNT, ("put_page(b)",)),
)


def _merged(
    cut: Cut, pages: tuple[str, ...], semantics: str, *, entry: str = ENTRY, **more: Any
) -> Merged:
    model = cut.model()
    return merged(model, entry, pages, semantics, target_on=cut.target, passes=cut.passes, **more)


class _Seen:
    """
    Tells of a run what a verdict on it depends on.
    """

    def __init__(self, model: Model, marks: Sequence[Mark]) -> None:
        self._model = model
        meant_by = Patterns(model.vocabulary).meant_by
        self._marks = [(meant_by(mark.patterns[0]), mark.most) for mark in marks]

    def __call__(self, run: Run) -> object:
        """
        Give how it ends, the contracts that it breaks, and how often it makes marked calls.
        """
        counts = [min(cap, sum(e in events for e in run.trace)) for events, cap in self._marks]
        if run.bug:
            return run.bug.name, tuple(counts)
        broken = frozenset(contracts_broken(run, self._model))
        return run.returns, broken, tuple(counts)


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize(("count", "passes"), [(1, 10), (2, 4), (3, 2)])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_merged_paths_are_all_paths(asked: Asked, count: int, passes: int, semantics: str) -> None:
    """
    The classes stand for as many paths of each end, with the same contracts broken, as are walked.
    """
    cut, pages = Cut(passes=passes, asked=asked), PAGES[:count]
    marks = MARKS if count > 1 else MARKS[:1]
    found = _merged(cut, pages, semantics, marks=marks)
    seen = _Seen(cut.model().at(ENTRY, pages), marks)
    walked = Counter(map(seen, cut.runs(pages, semantics)))
    counted: Counter[object] = Counter()
    for one in found.classes:
        counted[seen(one.run)] += one.paths
    assert counted == walked
    assert found.paths == walked.total() == sum((*found.returns.values(), *found.bugs.values()))


@pytest.mark.parametrize(
    ("semantics", "entry", "count"),
    [("pre", ENTRY, 33880), ("post", ENTRY, 18288), ("post", PUTBACK, 18288)],
)
def test_merged_paths_of_one_page_with_every_question(
    semantics: str, entry: str, count: int
) -> None:
    """
    All that one page can do in one pass is merged to what the paths are when they are walked.
    """
    cut = Cut(passes=1, asked={})
    found = _merged(cut, ("a",), semantics, entry=entry)
    seen = _Seen(cut.model().at(entry, ("a",)), ())
    walked = Counter(map(seen, cut.runs(("a",), semantics, entry=entry)))
    counted: Counter[object] = Counter()
    for one in found.classes:
        counted[seen(one.run)] += one.paths
    assert counted == walked
    assert found.paths == walked.total() >= count


def _faults(run: Run, model: Model) -> int:
    choices = model.vocabulary.choices
    return sum(v in choices[t.partition("#")[0]].faults for t, v in run.choices.items())


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_class_is_stood_for_by_one_of_its_smallest_paths(asked: Asked) -> None:
    """
    No walked path of the same end has fewer faults than what stands for that end.
    """
    cut, pages = Cut(passes=3, asked=asked), PAGES[:2]
    model = cut.model().at(ENTRY, pages)
    seen = _Seen(model, ())
    walked: dict[object, int] = {}
    for run in cut.runs(pages, "post"):
        end = seen(run)
        walked[end] = min(_faults(run, model), walked.get(end, 99))
    shown: dict[object, int] = {}
    for one in _merged(cut, pages, "post").classes:
        end = seen(one.run)
        shown[end] = min(_faults(one.run, model), shown.get(end, 99))
    assert shown == walked


def test_number_of_paths_is_exact_where_they_cannot_be_walked() -> None:
    """
    Six pages with ten passes have more paths than anybody walks, and the number has all digits.
    """
    cut = Cut(passes=10, asked=ASKED["a split"])
    found = _merged(cut, ("a", "b", "c", "d", "e", "f"), "pre")
    assert found.paths == sum(one.paths for one in found.classes)
    assert found.paths > 10**16
    assert found.runs < 10_000


def test_run_does_not_depend_on_the_one_before() -> None:
    """
    A link that one run leaves poisoned is as new in the next.
    """
    cut = Cut(passes=2, asked={"PageHuge(P)": (0, 1), "trylock_page(P_new)": (1, 0)})
    target = cut.target(cut.model().at(ENTRY, ("a",)))
    times: Counter[str] = Counter()

    def busy_at_first(choice: Choice) -> Value:
        times[choice.text] += 1
        return (
            0 if choice.text == "trylock_page(a_new)" and times[choice.text] == 1 else first(choice)
        )

    def first(choice: Choice) -> Value:
        return choice.values[0]

    def hugetlb(choice: Choice) -> Value:
        return 1 if choice.text == "PageHuge(a)" else first(choice)

    assert target.run("pre", busy_at_first).returns == 0
    run = target.run("pre", hugetlb)
    assert (run.bug, run.returns) == (None, 0)


RESET = ("walk.list_safe_reset_next(page)", "pass")
ENTANGLED = {
    "a walk that does not see new tails": (
        Cut(passes=2, asked=ASKED["a split"], changes=(RESET,)),
        "after a the walk goes on with the caller's list, and not with a_tail",
    ),
    "a page that is not tried again": (
        Cut(passes=2, asked=ASKED["a busy lock"], changes=(("retry += 1", "pass"),)),
        "a page is left on the list after 1 of 2 passes",
    ),
}


@pytest.mark.parametrize(("cut", "says"), ENTANGLED.values(), ids=ENTANGLED)
def test_code_that_pages_share_more_of_is_not_merged(cut: Cut, says: str) -> None:
    """
    Where what one page does would be another thing on a longer list, nothing is merged.
    """
    with pytest.raises(EntangledError) as caught:
        _merged(cut, ("a", "b"), "pre")
    assert str(caught.value) == says


def test_calls_that_are_about_no_page_are_not_counted() -> None:
    """
    A pattern of calls that are made once for all pages is refused.
    """
    cut = Cut(passes=1, asked=ASKED["a tail"])
    with pytest.raises(EntangledError) as caught:
        _merged(cut, ("a", "b"), "pre", marks=(Mark(How.COUNT, ("cond_resched()",)),))
    says = "`cond_resched()` is not made for one page, so that pages cannot be told apart"
    assert str(caught.value) == says


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize(("count", "passes"), [(1, 10), (2, 2)])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_merged_paths_with_the_putback_are_all_paths(
    asked: Asked, count: int, passes: int, semantics: str
) -> None:
    """
    The same holds if the caller puts back what is left, and for the contract about that.
    """
    cut, pages = Cut(passes=passes, asked=asked), PAGES[:count]
    marks = (Mark(How.COUNT, ("putback_lru_page(page)",)), *MARKS[:1])
    found = _merged(cut, pages, semantics, entry=PUTBACK, marks=marks)
    seen = _Seen(cut.model().at(PUTBACK, pages), marks)
    walked = Counter(map(seen, cut.runs(pages, semantics, entry=PUTBACK)))
    counted: Counter[object] = Counter()
    for one in found.classes:
        counted[seen(one.run)] += one.paths
    assert counted == walked


def test_tables_serve_lists_of_every_length() -> None:
    """
    What is made once gives the same classes as what is made anew.
    """
    cut = Cut(passes=3, asked=ASKED["a split"])
    tables = Tables(cut.model(), ENTRY, "a", "post", target_on=cut.target, passes=3)
    for pages in (("b",), ("page", "a"), ("c", "a", "b")):
        marks = (Mark(How.COUNT, (f"put_page({pages[0]})",)),)
        anew = _merged(cut, pages, "post", marks=marks)
        again = merged(cut.model(), ENTRY, pages, "post", marks=marks, tables=tables)
        assert [(one.paths, one.run.word) for one in again.classes] == [
            (one.paths, one.run.word) for one in anew.classes
        ]


def test_list_that_fills_the_pagevec_is_not_merged() -> None:
    """
    Seven pages and their tails fit; with eight, a page that was let go of may be gone from there.
    """
    cut = Cut(passes=2, asked=ASKED["a split"])
    pages = tuple("abcdefgh")
    assert _merged(cut, pages[:7], "post").paths > 0
    with pytest.raises(EntangledError) as caught:
        _merged(cut, pages, "post")
    says = (
        "8 pages can fill the pagevec of 15, and whether a page that was let go of is still there "
        "is read: up to 7 can be merged"
    )
    assert str(caught.value) == says


def test_list_that_nothing_leads_astray_can_be_longer() -> None:
    """
    Where no attempt touches what was let go of, a full pagevec makes no difference.
    """
    cut = Cut(passes=2, asked={"trylock_page(P)": (1, 0)})
    found = _merged(cut, tuple("abcdefgh"), "pre")
    assert found.paths == 3**8


def test_list_that_no_entry_takes_is_not_merged() -> None:
    """
    A list has an end before the time of who waits has.
    """
    cut = Cut(passes=1, asked=ASKED["a busy lock"])
    with pytest.raises(EntangledError) as caught:
        _merged(cut, tuple(f"p{number}" for number in range(10_000)), "pre")
    assert str(caught.value) == "a list has up to 16 pages, and not 10000"


def test_other_entries_are_not_merged() -> None:
    """
    A function that is given no list has no paths to merge.
    """
    with pytest.raises(EntangledError) as caught:
        merged(MIGRATE, "unmap_and_move", ("a",), "pre")
    says = (
        "the paths of unmap_and_move are not merged: only those of migrate_pages, "
        "migrate_pages_and_putback"
    )
    assert str(caught.value) == says


def test_counts_of_migrate_pages_are_only_added_to() -> None:
    """
    What it counts of one page is the same whatever it has counted of others.
    """
    function = ast.parse(inspect.getsource(driver.migrate_pages))
    counts = {"retry", "nr_failed", "nr_succeeded"}
    steps = {
        ast.unparse(node)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AugAssign)
        and counts & {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    }
    begun = {"retry = 1", "retry = 0", "nr_failed = 0", "nr_succeeded = 0"}
    added = {"retry += 1", "nr_failed += 1", "nr_succeeded += 1"}
    assert steps == {*begun, *added, "nr_failed += retry", "rc = nr_failed"}


def test_question_that_is_answered_by_0_changes_nothing() -> None:
    """
    What a test changes besides what is known, it changes if it is answered by something else.
    """
    effects = {
        name: ast.parse(inspect.getsource(slot.then))
        for name, declared in primitives_on(("a",)).items()
        if declared.test and declared.answers and (slot := getattr(ListMachine, name).slot).then
    }
    assert effects.keys() == {"PageHuge", "__PageMovable"}
    for effect in effects.values():
        (function,) = effect.body
        assert isinstance(function, ast.FunctionDef)
        (body,) = function.body
        assert isinstance(body, ast.If)
        assert ast.unparse(body.test) == "value"
        assert not body.orelse
    assert not effects.keys() & EFFECTS.keys()


def test_an_attempt_is_told_of_the_pass_only_whether_it_is_forced() -> None:
    """
    migrate_pages() compares the pass with 2, and with 10; else it only counts and reports it.
    """
    function = ast.parse(inspect.getsource(driver.migrate_pages))
    read = [
        ast.unparse(node)
        for node in ast.walk(function)
        if isinstance(node, ast.Compare | ast.BinOp | ast.AugAssign | ast.Call)
        for part in ast.iter_child_nodes(node)
        if isinstance(part, ast.Name) and part.id == "pass_"
    ]
    names = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == "pass_"]
    done = "k.attempt_done(walk, pass_, retry, nr_failed, nr_succeeded)"
    compared = ["pass_ < 10", "pass_ > 2", "pass_ > 2"]
    counted = ["pass_ + 1", "pass_ += 1"]
    assert sorted(read) == sorted([*compared, *counted, done, done])
    assert len(names) == len(read) + 1, "it is set once"
    assert FORCED_FROM == 4
