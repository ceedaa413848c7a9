# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.explore.edges.comparison import Change, Comparison
from errpath.explore.edges.survey import HELD, Survey, Surveyor
from errpath.explore.paths.enumerate import paths
from errpath.kernel.run import Run
from errpath.migrate.entitlement import AT_ENTRY
from errpath.migrate.migration import MIGRATE
from errpath.migrate.reference import Reference
from errpath.vocabulary.hold import Item, item
from errpath.vocabulary.primitive import May
from tests.toy import LOCK, REF, VOCABULARY, run_of

MIGRATION = MIGRATE.vocabulary


def _survey(*runs: Run, name: str = "toy") -> Survey:
    surveyor = Surveyor(name, VOCABULARY.choices)
    surveyor.add(runs)
    return surveyor.survey()


def _edges(*runs: Run) -> dict[tuple[str, str], int]:
    return {(str(e.item), e.call): seen.paths for e, seen in _survey(*runs).edges.items()}


@cache
def _runs(semantics: str) -> tuple[Run, ...]:
    target = Reference()
    return tuple(paths(lambda environment: target.run(semantics, environment), MIGRATION.rules))


@cache
def _migration(semantics: str) -> Survey:
    surveyor = Surveyor(semantics, MIGRATION.choices)
    surveyor.add(_runs(semantics))
    return surveyor.survey()


def _replayed(run: Run) -> Iterator[tuple[int, list[tuple[Item, bool]], set[Item]]]:
    """
    Give each step with what is held before it, and what it gives up.

    It reads the declarations of the primitives and no ledger.
    """
    held = [(one, True) for one in AT_ENTRY if one.hold.family in HELD]
    for step, made in enumerate(run.trace, 1):
        declared = made.primitive
        failed = made.value in [answer.value for answer in declared.faults()]
        gives, takes = set[Item](), set[Item]()
        if declared.gives_up and declared.gives_up.family in HELD:
            gives.add(item(declared.gives_up, made.subjects[0]))
        if declared.takes and (declared.takes_on_fault or not failed):
            takes.add(item(declared.takes, declared.takes_on or made.subjects[0]))
        yield step, list(held), gives
        held = [row for row in held if row[0] not in gives] + [(one, False) for one in takes]


def test_call_between_taking_and_giving_up() -> None:
    """
    A call has an edge to what was taken before it and is given up behind it, and no other has.
    """
    assert _edges(run_of("a lock(x) b unlock(x) c")) == {("LOCK(x)", "b()"): 1}


def test_what_takes_another() -> None:
    """
    A call that takes or gives up one thing is made while another is held.
    """
    assert _edges(run_of("lock(x) get(y) put(y) unlock(x)")) == {
        ("LOCK(x)", "get(y)"): 1,
        ("LOCK(x)", "put(y)"): 1,
    }


def test_what_is_never_given_up() -> None:
    """
    What is still held at the end was held over every call that came behind.
    """
    assert _edges(run_of("lock(x) a b")) == {("LOCK(x)", "a()"): 1, ("LOCK(x)", "b()"): 1}


def test_second_reference() -> None:
    """
    A second reference on top of the first has edges of its own to nothing more.
    """
    assert _edges(run_of("get(x) a get(x) b put(x) c put(x)")) == {
        ("REF(x)", "a()"): 1,
        ("REF(x)", "get(x)"): 1,
        ("REF(x)", "b()"): 1,
        ("REF(x)", "put(x)"): 1,
        ("REF(x)", "c()"): 1,
    }


def test_failed_trylock_holds_nothing() -> None:
    """
    A lock that was tried in vain is not held.
    """
    assert _edges(run_of("try(x) = 0 a try(y) = 1 b")) == {("LOCK(y)", "b()"): 1}


