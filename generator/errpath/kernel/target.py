# SPDX-License-Identifier: GPL-2.0-only
"""
What executes a semantics, and the model that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Protocol, TypeAlias

from errpath.kernel.bug import Equivalent, KnownBug
from errpath.kernel.machine import Environment
from errpath.kernel.run import Run
from errpath.vocabulary.vocabulary import Vocabulary


class Target(Protocol):
    """
    The reference model, or the kernel's own C: something that runs a semantics.
    """

    def run(self, semantics: str, environment: Environment) -> Run:
        """
        Run the function under contract once; a name that it does not have is a KeyError.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """
    What breaks a cleanup contract that the ledger alone does not show.

    `says` is a sentence in which `{3}` stands for the event of step 3.
    """

    contract: str
    says: str
    marks: tuple[int, ...] = ()


Obligation: TypeAlias = Callable[[Run], Iterable[Complaint]]
"""A cleanup contract of the model's own, checked on every run that returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """
    What runs above the semantics where a model's entries do: one `module`, the same for all.

    `name` is what a report calls it. `watchers` are calls in it that no code under contract
    makes: they tell whoever watches a run what goes on. `bugs` are those that it really had,
    `equivalents` changes of it that nobody can tell. The `reference` of an entry's model runs
    another module in its place that is given as `by`.
    """

    name: str
    module: ModuleType
    watchers: tuple[str, ...] = ()
    bugs: tuple[KnownBug, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """
    A vocabulary, how to make the target that is its reference, and its obligations.

    `modules` has the Python source of each semantics. `reference()` makes a target that
    runs those, `reference(modules)` one that runs changed ones in their place. `unseen` are
    the choices that the calls which act do not show, and that the obligations or the final
    state look at. `bugs` are those that the code really had, `entries` the models of other
    functions that the semantics have, and `above()` gives what runs there above the semantics.
    An installed package offers a model under the entry point group `errpath.models`.
    """

    vocabulary: Vocabulary
    reference: Callable[..., Target]
    modules: Mapping[str, ModuleType] = field(default_factory=dict)
    obligations: tuple[Obligation, ...] = ()
    unseen: tuple[str, ...] = ()
    bugs: tuple[KnownBug, ...] = ()
    entries: Mapping[str, Callable[[tuple[str, ...]], Model]] = field(default_factory=dict)
    above: Callable[[], Above] | None = None

    def at(self, entry: str, pages: tuple[str, ...]) -> Model:
        """
        Give the model of another entry, on pages of those names; a KeyError if there is none.
        """
        return self.entries[entry](pages)
