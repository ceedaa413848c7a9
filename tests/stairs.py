# SPDX-License-Identifier: GPL-2.0-only
"""
A model whose semantics has a source, and three questions to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType

from errpath.kernel.event import Event
from errpath.kernel.ledger import Ledger
from errpath.kernel.machine import Environment
from errpath.kernel.run import Run
from errpath.kernel.target import Model
from errpath.vocabulary.choice import Choice, Fault
from errpath.vocabulary.rule import Rule, Rules
from tests import stairs_source
from tests.toy import VOCABULARY, events

STEEP = Fault(marker="steep", says="it is too steep")

CHOICES = {
    text: Choice(text, None, (0, 1), text=text, faults={1: STEEP} if text == "r" else {})
    for text in "pqr"
}
_RULES = Rules([Rule(says="q and r exclude each other", excludes={"q": 1, "r": 1})])


class Steps:
    """
    The machine: it asks each question once, and goes round twice.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._rounds = 0
        self.choices: dict[str, int | str] = {}
        self.trace: list[Event] = []

    def _ask(self, text: str) -> bool:
        if text not in self.choices:
            self.choices[text] = self._environment(CHOICES[text])
        return self.choices[text] == 1

    def p(self) -> bool:
        """
        Ask.
        """
        return self._ask("p")

    def q(self) -> bool:
        """
        Ask.
        """
        return self._ask("q")

    def r(self) -> bool:
        """
        Ask.
        """
        return self._ask("r")

    def more(self) -> bool:
        """
        Tell whether there is another round.
        """
        self._rounds += 1
        return self._rounds < 3

    def get(self, what: Callable[[], int]) -> int:
        """
        Call it.
        """
        return what()

    def a(self) -> None:
        """
        Make an event.
        """
        self.trace += events("a")

    def b(self) -> None:
        """
        Make another.
        """
        self.trace += events("b")


class Stairs:
    """
    The target.
    """

    def __init__(self, modules: Mapping[str, ModuleType]) -> None:
        self._modules = modules

    def run(self, semantics: str, environment: Environment) -> Run:
        """
        Climb.
        """
        k = Steps(environment)
        returns = self._modules[semantics].climb(k)
        return Run(
            semantics,
            choices=k.choices,
            trace=k.trace,
            returns=returns,
            ledger=Ledger(()),
            entitled=frozenset(),
            final=dict,
        )


def stairs() -> Model:
    """
    Give the model.
    """
    reach = {"up": frozenset({"a", "b", "c"})}
    letters = {name: VOCABULARY.primitives[name] for name in "abc"}
    vocabulary = replace(
        VOCABULARY,
        model="stairs",
        primitives=letters,
        choices=CHOICES,
        aspects=(),
        rules=_RULES,
        reach=reach,
    )
    modules = {"up": stairs_source}

    def reference(changed: Mapping[str, ModuleType] = modules) -> Stairs:
        return Stairs(changed)

    return Model(vocabulary=vocabulary, reference=reference, modules=modules)
