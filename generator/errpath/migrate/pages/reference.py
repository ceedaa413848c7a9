# SPDX-License-Identifier: GPL-2.0-only
"""
The reference model as a target: one run of migrate_pages() on a list of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Final

from errpath.kernel.caller import MODE, PUT_NEW_PAGE, REASON
from errpath.kernel.declared.naming import machine_on
from errpath.kernel.findings import KernelBug
from errpath.kernel.parameter import Parameter
from errpath.kernel.run import Run
from errpath.migrate import driver
from errpath.migrate.pages.entitlement import entitled
from errpath.migrate.pages.final_state import final_state
from errpath.migrate.semantics import MODULES

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.pages.attempts import AttemptEnded
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.migrate.driver import UnmapAndMove
    from errpath.vocabulary.hold import Item

_PRIVATE: Final = 0
_NOTHING: Final[frozenset[Item]] = frozenset()


class ListReference:
    """
    A machine that migrates one list after another, and forgets between runs.

    `pages` are the names of the list's pages. With `putback` the caller is
    do_move_pages_to_node(): if migrate_pages() gives anything but 0, it puts back what is left.
    `modules` has what to run for each semantics, and `by` the functions above it, if they are
    not those under contract; `machine` gives the class of what they run on, for the names.
    """

    def __init__(
        self,
        pages: tuple[str, ...],
        modules: Mapping[str, ModuleType] = MODULES,
        *,
        putback: bool = False,
        by: ModuleType = driver,
        machine: Callable[[tuple[str, ...]], type[ListMachine]] = machine_on,
    ) -> None:
        self._modules = modules
        self._putback = putback
        self._driver = by
        k = self.machine = machine(pages)()
        self.mode = Parameter(k, MODE)
        self.reason = Parameter(k, REASON)
        self.put_new_page = Parameter(k, PUT_NEW_PAGE, k.put_new_page)
        self._final = final_state(pages)

    def run(
        self,
        semantics: str,
        environment: Environment,
        attempt_ended: AttemptEnded | None = None,
        *,
        instead: Callable[[UnmapAndMove], UnmapAndMove] | None = None,
    ) -> Run:
        """
        Run migrate_pages() on the list, with an environment that answers its choices.

        Gives the Run; what the modelled code does wrong is its `bug`. Exceptions of the
        environment, and bugs of errpath, pass through. `attempt_ended` is called with the
        machine where each attempt on a page ends and the run goes on: its `state()` is what
        later steps can read, and an exception that it raises ends the run and passes through.
        An environment may have a method `forget(texts)`: it is told of choices whose answers
        are out of date when an attempt begins, and one `returned()`, which is called when
        the code has returned. `instead` gives what is run in place of a
        semantics' unmap_and_move().
        """
        k = self.machine
        k.start(environment)
        k.attempt_ended = attempt_ended
        returns = bug = None
        allowed = _NOTHING
        unmap_and_move: UnmapAndMove = self._modules[semantics].unmap_and_move
        try:
            returns = self._driver.migrate_pages(
                k,
                instead(unmap_and_move) if instead else unmap_and_move,
                k.from_,
                k.get_new_page,
                self.put_new_page,
                _PRIVATE,
                self.mode,
                self.reason,
            )
            if self._putback and returns:
                self._driver.putback_movable_pages(k, k.from_)
        except KernelBug as found:
            bug, returns = found, None
        else:
            k.returned()
            allowed = entitled(k)
        return self._so_far(semantics, returns, bug, allowed)

    def put_back(self, semantics: str) -> Run:
        """
        Do the caller's putback of what is on the list where a run has stopped, and give the Run.

        For who ends runs between two attempts, as if another page had ended them; it does not
        tell what is returned.
        """
        k = self.machine
        bug = None
        allowed = _NOTHING
        try:
            self._driver.putback_movable_pages(k, k.from_)
        except KernelBug as found:
            bug = found
        else:
            k.returned()
            allowed = entitled(k)
        return self._so_far(semantics, None, bug, allowed)

    def _so_far(
        self, semantics: str, returns: int | None, bug: KernelBug | None, allowed: frozenset[Item]
    ) -> Run:
        k = self.machine
        k.end_pass(len(k.trace))
        return Run(
            semantics,
            choices=k.choices,
            trace=k.trace,
            returns=returns,
            ledger=k.ledger,
            entitled=allowed,
            final=partial(
                self._final,
                held=k.held,
                on=k.on,
                facts=k.facts,
                carries=k.carries,
                counters=k.counters,
                PG_lru=k.PG_lru,
                passes=k.passes,
            ),
            bug=bug,
            passes=tuple(k.passes),
            touched=tuple(k.touched),
            counters=k.counters,
        )
