# SPDX-License-Identifier: GPL-2.0-only
"""
The reference model as a target: one run of unmap_and_move().
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import Final

from errpath.kernel.caller import FORCE, MODE, PUT_NEW_PAGE, REASON
from errpath.kernel.findings import KernelBug
from errpath.kernel.linux import Linux
from errpath.kernel.machine import Environment
from errpath.kernel.parameter import Parameter
from errpath.kernel.run import Run
from errpath.migrate.entitlement import AT_ENTRY, entitled
from errpath.migrate.final_state import final_state
from errpath.migrate.semantics import MODULES
from errpath.vocabulary.hold import Item

_ON_LIST: Final = {"src": "from_list"}
_PRIVATE: Final = 0
_NOTHING: Final[frozenset[Item]] = frozenset()


class Reference:
    """
    A machine that runs one semantics after another, and forgets between runs.

    `modules` has what to run for each semantics, if not what is under contract, and
    `machine` is the class of what it runs on.
    """

    def __init__(
        self, modules: Mapping[str, ModuleType] = MODULES, *, machine: type[Linux] = Linux
    ) -> None:
        self._modules = modules
        k = self.machine = machine("src", "dst")
        self.src = k.pages["src"]
        self.mode = Parameter(k, MODE)
        self.force = Parameter(k, FORCE)
        self.reason = Parameter(k, REASON)
        self.put_new_page = Parameter(k, PUT_NEW_PAGE, k.put_new_page)

    def run(self, semantics: str, environment: Environment) -> Run:
        """
        Run unmap_and_move() on `src`, with an environment that answers its choices.

        Gives the Run; what the modelled code does wrong is its `bug`. Exceptions of the
        environment, and bugs of errpath, pass through.
        """
        k = self.machine
        k.begin(environment, held=AT_ENTRY, on=_ON_LIST)
        returns = bug = None
        allowed = _NOTHING
        try:
            returns = self._modules[semantics].unmap_and_move(
                k,
                k.get_new_page,
                self.put_new_page,
                _PRIVATE,
                self.src,
                self.force,
                self.mode,
                self.reason,
            )
        except KernelBug as found:
            bug = found
        else:
            movable = k.facts.get("__PageMovable(src)") == 1
            allowed = entitled(returns, counted=not movable)
        return Run(
            semantics,
            choices=k.choices,
            trace=k.trace,
            returns=returns,
            ledger=k.ledger,
            entitled=allowed,
            final=partial(final_state, k.held, k.on, k.facts, k.carries, k.counters),
            bug=bug,
        )
