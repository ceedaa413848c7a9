# SPDX-License-Identifier: GPL-2.0-only
"""
What generated tests call.

    migrate = contract("migrate")

    with migrate("post", {"src": "file"}, {"get_new_page(src)": "NULL"}, at="a.errpath:3") as run:
        run.returns(-ENOMEM, at="a.errpath:7")

    with migrate.at("migrate_pages", "a", "b")("post", {"a": "anon"}, at="a.errpath:12") as run:
        run.changes("passes", 1, at="a.errpath:16")

The block runs the function under contract once, or with `at` another one on a list of pages;
each call in it is one clause, and its end adds what is checked without being asked. Whatever is
broken is told in one failure.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from itertools import islice
from shlex import quote
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import pytest

from errpath.contracts.alike import alike
from errpath.contracts.check import Check
from errpath.contracts.condition import EVERY_PATH, Condition, Terms
from errpath.contracts.events import Patterns
from errpath.contracts.explain import Subject, explain
from errpath.contracts.law import Excuse, Law, unchecked_law
from errpath.contracts.situation import NO_FAULTS, Faults, Nth, Situations, Words
from errpath.explore.paths.enumerate import paths
from errpath.models import model

if TYPE_CHECKING:
    from errpath.contracts.alike import Alike
    from errpath.explore.merged.lists import Lists, Over
    from errpath.explore.merged.lone.lone_page import LonePage
    from errpath.explore.merged.on_lists import OnLists
    from errpath.kernel.target import Model, Target

__all__ = ["Excuse", "Nth", "contract"]

NO_WORDS: Words = {}


class _RunsOn(NamedTuple):
    """
    What makes the target of a model, how it is called, and the option that asks for it.
    """

    target: Callable[[Model], Target]
    name: str
    option: str


_REFERENCE: Final = _RunsOn(lambda model: model.reference(), "reference model", "")
_runs_on: list[_RunsOn] = [_REFERENCE]


def run_on(target: str | None) -> None:
    """
    Have contracts run on the target of that name, `native:BUILD`; None is the reference model.

    A pytest.UsageError tells of a name that means nothing. Laws over lists whose paths are
    merged stay on the reference model.
    """
    _contracts.clear()
    if target is None:
        _runs_on[:] = [_REFERENCE]
        return
    from errpath.native.named import native_named  # noqa: PLC0415 - who asks for it pays for it
    from errpath.native.refusal import RefusedError  # noqa: PLC0415

    try:
        found = native_named(target)
    except RefusedError as error:
        raise pytest.UsageError(str(error)) from None
    _runs_on[:] = [_RunsOn(found.target, found.says, f"--errpath-target {quote(target)} ")]


MOST_PATHS: Final = 100_000
"""The number of paths above which a law is not judged on each: they are merged, if they can be."""


class ContractBroken(pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """
    A test's end, when its run broke the contract; the message explains.

    `errpath_places` has a line for each promise: where the spec makes it, and the promise.
    """

    def __init__(self, explanation: str, places: list[str]) -> None:
        super().__init__(explanation, pytrace=False)
        self.errpath_places = places


_Judging: TypeAlias = "Generator[Check, None, tuple[Law | OnLists, Callable[..., str]]]"


class _Laws(ABC):
    """
    What laws are judged under: all paths of a semantics, one by one or merged.
    """

    def paths(
        self,
        semantics: str,
        when: Condition = EVERY_PATH,
        *excuses: Excuse,
        at: str,
        law: str,
    ) -> Iterator[Check]:
        """
        Give a check for all paths that a law binds, for the clauses of the loop that follows.

        The loop's end judges. The test fails if some path breaks the law without an excuse,
        if an excuse is not true any more, if the law binds no path, if it has a clause that
        no path could have broken, or if there are more paths than can be walked. Where paths
        are merged, what the loop gets first only takes note of the clauses, and the test fails
        also if one of them cannot be judged so.
        """
        judged, explained = yield from self.judge(semantics, when, excuses, at=at, law=law)
        if judged.broken_paths:
            says = explained(law, at=at, again=_again())
            broken = judged.smallest()[1]
            raise ContractBroken(says, [f"{one.at or at} {one.clause}" for one in broken])
        unchecked = judged.unchecked(excuses)
        if unchecked:
            raise _unchecked(unchecked, law, at=at, semantics=semantics)

    @abstractmethod
    def judge(
        self, semantics: str, when: Condition, excuses: Sequence[Excuse], *, at: str, law: str
    ) -> _Judging:
        """
        Give the checks, and then what came of the law, with what words how it is broken.
        """


class Contracts(_Laws):
    """
    The contracts of one model, checked on the target in use.
    """

    def __init__(
        self, model: Model, *, most: int = MOST_PATHS, of: Callable[[], Lists] | None = None
    ) -> None:
        self.model = model
        self._of = of
        self.most = most
        self.patterns = Patterns(self.model.vocabulary)
        self.situations = Situations(self.model.vocabulary)
        self.target: Target = _runs_on[0].target(model)
        self.target_name = _runs_on[0].name
        self.terms = Terms(self.model.vocabulary, self.patterns)
        self._paths: dict[str, list[Alike]] = {}
        self._entries: dict[tuple[str, ...], Contracts] = {}
        self._lists: dict[str, Lists] = {}
        self._lone: dict[str, LonePage] = {}

    def at(self, entry: str, *pages: str) -> Contracts:
        """
        Give the contracts of another function's runs on pages of those names, made once.
        """
        found = self._entries.get((entry, *pages))
        if found is None:
            found = self._entries[entry, *pages] = Contracts(
                self.model.at(entry, pages), of=partial(self._lists_of, entry)
            )
        return found

    def lists(self, entry: str, *, pages: int) -> ContractsOfLists:
        """
        Give the contracts of an entry's runs on a list of so many pages.
        """
        from errpath.explore.merged.lists import Over, names_of  # noqa: PLC0415 - only lists pay

        return ContractsOfLists(self._lists_of(entry), [Over(names_of(pages, "page"))])

    def each(self, entry: str, page: str, *, pages: int) -> ContractsOfLists:
        """
        Give the contracts of an entry's runs on such a list, on which `page` is each in turn.
        """
        from errpath.explore.merged.lists import lists_with  # noqa: PLC0415 - likewise

        return ContractsOfLists(self._lists_of(entry), list(lists_with(page, (pages,))))

    def _lists_of(self, entry: str) -> Lists:
        from errpath.explore.merged.lists import Lists  # noqa: PLC0415 - likewise

        found = self._lists.get(entry)
        if found is None:
            found = self._lists[entry] = Lists(self.model, entry, lone=self._lone)
        return found

    def forget(self) -> None:
        """
        Forget the paths that were walked: the code that is run has changed.
        """
        self._paths.clear()
        self._lists.clear()
        self._lone.clear()
        for contracts in self._entries.values():
            contracts.forget()

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

    def judge(
        self, semantics: str, when: Condition, excuses: Sequence[Excuse], *, at: str, law: str
    ) -> _Judging:
        every = self._all_paths(semantics)
        if not every:
            from errpath.explore.merged.lists import Over  # noqa: PLC0415 - only lists pay

            why = f"there are more than {self.most:,} paths: "
            if self._of is None:
                raise _unchecked([f"{why}the law is not judged"], law, at=at, semantics=semantics)
            merged = ContractsOfLists(self._of(), [Over(self.model.vocabulary.pages)], why)
            return (yield from merged.judge(semantics, when, excuses, at=at, law=law))
        judged = Law(model=self.model, patterns=self.patterns, terms=self.terms)
        yield from judged.paths(every, when, excuses)
        return judged, partial(judged.explained, semantics=semantics, target=self.target_name)

    def _all_paths(self, semantics: str) -> list[Alike]:
        """
        Give all paths of a semantics; none, if there are too many.
        """
        found = self._paths.get(semantics)
        if found is None:
            target, rules = self.target, self.model.vocabulary.rules
            every = paths(lambda environment: target.run(semantics, environment), rules)
            found = alike(islice(every, self.most), self.model)
            if next(every, None) is not None:
                found = []
            self._paths[semantics] = found
        return found


class ContractsOfLists(_Laws):
    """
    The contracts of runs over some lists of pages, whose paths are merged.

    `why` is what is said before the reason, if they cannot be.
    """

    def __init__(self, lists: Lists, every: Sequence[Over], why: str = "") -> None:
        self._lists = lists
        self._every = every
        self._why = why

    def judge(
        self, semantics: str, when: Condition, excuses: Sequence[Excuse], *, at: str, law: str
    ) -> _Judging:
        from errpath.explore.merged.entangled import EntangledError  # noqa: PLC0415 - likewise
        from errpath.explore.merged.on_lists import OnLists  # noqa: PLC0415 - likewise

        judged = OnLists(self._lists, semantics)
        try:
            yield from judged.paths(self._every, when, excuses, at=at)
        except EntangledError as error:
            says = f"{self._why}{error}"
            raise _unchecked([says], law, at=at, semantics=semantics) from None
        return judged, partial(judged.explained, target="reference model")


def _unchecked(found: Sequence[str], law: str, *, at: str, semantics: str) -> ContractBroken:
    says = unchecked_law(law, at=at, semantics=semantics, unchecked=found)
    return ContractBroken(says, [f"{at} {law}"])


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
        found = _contracts[name] = Contracts(model(name))
    return found


def _again() -> str:
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
    return f'pytest {_runs_on[0].option}"{test}"' if test else "the same call"