def test_path_counts_once() -> None:
    """
    A path on which a call is made twice is one path, and the step is that of the first call.
    """
    found = _survey(run_of("a lock(x) b a a"), run_of("lock(x) a"), run_of("a"))
    assert {edge.call: (seen.paths, seen.step) for edge, seen in found.edges.items()} == {
        "b()": (1, 3),
        "a()": (2, 2),
    }
    assert found.paths == 3


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_smallest_path(order: tuple[int, ...]) -> None:
    """
    The smallest path has the fewest faults, and of those the shortest trace.
    """
    faulty = run_of("lock(x) a", choices={"try(y)": 0})
    long = run_of("b lock(x) a", choices={"try(y)": 1, "colour": "red"})
    longer = run_of("b b lock(x) a", choices={"try(y)": 1})
    runs = (faulty, long, longer)
    (seen,) = _survey(*(runs[n] for n in order)).edges.values()
    assert (seen.run is long, seen.paths, seen.step, seen.event.call) == (True, 3, 3, "a()")


def test_repeated_choice_that_is_a_fault() -> None:
    """
    A fault of a question that is asked again counts like one of the first asking.
    """
    twice = run_of("lock(x) a", choices={"try(y)": 0, "try(y)#2": 0})
    once = run_of("b b b lock(x) a", choices={"try(y)": 0, "try(y)#2": 1})
    (seen,) = _survey(twice, once).edges.values()
    assert seen.run is once


def test_held_set_has_locks_first() -> None:
    """
    All that is held over a call is one set, in whichever order it was taken.
    """
    found = _survey(run_of("get(y) lock(y) lock(x) a"), run_of("lock(x) lock(y) get(y) a"))
    assert {
        held.items: seen.paths for held, seen in found.held_sets.items() if held.call == "a()"
    } == {(item(LOCK, "x"), item(LOCK, "y"), item(REF, "y")): 2}


def test_call_that_holds_nothing() -> None:
    """
    A call over which nothing is held has the empty set.
    """
    assert [(held.call, held.items) for held in _survey(run_of("a")).held_sets] == [("a()", ())]


def test_lock_order() -> None:
    """
    A lock that is taken while another is held has an order; references have none.
    """
    found = _survey(run_of("get(x) lock(x) try(y) = 1 unlock(y) unlock(x) lock(x)"))
    assert [(str(o.outer), str(o.inner), o.call) for o in found.orders] == [
        ("LOCK(x)", "LOCK(y)", "try(y)")
    ]


@pytest.mark.parametrize(
    ("trace", "expected"),
    [("lock(x) a", True), ("lock(x) unlock(x) a", False), ("get(x) a", False), ("a", False)],
)
def test_survey_that_shows_no_lock(trace: str, expected: bool) -> None:  # noqa: FBT001
    """
    A survey in which nothing is called under a lock says so.
    """
    assert _survey(run_of(trace)).takes_locks is expected


MOVES = st.lists(
    st.sampled_from("a b lock(x) unlock(x) lock(y) unlock(y) get(x) put(x) get(y) put(y)".split()),
    max_size=20,
)


@given(MOVES)
def test_edges_are_those_of_a_walk(moves: list[str]) -> None:
    """
    Walking a trace event by event, with what is held in hand, finds the same edges.
    """
    held: dict[str, int] = {}
    trace: list[str] = []
    expected: set[tuple[str, str]] = set()
    for move in moves:
        verb, _, page = move.partition("(")
        name = {"lock": "LOCK(", "unlock": "LOCK(", "get": "REF(", "put": "REF("}.get(verb, "")
        mine = name + page
        if (verb == "lock" and held.get(mine)) or (verb in {"unlock", "put"} and mine not in held):
            continue
        trace.append(move)
        over = dict(held)
        if verb in {"unlock", "put"}:
            over[mine] -= 1
            held[mine] -= 1
            held = {key: count for key, count in held.items() if count}
        elif name:
            held[mine] = held.get(mine, 0) + 1
        expected |= {(one, move if name else f"{move}()") for one, count in over.items() if count}
    assert _edges(run_of(" ".join(trace))).keys() == expected


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_edges_of_the_model_by_replay(semantics: str) -> None:
    """
    Replaying every path by the declarations of its calls finds the same edges and counts.
    """
    expected: Counter[tuple[str, bool, str]] = Counter()
    for run in _runs(semantics):
        expected.update(
            {
                (str(one), at_entry, run.trace[step - 1].call)
                for step, held, gives in _replayed(run)
                for one, at_entry in held
                if one not in gives
            }
        )
    found = _migration(semantics).edges
    assert {(str(e.item), e.at_entry, e.call): seen.paths for e, seen in found.items()} == expected


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_held_sets_of_the_model_by_replay(semantics: str) -> None:
    """
    Replaying every path finds the same held sets, without what the caller held already.
    """
    expected: Counter[tuple[str, frozenset[Item]]] = Counter()
    for run in _runs(semantics):
        expected.update(
            {
                (run.trace[step - 1].call, frozenset(o for o, at in held if not at) - gives)
                for step, held, gives in _replayed(run)
                if not run.trace[step - 1].primitive.test
            }
        )
    found = _migration(semantics).held_sets
    assert {(h.call, frozenset(h.items)): seen.paths for h, seen in found.items()} == expected


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_example_shows_its_edge(semantics: str) -> None:
    """
    The smallest path of each edge has the call at its step, inside a span of what is held.
    """
    for edge, seen in _migration(semantics).edges.items():
        step, held, gives = list(_replayed(seen.run))[seen.step - 1]
        assert (seen.event.call, step) == (edge.call, seen.step)
        assert (edge.item, edge.at_entry) in held
        assert edge.item not in gives


