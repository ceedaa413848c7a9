# SPDX-License-Identifier: GPL-2.0-only
"""
Other tools that run scenarios: pytest-bdd and behave, each beside empty test functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus import write_empty
from environment import environment
from measure import Command, in_turn
from table import Row

_FEATURE = """\
Feature: allocation
"""
_SCENARIO = """\
  Scenario: an allocation that fails, number {n}
    Given an anonymous page
    When there is no memory
    Then the page stays with its caller
"""
_BDD_STEPS = """\
from pytest_bdd import given, scenarios, then, when

scenarios(".")


@given("an anonymous page")
def _(): pass


@when("there is no memory")
def _(): pass


@then("the page stays with its caller")
def _(): pass
"""
_BEHAVE_STEPS = """\
from behave import given, then, when


@given("an anonymous page")
def page(context): pass


@when("there is no memory")
def memory(context): pass


@then("the page stays with its caller")
def stays(context): pass
"""


def rows(root: Path, *, scenarios: int, rounds: int) -> Iterator[Row]:
    """
    Measure both, in an environment of their own, with so many scenarios that do nothing.
    """
    bin_ = environment(root)
    feature = _FEATURE + "".join(_SCENARIO.format(n=number) for number in range(scenarios))
    bdd, behave = root / "bdd", root / "behave"
    (bdd / "tests").mkdir(parents=True)
    (bdd / "tests" / "a.feature").write_text(feature)
    (bdd / "tests" / "test_a.py").write_text(_BDD_STEPS)
    (behave / "features" / "steps").mkdir(parents=True)
    (behave / "features" / "a.feature").write_text(feature)
    (behave / "features" / "steps" / "a.py").write_text(_BEHAVE_STEPS)
    write_empty(root / "nothing", functions=scenarios, modules=1)
    quiet = ("-q", "--no-header", "-p", "no:cacheprovider")
    empty, with_bdd, with_behave = in_turn(
        Command(argv=[bin_ / "pytest", *quiet, "tests"], folder=root / "nothing"),
        Command(argv=[bin_ / "pytest", *quiet, "tests"], folder=bdd),
        Command(argv=[bin_ / "behave", "--format=progress"], folder=behave),
        rounds=rounds,
    )
    name = f"{scenarios:,} scenarios / empty functions"
    yield Row(f"pytest-bdd, {name}", with_bdd.seconds / empty.seconds)
    yield Row(f"behave, {name}", with_behave.seconds / empty.seconds)
