# SPDX-License-Identifier: GPL-2.0-only
"""
Every outcome of migrate_pages() and the putback after it, of errpath's own reference.

Every path is walked but for this: where an attempt ends, runs whose state and outcome so far
agree are gone on from once (`Attempts.state()`); and of answers that the code reads nowhere
apart one is given. It shares nothing with errpath's own way to merge paths.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

from measure import Unmeasured
from outcomes import Outcome, Place

from errpath.explore.paths.enumerate import Enumeration
from errpath.explore.paths.rest import Rest
from errpath.kernel.caller import MIGRATE_SYNC_NO_COPY, MODE, PF_SWAPWRITE, REASON, REASONS
from errpath.kernel.pages.listed_page import NEW
from errpath.migrate import driver
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.reference import ListReference
from errpath.vocabulary.errno import spell
from errpath.vocabulary.rule import Rule, Rules

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value

ENTRY = "migrate_pages_and_putback"
_SOURCE = inspect.getsource(driver)
_ALIKE = tuple(
    Rule(says="it is as another answer", excludes={choice.text: value})
    for choice, values in (
        (MODE, {MIGRATE_SYNC_NO_COPY}),
        (REASON, {*REASONS[2:]}),
        (PF_SWAPWRITE, {"set"}),
    )
    for value in sorted(values)
)


class _Over(BaseException):
    """
    The attempt behind those that are repeated has ended.
    """


class _Walk:
    """
    Repeats the answers of some attempts, and gives every combination to the one after them.
    """

    def __init__(self, rules: Any, prefix: tuple[Value, ...], attempts: int) -> None:
        part = Rest(tuple((value,) for value in prefix), (1,) * len(prefix))
        self.enumeration = Enumeration(rules, part)
        self._attempts = attempts
        self.restart()

    def restart(self) -> None:
        """
        Make ready for the next run.
        """
        self.given: list[Value] = []
        self.known: dict[str, Value] = {}
        self._count = 0

    def __call__(self, choice: Choice) -> Value:
        value = self.enumeration.answer(choice)
        self.given.append(value)
        self.known[choice.text] = value
        return value

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered.
        """
        texts = tuple(texts)
        self.enumeration.forget(texts)
        for text in texts:
            self.known.pop(text, None)

    def ended(self, _: Any) -> None:
        """
        End the run behind the attempt after those that are repeated.
        """
        self._count += 1
        if self._count > self._attempts:
            raise _Over


def walked(
    semantics: str, pages: tuple[str, ...], *, passes: int, forced_from: int
) -> Iterator[Outcome]:
    """
    Give every outcome of a list of pages, some of them several times.
    """
    model = MIGRATE.at(ENTRY, pages)
    rules = Rules((*model.vocabulary.rules.rules, *_ALIKE))
    ruled = {text for rule in rules.rules for text in rule.excludes}
    target = reference(pages, passes=passes, forced_from=forced_from)
    machine: Any = target.machine
    anew = {text for page in machine.owners for text in page.asked_anew}
    seen: set[object] = set()
    todo: list[tuple[tuple[Value, ...], int]] = [((), 0)]
    while todo:
        prefix, attempts = todo.pop()
        walk = _Walk(rules, prefix, attempts)

        def once(_: object, walk: _Walk = walk) -> Run | None:
            walk.restart()
            try:
                return target.run(semantics, walk, walk.ended)
            except _Over:
                return None

        for run in walk.enumeration.paths(once):
            if run is not None:
                yield outcome(run, machine)
                continue
            left = {page.name for page in machine.from_.pages()}
            known = frozenset(
                (text, value)
                for text, value in walk.known.items()
                if text in ruled - anew and _page_of(text) in left
            )
            key = (machine.state(), machine.outcome(), known)
            if key not in seen:
                seen.add(key)
                todo.append((tuple(walk.given), attempts + 1))


def reference(pages: tuple[str, ...], *, passes: int, forced_from: int) -> ListReference:
    """
    Give errpath's reference with another number of passes, and with force from another pass on.
    """
    return ListReference(pages, putback=True, by=_driver(passes, forced_from))


def _page_of(text: str) -> str:
    return text.partition("(")[2].removesuffix(")")


def _driver(passes: int, forced_from: int) -> ModuleType:
    text = _SOURCE
    for old, new, times in (
        ("while pass_ < 10 and retry:", f"while pass_ < {passes} and retry:", 1),
        ("pass_ > 2", f"pass_ > {forced_from - 2}", 2),
    ):
        if text.count(old) != times:
            raise Unmeasured(f"migrate_pages() has {text.count(old)} times: {old}")
        text = text.replace(old, new)
    module = ModuleType(driver.__name__)
    exec(compile(text, driver.__name__, "exec"), vars(module))  # noqa: S102 - the project's own
    return module


def outcome(run: Run, machine: Any) -> Outcome:
    """
    Give the outcome of a run, while its machine still has the state.
    """
    if run.bug is not None:
        return Outcome(run.semantics, bug=run.bug.name)
    counters, on = run.counters, machine.on
    assert run.returns is not None  # noqa: S101 - for the type
    return Outcome(
        run.semantics,
        returns=spell(run.returns) if run.returns < 0 else str(run.returns),
        failed=counters.get("PGMIGRATE_FAIL", 0),
        succeeded=counters.get("PGMIGRATE_SUCCESS", 0),
        poisoned=counters.get("num_poisoned_pages", 0),
        places=tuple(
            Place(
                _at(on, page.name), _at(on, f"{page.name}{NEW}"), page.new.name in machine.carries
            )
            for page in machine.owners
        ),
    )


def _at(on: dict[str, str | None], name: str) -> str:
    return (on[name] or "nothing") if name in on else "absent"