def test_allocation_under_the_page_lock() -> None:
    """
    The reviewer's question: pre never allocates under PG_locked(src), post always does.
    """
    found = {}
    for semantics in ("pre", "post"):
        calls = sum(any(e.call == "get_new_page(src)" for e in r.trace) for r in _runs(semantics))
        under = sum(
            seen.paths
            for edge, seen in _migration(semantics).edges.items()
            if (str(edge.item), edge.call) == ("PG_locked(src)", "get_new_page(src)")
        )
        found[semantics] = calls, under
    assert found == {"pre": (3102, 0), "post": (3104, 3104)}


def _compared(*traces: str) -> Comparison:
    return Comparison([_survey(run_of(trace), name=f"v{n}") for n, trace in enumerate(traces)])


def test_change_of_an_edge() -> None:
    """
    The last semantics is compared with the first, whatever stands between them.
    """
    found = _compared("lock(x) a b", "lock(x) a d", "lock(x) a c")
    assert {row.key.call: (row.change, [bool(s) for s in row.seen]) for row in found.edges} == {
        "a()": (Change.SAME, [True, True, True]),
        "b()": (Change.GONE, [True, False, False]),
        "c()": (Change.NEW, [False, False, True]),
        "d()": (Change.SAME, [False, True, False]),
    }


def test_one_semantics_has_no_change() -> None:
    """
    Nothing is new in a semantics that stands alone.
    """
    (row,) = _compared("lock(x) a").edges
    assert row.change is Change.SAME


def test_order_of_rows() -> None:
    """
    Locks come before references; of each, what is new, then what is gone, then the rest.
    """
    found = _compared("get(x) lock(x) a b", "get(x) lock(x) a c")
    assert [(str(r.key.item), r.key.call, r.change.value) for r in found.edges] == [
        ("LOCK(x)", "c()", "+"),
        ("LOCK(x)", "b()", "-"),
        ("LOCK(x)", "a()", " "),
        ("REF(x)", "c()", "+"),
        ("REF(x)", "b()", "-"),
        ("REF(x)", "a()", " "),
        ("REF(x)", "lock(x)", " "),
    ]


def test_gravest_comes_first() -> None:
    """
    The first row of post beside pre is the allocation that may reclaim, under the page lock.
    """
    found = Comparison([_migration("pre"), _migration("post")])
    first = found.edges[0]
    assert (str(first.key.item), first.key.call, first.change, first.primitive.may) == (
        "PG_locked(src)",
        "get_new_page(src)",
        Change.NEW,
        May.SLEEP | May.ALLOCATE | May.RECLAIM | May.WRITE_BACK,
    )


def test_what_was_held_at_entry_is_apart() -> None:
    """
    What the caller's reference is held over comes last, and is no edge of the run's own.
    """
    found = Comparison([_migration("post")])
    flags = [row.key.at_entry for row in found.edges]
    texts = {str(row.key.item) for row in found.edges if row.key.at_entry}
    assert (flags, texts) == (sorted(flags), {"page_ref(src)"})
