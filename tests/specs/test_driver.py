# SPDX-License-Identifier: GPL-2.0-only
"""
What the scenarios of lists reach of the driver.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from errpath.contracts.scenario import Suite
from errpath.kernel.run import Run
from errpath.models import model
from errpath.vocabulary.choice import Choice
from tests.specs.test_corpus import scenarios

PAGE = "a"
LIST = model().at("migrate_pages", (PAGE,)).vocabulary

each_semantics = pytest.mark.parametrize("semantics", LIST.semantics)


@cache
def every_case(semantics: str) -> tuple[tuple[tuple[str, ...], Run], ...]:
    """
    Run every case of every scenario of a list in a semantics: the list's pages, and the run.
    """
    suite = Suite(model())
    found = []
    for scenario in scenarios():
        if scenario.entry is not None:
            target = suite.stage(scenario).model.reference()
            found += [
                (scenario.entry.pages, target.run(semantics, case.situation.environment()))
                for case in suite.cases(scenario, semantics)
            ]
    return tuple(found)


def as_if_alone(text: str, pages: tuple[str, ...]) -> str:
    """
    Word a choice about any page of a list as one about the only page of another.
    """
    # The longest name first, lest one page's begins another's.
    for page in sorted(pages, key=len, reverse=True):
        for before in ("(", " "):
            text = text.replace(f"{before}{page}_", f"{before}{PAGE}_")
            for after in (")", ","):
                text = text.replace(f"{before}{page}{after}", f"{before}{PAGE}{after}")
        if text.startswith((f"{page}->", f"{page}_tail->")):
            text = PAGE + text.removeprefix(page)
    return text


def faults(semantics: str) -> Iterator[tuple[str, object]]:
    """
    Give the faults that scenarios meet, each as that of the only page of a list.
    """
    for pages, run in every_case(semantics):
        for text, value in run.choices.items():
            choice = as_if_alone(text.partition("#")[0], pages)
            if LIST.fault_at(choice, value):
                yield choice, value


def possible(choice: Choice) -> bool:
    """
    Tell whether a tail can be asked it: no tail is pinned, as none is split.
    """
    return choice.text != f"{PAGE}_tail->extra_pins"


@each_semantics
def test_every_fault_of_a_list(semantics: str) -> None:
    """
    Every fault that can happen to a page, its tail or a new page happens in some scenario.
    """
    declared = {
        (choice.text, value)
        for choice in LIST.choices.values()
        for value in choice.faults
        if possible(choice)
    }
    assert (bool(declared), declared - set(faults(semantics))) == (True, set())


@each_semantics
def test_every_return_of_a_list(semantics: str) -> None:
    """
    Scenarios reach success, counts, the errno of the allocation and that of the split.
    """
    returned = {run.returns for _, run in every_case(semantics)}
    assert {0, 1, 2, 3, -12, -16} <= returned
