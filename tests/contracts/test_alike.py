# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from errpath.contracts.alike import alike
from errpath.contracts.cleanup import complaints
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
from errpath.explore.enumerate import paths
from errpath.kernel.run import Run
from errpath.migrate import model

MIGRATE = model()
PATTERNS = Patterns(MIGRATE.vocabulary)
TERMS = Terms(MIGRATE.vocabulary, PATTERNS)
BUSY = Made("trylock_page(src) fails")
ASYNC = Said("mode", "MIGRATE_ASYNC")
CONDITIONS: dict[str, Condition] = {
    "every path": EVERY_PATH,
    "a call": BUSY,
    "a return code": Returned(-11),
    "a word": ASYNC,
    "a call, and no word": All(BUSY, Not(ASYNC)),
    "a call, or a word": Some(BUSY, Said("force", "yes")),
}


def _paths(semantics: str) -> list[Run]:
    run = partial(MIGRATE.reference().run, semantics)
    return list(paths(run, MIGRATE.vocabulary.rules))


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_paths_that_did_the_same_are_judged_alike(semantics: str) -> None:
    """
    They end in the same state, hold the same, and have the same complaints about them.
    """
    for same in alike(_paths(semantics), MIGRATE):
        assert [
            (run.final, run.ledger.open_rows(), run.entitled, complaints(run, MIGRATE))
            for run in same
        ] == len(same) * [
            (
                same[0].final,
                same[0].ledger.open_rows(),
                same[0].entitled,
                complaints(same[0], MIGRATE),
            )
        ]


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
    together = alike(runs, MIGRATE)
    binds, excuses = CONDITIONS[when], CONDITIONS[excuse]
    assert _judged(together, binds, excuses) == _judged(one_by_one, binds, excuses)
