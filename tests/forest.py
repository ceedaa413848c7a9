# SPDX-License-Identifier: GPL-2.0-only
"""
Models for tests of walks that take a while, or get nowhere.

The semantics of the forest ask yes or no, as often as the number in their name says.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from errpath.kernel.ledger import Ledger
from errpath.kernel.machine import Environment
from errpath.kernel.run import Run
from errpath.kernel.target import Model
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.rule import Rule, Rules
from tests.toy import VOCABULARY, events

NAMES = ("asks_0", "asks_1", "asks_8", "asks_60")

_CHOICES = [Choice(f"c{n}", None, ("yes", "no"), text=f"c{n}") for n in range(60)]
_TRACES = {"yes": events("a"), "no": events("b a")}
_NOTHING = Rules([Rule(says="no answer", excludes={"c0": value}) for value in ("yes", "no")])


class Forest:
    """
    A target that does nothing but ask.
    """

    def run(self, semantics: str, environment: Environment) -> Run:
        """
        Ask, and return 0 for a first yes, and -12 for a no.
        """
        count = int(semantics.partition("_")[2])
        choices = {choice.text: environment(choice) for choice in _CHOICES[:count]}
        first = str(choices.get("c0", "yes"))
        return Run(
            semantics,
            choices=choices,
            trace=_TRACES[first],
            returns=0 if first == "yes" else -12,
            ledger=Ledger(()),
            entitled=frozenset(),
            final=dict,
        )


def forest() -> Model:
    """
    Give the model.
    """
    reach = {name: frozenset[str]() for name in NAMES}
    return Model(vocabulary=replace(VOCABULARY, model="forest", reach=reach), reference=Forest)


def desert() -> Model:
    """
    Give a model that has no semantics.
    """
    return Model(vocabulary=replace(VOCABULARY, model="desert", reach={}), reference=Forest)


def maze() -> Model:
    """
    Give a model whose rules leave no way through.
    """
    model = forest()
    return replace(model, vocabulary=replace(model.vocabulary, model="maze", rules=_NOTHING))


def installed(folder: Path) -> dict[str, str]:
    """
    Install the models of tests in a folder; give the environment of a process that finds them.
    """
    info = folder / "forest-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: forest\nVersion: 1\n")
    names = ("forest:forest", "forest:desert", "forest:maze", "stairs:stairs")
    entries = "".join(f"{name.partition(':')[2]} = tests.{name}\n" for name in names)
    (info / "entry_points.txt").write_text(f"[errpath.models]\n{entries}")
    root = Path(__file__).parents[1]
    path = os.pathsep.join(map(str, (folder, root, os.environ.get("PYTHONPATH", ""))))
    return {"PYTHONPATH": path.rstrip(os.pathsep)}
