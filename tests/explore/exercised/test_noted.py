# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import pytest

from errpath.explore.exercised.noted import Noted
from errpath.explore.exercised.point import Point
from errpath.explore.paths.enumerate import paths
from errpath.explore.source import Source
from errpath.kernel.run import Run
from errpath.migrate import model
from errpath.vocabulary.choice import Choice, Value
from tests.explore.watched import Watched
from tests.stairs import stairs

MIGRATE = model()
STAIRS = stairs()

EXITS = """\
26 climb: goto out, if k.p() and (k.q() or not k.r())
30 climb: goto again, if k.q()
32 climb: return -12, if k.r()
34 climb: falls into again
35 climb: falls into out
36 climb: return 1 if k.q() else land(k)
46 land: return 5, if not k.r()
51 land: return inner() - k.get(lambda: 6), if k.r()
53 land: return 3, unless k.r()
61 step: return, if k.p()
62 step: falls off the end
72 stop: return 1
73 stop: return 2"""

CONDITIONS = """\
25 k.p() and (k.q() or not k.r())
25 k.p()
25 k.q() or not k.r()
25 k.q()
25 not k.r()
28 k.more()
29 k.q()
31 k.r()
36 k.q()
44 k.r()
45 not k.r()
60 k.p()"""


def _replay(run: Run) -> Callable[[Choice], Value]:
    answers = iter(run.choices.values())
    return lambda _: next(answers)


def _same(one: Run, other: Run) -> bool:
    return (one.choices, one.returns, one.trace, one.final, one.bug) == (
        other.choices,
        other.returns,
        other.trace,
        other.final,
        other.bug,
    )


def _sample(noted: Noted) -> Iterator[tuple[Run, list[int]]]:
    return islice(paths(noted.run, MIGRATE.vocabulary.rules), 0, None, 29)


def test_exits_of_a_source() -> None:
    """
    The exits are those of the functions themselves, each with its place and condition.
    """
    points = [point for point in Noted(STAIRS, "up").points if point.is_exit]
    lines = [
        f"{point.line} {point.function}: {point.says}" + (f", {point.under}" if point.under else "")
        for point in points
    ]
    assert "\n".join(lines) == EXITS


def test_conditions_of_a_source() -> None:
    """
    The conditions are those of statements and expressions, and each operand; both outcomes.
    """
    points = [point for point in Noted(STAIRS, "up").points if not point.is_exit]
    lines = [f"{point.line} {point.says}" for point in points[::2]]
    outcomes = [point.outcome for point in points]
    assert ("\n".join(lines), outcomes) == (CONDITIONS, [True, False] * len(lines))


def test_a_point_has_its_place() -> None:
    """
    The place of a point is below the package root, whatever the machine.
    """
    first = Noted(STAIRS, "up").points[0]
    assert first == Point(
        function="climb",
        file="tests/stairs_source.py",
        line=25,
        says="k.p() and (k.q() or not k.r())",
        outcome=True,
        under=None,
    )
    assert first.place == "tests/stairs_source.py:25"


@pytest.mark.parametrize(
    ("answers", "passed"),
    [
        ((1, 1), ["k.p() and (k.q() or not k.r())", "goto out", "return 1 if k.q() else land(k)"]),
        ((0, 0, 1), ["return -12"]),
        (
            (0, 0, 0),
            [
                *("falls into again", "falls into out", "falls off the end", "return 3"),
                "return 1 if k.q() else land(k)",
            ],
        ),
    ],
)
def test_exits_of_a_path(answers: tuple[int, ...], passed: list[str]) -> None:
    """
    A path has its exits in the order in which it takes them: a return when its value is known.
    """
    noted = Noted(STAIRS, "up", branches=False)
    given = iter(answers)
    _, found = noted.run(lambda _: next(given))
    assert [noted.points[index].says for index in found] == [
        says for says in passed if not says.startswith("k.")
    ]


def test_what_is_noted_is_of_one_run() -> None:
    """
    A run has nothing of the one before.
    """
    noted = Noted(STAIRS, "up")
    (_, first), *_ = paths(noted.run, STAIRS.vocabulary.rules)
    (_, again), *_ = paths(noted.run, STAIRS.vocabulary.rules)
    assert (first, bool(first)) == (again, True)


def test_no_source() -> None:
    """
    A semantics without source cannot note anything.
    """
    with pytest.raises(KeyError, match="down"):
        Noted(STAIRS, "down")


@pytest.mark.parametrize("branches", [False, True])
@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_the_copy_does_the_same(semantics: str, branches: bool) -> None:  # noqa: FBT001
    """
    The copy asks, calls and returns on every path what the module does.
    """
    noted = Noted(MIGRATE, semantics, branches=branches)
    target = MIGRATE.reference()
    rules = MIGRATE.vocabulary.rules
    originals = paths(partial(target.run, semantics), rules)
    copies = paths(noted.run, rules)
    same = [_same(one, copy) for one, (copy, _) in zip(originals, copies, strict=True)]
    assert (all(same), len(same) > 3000) == (True, True)


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_exits_are_those_that_python_sees(semantics: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What a path takes, and in which order, is what a trace of the module's lines shows.
    """
    noted = Noted(MIGRATE, semantics, branches=False)
    found = [
        (run, [_as_seen(noted.points[index]) for index in passed]) for run, passed in _sample(noted)
    ]
    watched = Watched(Source(MIGRATE.modules[semantics]), monkeypatch)
    target = MIGRATE.reference()
    differing = []
    for run, exits in found:
        watched.run(partial(target.run, semantics, _replay(run)))
        if watched.exits != exits:
            differing.append((run.choices, exits, watched.exits))
    assert (differing, len(found) > 100) == ([], True)


def _as_seen(point: Point) -> int | str:
    return point.says.removeprefix("falls into ") if point.says.startswith("falls") else point.line


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_branches_are_those_that_python_sees(
    semantics: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The outcomes of `if` statements are those that a trace of the module's lines shows.
    """
    noted = Noted(MIGRATE, semantics)
    source = Source(MIGRATE.modules[semantics])
    watched = Watched(source, monkeypatch)
    target = MIGRATE.reference()
    found: dict[int, set[bool]] = {line: set() for line in watched.ifs}
    texts = {line: source.segment(node.test) for line, node in watched.tests.items()}
    for run, passed in _sample(noted):
        for index in passed:
            point = noted.points[index]
            if point.outcome is not None and texts.get(point.line) == point.says:
                found[point.line].add(point.outcome)
        watched.run(partial(target.run, semantics, _replay(run)))
    assert found == watched.ifs
