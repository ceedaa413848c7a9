# SPDX-License-Identifier: GPL-2.0-only
"""
What generated tests call.

    migrate = contract("migrate")

    with migrate("post", {"src": "file"}, {"get_new_page(src)": "NULL"}, at="a.errpath:3") as run:
        run.returns(-ENOMEM, at="a.errpath:7")

The block runs the function under contract once, each call in it is one clause, and its end
adds what is checked without being asked. Whatever is broken is told in one failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING

import pytest

from errpath.contracts.check import Check
from errpath.contracts.condition import EVERY_PATH, Condition, Terms
from errpath.contracts.events import Patterns
from errpath.contracts.explain import Subject, explain
from errpath.contracts.law import Excuse, Law, unchecked_law
from errpath.contracts.situation import NO_FAULTS, Faults, Nth, Situations, Words
from errpath.explore.enumerate import paths
from errpath.models import model

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.kernel.target import Target

__all__ = ["Excuse", "Nth", "contract"]

NO_WORDS: Words = {}


class ContractBroken(pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """
    A test's end, when its run broke the contract; the message explains.

    `errpath_places` has a line for each promise: where the spec makes it, and the promise.
    """

    def __init__(self, explanation: str, places: list[str]) -> None:
        super().__init__(explanation, pytrace=False)
        self.errpath_places = places


class Contracts:
    """
    The contracts of one model, checked on the target in use.
    """

    def __init__(self, name: str) -> None:
        self.model = model(name)
        self.patterns = Patterns(self.model.vocabulary)
        self.situations = Situations(self.model.vocabulary)
        self.target: Target = self.model.reference()
        self.target_name = "reference model"
        self.terms = Terms(self.model.vocabulary, self.patterns)
        self._paths: dict[str, list[Run]] = {}

    def __call__(
        self,
        semantics: str,
        words: Words = NO_WORDS,
        faults: Faults = NO_FAULTS,
        *,
        at: str,
        scenario: str = "",
    ) -> Checked:
        """
        Run one situation in one semantics, for the clauses of the block that follows.
        """
        return Checked(self, semantics, words, faults, at=at, scenario=scenario)

    def paths(
        self,
        semantics: str,
        when: Condition = EVERY_PATH,
        *excuses: Excuse,
        at: str,
        law: str,
    ) -> Iterator[Check]:
        """
        Give every path that a law binds, for the clauses of the loop that follows.

        The loop's end judges. The test fails if some path breaks the law without an excuse,
        if an excuse is not true any more, if the law binds no path, or if it has a clause that
        no path could have broken.
        """
        judged = Law(model=self.model, patterns=self.patterns, terms=self.terms)
        yield from judged.paths(self._all_paths(semantics), when, excuses)
        if judged.broken:
            says = judged.explained(
                law, at=at, semantics=semantics, target=self.target_name, again=_again()
            )
            broken = judged.smallest()[1]
            raise ContractBroken(says, [f"{one.at or at} {one.clause}" for one in broken])
        unchecked = judged.unchecked(excuses)
        if unchecked:
            says = unchecked_law(law, at=at, semantics=semantics, unchecked=unchecked)
            raise ContractBroken(says, [f"{at} {law}"])

    def _all_paths(self, semantics: str) -> list[Run]:
        found = self._paths.get(semantics)
        if found is None:
            target, rules = self.target, self.model.vocabulary.rules
            every = paths(lambda environment: target.run(semantics, environment), rules)
            found = self._paths[semantics] = list(every)
        return found


class Checked:
    """
    One run under contract, as a context: entering gives the `Check`.
    """

    __slots__ = (
        "at",
        "check",
        "contracts",
        "faults",
        "scenario",
        "semantics",
        "situation",
        "words",
    )

    def __init__(
        self,
        contracts: Contracts,
        semantics: str,
        words: Words,
        faults: Faults,
        *,
        at: str,
        scenario: str,
    ) -> None:
        self.contracts = contracts
        self.semantics = semantics
        self.words = words
        self.faults = faults
        self.at = at
        self.scenario = scenario
        self.situation = contracts.situations.situation(words, faults)

    def __enter__(self) -> Check:
        contracts = self.contracts
        run = contracts.target.run(self.semantics, self.situation.environment())
        self.check = Check(run, model=contracts.model, patterns=contracts.patterns)
        return self.check

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        broken = self.check.finish(self.situation)
        if broken:
            places = [f"{one.at or self.at} {one.clause}" for one in broken]
            subject = Subject(
                scenario=self.scenario or self.at,
                at=self.at,
                semantics=self.semantics,
                target=self.contracts.target_name,
                words=self.words,
                faults=self.faults,
                again=_again(),
            )
            raise ContractBroken(explain(subject, self.check.run, self.situation, broken), places)


_contracts: dict[str, Contracts] = {}


def contract(name: str) -> Contracts:
    """
    Give the contracts of a model: what a generated test module starts with.
    """
    found = _contracts.get(name)
    if found is None:
        found = _contracts[name] = Contracts(name)
    return found


def _again() -> str:
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
    return f'pytest "{test}"' if test else "the same call"
