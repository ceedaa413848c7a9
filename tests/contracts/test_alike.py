# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from errpath.contracts.alike import alike, named_by
from errpath.contracts.cleanup import complaints, complaints_of
from errpath.contracts.condition import (
    EVERY_PATH,
    All,
    Condition,
    Made,
    Not,
    Returned,
    Said,
    Some,
    Terms,
)
from errpath.contracts.events import Patterns
from errpath.contracts.law import Excuse, Law
from errpath.explore.paths.enumerate import paths
from errpath.kernel.event import Event
from errpath.kernel.run import Run
from errpath.language.loading import load
from errpath.migrate import model

ROOT = Path(__file__).parents[2]
MIGRATE = model()
PATTERNS = Patterns(MIGRATE.vocabulary)
TERMS = Terms(MIGRATE.vocabulary, PATTERNS)
NOTHING: frozenset[Event] = frozenset()
BUSY = Made("trylock_page(src) fails")
ASYNC = Said("mode", "MIGRATE_ASYNC")
CONDITIONS: dict[str, Condition] = {
    "every path": EVERY_PATH,
    "a test": Made("PageWriteback(src) = 1"),
    "a call": BUSY,
    "a return code": Returned(-11),
    "a word": ASYNC,
    "a call, and no word": All(BUSY, Not(ASYNC)),
    "a call, or a word": Some(BUSY, Said("force", "yes")),
}


def _paths(semantics: str) -> list[Run]:
    run = partial(MIGRATE.reference().run, semantics)
    return list(paths(run, MIGRATE.vocabulary.rules))


def _end(run: Run) -> str:
    contracts = [one.contract for one in complaints(run, MIGRATE)]
    held = [item for item, _ in run.ledger.open_rows()]
    return repr((run.final, held, sorted(map(str, run.entitled)), contracts))


@pytest.mark.parametrize("named", [None, NOTHING], ids=["any test told", "no test told"])
@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_paths_that_did_the_same_are_judged_alike(
    semantics: str, named: frozenset[Event] | None
) -> None:
    """
    They end in the same state, hold the same, and break the same contracts.
    """
    for same in alike(_paths(semantics), MIGRATE, named):
        assert len({_end(run) for run in same}) == 1


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_every_path_is_in_one_class(semantics: str) -> None:
    """
    No path is lost, none is there twice, and far fewer are to be judged.
    """
    runs = _paths(semantics)
    classes = alike(runs, MIGRATE)
    together = [run for same in classes for run in same]
    assert sorted(map(id, together)) == sorted(map(id, runs))
    assert len(classes) < len(runs) / 2


def _judged(
    classes: Sequence[Sequence[Run]], when: Condition, excuse: Condition
) -> tuple[object, ...]:
    law = Law(model=MIGRATE, patterns=PATTERNS, terms=TERMS)
    told = Excuse(excuse, at="specs/a.errpath:3")
    for check in law.paths(classes, when, [told]):
        check.never("list_del(src)", at="specs/a.errpath:4")
        check.keeps("new_page", at="specs/a.errpath:5")
    broken = {id(run) for run, _ in law.broken}
    return law.bound, broken, law.idle, told.excused, told.kept


@pytest.mark.parametrize("excuse", CONDITIONS)
@pytest.mark.parametrize("when", CONDITIONS)
def test_law_on_classes_is_the_law_on_each_path(when: str, excuse: str) -> None:
    """
    A law binds, breaks and excuses the same paths, one by one or together.
    """
    runs = _paths("post")
    one_by_one = [[run] for run in runs]
    named = PATTERNS.meant_by("PageWriteback(src) = 1")
    together = alike(runs, MIGRATE, named)
    binds, excuses = CONDITIONS[when], CONDITIONS[excuse]
    assert _judged(together, binds, excuses) == _judged(one_by_one, binds, excuses)


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_obligations_judge_what_the_ledger_does_not(semantics: str) -> None:
    """
    A contract that is about rows of the ledger is broken by rows alone; the others have none.
    """
    cleanup = MIGRATE.vocabulary.cleanup
    for run in _paths(semantics):
        assert complaints(run, MIGRATE) == [
            one
            for contract in sorted(cleanup, key=lambda name: not cleanup[name].items)
            for one in complaints_of(run, MIGRATE, contract)
        ]


def test_events_that_contracts_name() -> None:
    """
    What clauses, scopes, conditions and exceptions name is told apart.
    """
    specs = load([Path("specs/laws.errpath")], root=ROOT, vocabulary=MIGRATE.vocabulary).specs
    found = named_by([law for spec in specs for law in spec.laws], PATTERNS)
    tests = {event.text for event in found if event.primitive.test}
    assert tests == {"PageWriteback(src) = 1", "__PageMovable(src) = 1"} | {
        event.text for event in PATTERNS.meant_by("page_count(src)")
    }
