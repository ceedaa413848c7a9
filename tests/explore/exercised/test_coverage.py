# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import cast

import pytest

from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.contracts.scenario import Case, Stage
from errpath.contracts.situation import Situation, Situations
from errpath.explore.exercised.coverage import Coverage, Kind, Row
from errpath.explore.paths.enumerate import paths
from errpath.explore.source import Source
from errpath.kernel.target import Model
from errpath.migrate import model
from errpath.spec.contract import Scenario
from errpath.vocabulary.choice import Choice, Value
from tests.explore import trees
from tests.explore.watched import Watched
from tests.runs import run as run_of
from tests.stairs import CHOICES, stairs

MIGRATE = model()
STAIRS = stairs()

UP = """\
exits goto out at stairs_source.py:26: 1 case, first test_p
exits goto again at stairs_source.py:30: only with q=1
exits return -12 at stairs_source.py:32: only with r=1
exits falls into again at stairs_source.py:34: only with
exits falls into out at stairs_source.py:35: only with
exits return 1 if k.q() else land(k) at stairs_source.py:36: 1 case, first test_p
exits return 5 at stairs_source.py:46: unreachable
exits return inner() - k.get(lambda: 6) at stairs_source.py:51: unreachable
exits return 3 at stairs_source.py:53: only with
exits return at stairs_source.py:61: only with p=1
exits falls off the end at stairs_source.py:62: only with
exits return 1 at stairs_source.py:72: unreachable
exits return 2 at stairs_source.py:73: unreachable
primitives a() at stairs_source.py:34: only with
primitives b() at stairs_source.py:35: only with
primitives c at None: unreachable
values p = 0 at stairs_source.py:25: only with
values p = 1 at None: 1 case, first test_p
values q = 0 at stairs_source.py:29: only with
values q = 1 at None: 1 case, first test_p
values r = 0 at stairs_source.py:31: only with
values r = 1 at stairs_source.py:31: only with r=1
faults r = 1 at stairs_source.py:31: only with r=1"""


def _case(answers: Mapping[str, Value], returns: int) -> Case:
    """
    Give a case of no scenario, which answers so and wants that to be returned.
    """

    def wants(check: Check) -> None:
        check.returns(returns, at="specs/a.errpath:1")

    situation = Situation({CHOICES[text]: value for text, value in answers.items()}, {})
    return Case(cast("Scenario", None), "up", (), situation, (wants,))


def _told(row: Row) -> str:
    place = row.place and row.place.rpartition("/")[2]
    if row.cases:
        came = f"{row.cases} case{'s' * (row.cases > 1)}, first {row.first}"
    elif row.path:
        came = " ".join(["only with", *(f"{text}={value}" for text, value in row.unlike.items())])
    else:
        came = "unreachable"
    outcome = "" if row.outcome is None else f" {row.outcome}"
    return f"{row.kind.value} {row.says}{outcome} at {place}: {came}"


def _coverage(found: Model, semantics: str) -> Coverage:
    return Coverage(found, semantics)


def _stage(found: Model) -> Stage:
    return Stage(found, Situations(found.vocabulary), Patterns(found.vocabulary))


UP_STAGE = _stage(STAIRS)


def test_what_a_case_exercises() -> None:
    """
    A case exercises what its run passes, calls and is answered; the rest is told from paths.
    """
    coverage = _coverage(STAIRS, "up")
    coverage.judge(_case({"p": 1, "q": 1}, 1), "test_p", UP_STAGE)
    coverage.reach(paths(coverage.run, STAIRS.vocabulary.rules))
    rows = [_told(row) for row in coverage.rows() if row.kind is not Kind.BRANCHES]
    assert ("\n".join(rows), coverage.cases, coverage.broken) == (UP, 1, [])


@pytest.mark.parametrize(
    ("answers", "returns", "reached"),
    [
        ({"p": 1, "q": 1}, 1, ["k.p() True", "k.q() True", "k.q() True"]),
        ({"p": 0, "q": 1}, 1, ["k.p() False", "k.more() True", "k.q() True", "k.q() True"]),
    ],
)
def test_which_branches_a_case_exercises(
    answers: dict[str, Value], returns: int, reached: list[str]
) -> None:
    """
    An operand that is not evaluated has no outcome.
    """
    coverage = _coverage(STAIRS, "up")
    coverage.judge(_case(answers, returns), "test_a", UP_STAGE)
    found = [
        f"{row.says} {row.outcome}"
        for row in coverage.rows()
        if row.kind is Kind.BRANCHES and row.cases and " or " not in row.says
    ]
    assert found == reached


def test_a_broken_case_exercises_nothing() -> None:
    """
    What a case does whose contract is broken does not count.
    """
    coverage = _coverage(STAIRS, "up")
    coverage.judge(_case({"p": 1, "q": 1}, 0), "test_p", UP_STAGE)
    assert (coverage.broken, coverage.cases) == (["test_p"], 0)
    assert [row for row in coverage.rows() if row.cases] == []


def test_the_first_of_several_cases() -> None:
    """
    Of several cases, the first is named, and all that are kept are counted.
    """
    coverage = _coverage(STAIRS, "up")
    coverage.judge(_case({"p": 1, "q": 1}, -1), "test_broken", UP_STAGE)
    coverage.judge(_case({"p": 1, "q": 1}, 1), "test_first", UP_STAGE)
    coverage.judge(_case({"p": 1, "q": 0, "r": 0}, 3), "test_second", UP_STAGE)
    found = {row.says: (row.cases, row.first) for row in coverage.rows() if row.cases}
    assert (found["goto out"], found["return 3"]) == ((2, "test_first"), (1, "test_second"))


def test_a_model_without_source() -> None:
    """
    Without source there are no exits, branches and places; the rest is there.
    """
    bare = replace(STAIRS, modules={}, reference=lambda *_: STAIRS.reference())
    coverage = _coverage(bare, "up")
    coverage.judge(_case({"p": 1, "q": 1}, 1), "test_p", _stage(bare))
    coverage.reach(paths(coverage.run, STAIRS.vocabulary.rules))
    rows = coverage.rows()
    assert ({row.kind for row in rows}, {row.place for row in rows}, coverage.points) == (
        {Kind.FAULTS, Kind.PRIMITIVES, Kind.VALUES},
        {None},
        (),
    )


@pytest.mark.parametrize(
    ("other", "exercised"),
    [
        (replace(STAIRS), {Kind.EXITS, Kind.BRANCHES, Kind.VALUES}),
        (replace(STAIRS, modules={}, reference=lambda *_: STAIRS.reference()), {Kind.VALUES}),
        (replace(STAIRS, modules={"up": trees}), {Kind.VALUES}),
    ],
)
def test_a_case_of_another_entry(other: Model, exercised: set[Kind]) -> None:
    """
    A case of another function counts as well; for exits and branches, if the source is the same.
    """
    coverage = _coverage(STAIRS, "up")
    for test in ("test_it", "test_again"):
        coverage.judge(_case({"p": 1, "q": 1}, 1), test, _stage(other))
    rows = [row for row in coverage.rows() if row.cases]
    assert {row.kind for row in rows} == exercised
    assert {(row.cases, row.first) for row in rows} == {(2, "test_it")}


def test_a_parameter_that_nobody_reads() -> None:
    """
    A choice that is no call is listed also where the code never asks it.
    """
    unread = Choice("s", None, ("x",), text="s")
    vocabulary = replace(STAIRS.vocabulary, choices=CHOICES | {"s": unread})
    coverage = _coverage(replace(STAIRS, vocabulary=vocabulary), "up")
    coverage.reach(paths(coverage.run, STAIRS.vocabulary.rules))
    row = coverage.rows()[-1]
    assert (row.says, row.reachable) == ("s = x", False)


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_the_smallest_path_gets_there(semantics: str) -> None:
    """
    A scenario that says what the smallest path has unlike the default exercises the row.
    """
    coverage = _coverage(MIGRATE, semantics)
    coverage.reach(paths(coverage.run, MIGRATE.vocabulary.rules))
    default = Situations(MIGRATE.vocabulary).situation({}).answers
    choices = MIGRATE.vocabulary.choices
    missed = []
    stage = _stage(MIGRATE)
    rows = [row for row in coverage.rows() if row.path]
    for row in rows:
        answers = default | {choices[text]: value for text, value in row.unlike.items()}
        again = _coverage(MIGRATE, semantics)
        again.judge(
            Case(cast("Scenario", None), semantics, (), Situation(answers, {}), ()),
            "test_it",
            stage,
        )
        exercised = {(r.kind, r.says, r.outcome) for r in again.rows() if r.cases}
        if not again.broken and (row.kind, row.says, row.outcome) not in exercised:
            missed.append(_told(row))
    assert (missed, len(rows) > 200) == ([], True)


@pytest.mark.parametrize("semantics", ["pre", "post"])
@pytest.mark.parametrize("faults", [{}, {"trylock_page(dst)": "0"}])
def test_exits_are_those_that_python_sees(
    semantics: str, faults: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The exits that a case exercises are those that a trace of the module's lines shows.
    """
    situation = Situations(MIGRATE.vocabulary).situation({}, faults)
    returns = run_of(semantics, faults=faults).returns
    coverage = _coverage(MIGRATE, semantics)

    def wants(check: Check) -> None:
        check.returns(returns or 0, at="specs/a.errpath:1")

    coverage.judge(
        Case(cast("Scenario", None), semantics, (), situation, (wants,)), "test_it", _stage(MIGRATE)
    )
    found = [
        row.says.removeprefix("falls into ")
        if row.says.startswith("falls into ")
        else int((row.place or "").rpartition(":")[2])
        for row in coverage.rows()
        if row.kind is Kind.EXITS and row.cases
    ]
    watched = Watched(Source(MIGRATE.modules[semantics]), monkeypatch)
    target = MIGRATE.reference()
    watched.run(partial(target.run, semantics, situation.environment()))
    assert (sorted(map(str, found)), coverage.broken) == (sorted(map(str, watched.exits)), [])
