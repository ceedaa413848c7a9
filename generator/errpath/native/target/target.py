# SPDX-License-Identifier: GPL-2.0-only
"""
Builds as a target, for one page or a list of pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, cast

from errpath.migrate.pages.reference import ListReference
from errpath.migrate.reference import Reference
from errpath.native.target.apart import RoomApart
from errpath.native.target.driver import Driver
from errpath.native.target.entitled import more
from errpath.native.target.functions import MOST_CALLS, Functions
from errpath.native.target.others import kernel, kernel_on
from errpath.native.target.room import RoomHere

if TYPE_CHECKING:
    from errpath.kernel.event import Event
    from errpath.kernel.linux import Linux
    from errpath.kernel.machine import Environment
    from errpath.kernel.pages.attempts import AttemptEnded
    from errpath.kernel.run import Run
    from errpath.native.build.build import Build
    from errpath.native.target.room import Room

PAGE: Final = "unmap_and_move"
"""The entry that is given a page; the others are given a list of pages."""

MOST_SECONDS: Final = 10
"""The processor time of a run that is made apart, at most."""

_KEPT: Final = (5, 10)
_PUTBACK: Final = "migrate_pages_and_putback"


class Native:
    """
    Builds by the names that semantics have; a build alone answers to every name.

    `entry` is unmap_and_move, or one that is given a list, of `pages` by their names. Runs are
    made in this process, and if the C crashes, the process does; or, with `seconds`, in another
    one, and a run that takes so much processor time is ended. `limit` is the number of calls
    after which a run is ended.
    """

    def __init__(
        self,
        builds: Mapping[str, Build] | Build,
        entry: str = PAGE,
        pages: tuple[str, ...] = (),
        *,
        limit: int = MOST_CALLS,
        seconds: float = 0,
    ) -> None:
        every = builds if isinstance(builds, Mapping) else _One(builds)
        self._modules = _Modules(every, limit, seconds)
        modules = cast("Mapping[str, ModuleType]", self._modules)
        release = max(build.release for build in every.values())
        self._keeps = release >= _KEPT
        self._page = self._list = None
        if entry == PAGE:
            self._page = Reference(modules, machine=kernel(release))
        else:
            by = cast("ModuleType", Driver())
            machine = partial(kernel_on, release=release)
            putback = entry == _PUTBACK
            self._list = ListReference(pages, modules, putback=putback, by=by, machine=machine)
        self._ran: Functions | None = None
        self._trace: list[Event] | None = None

    @property
    def machine(self) -> Linux:
        """
        The machine that the runs are made on.
        """
        target: Any = self._page or self._list
        return cast("Linux", target.machine)

    def run(
        self, semantics: str, environment: Environment, attempt_ended: AttemptEnded | None = None
    ) -> Run:
        """
        Run the C of a semantics once, as the reference model runs its own.

        `attempt_ended` is for a list, as in ListReference.run(). RefusedError tells of what
        the C does and errpath does not model; a KeyError, of a name that no build has.
        """
        self._ran = self._modules[semantics]
        self._trace = None
        if self._list:
            run = self._list.run(semantics, environment, attempt_ended)
        else:
            assert self._page is not None  # noqa: S101 - one of the two is there
            run = self._page.run(semantics, environment)
        self._trace = run.trace
        if self._keeps and run.bug is None:
            run.entitled = more(self.machine, run)
        return run

    @property
    def lines(self) -> list[int]:
        """
        The line of the tree from which each event of the last run was told; 0 if not known.
        """
        lines = self._ran.lines() if self._ran else []
        return lines if self._trace is None else lines[: len(self._trace)]


class _One(Mapping[str, "Build"]):
    """
    One build, by whatever name.
    """

    def __init__(self, build: Build) -> None:
        self._build = build

    def __getitem__(self, _: str) -> Build:
        return self._build

    def __iter__(self) -> Any:
        return iter(("",))

    def __len__(self) -> int:
        return 1


class _Modules(dict[str, Functions]):
    """
    The functions of each build, loaded when they are run for the first time.
    """

    def __init__(self, builds: Mapping[str, Build], limit: int, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self._builds = builds
        self._limit = limit
        self._loaded: dict[str, Functions] = {}

    def __missing__(self, name: str) -> Functions:
        build = self._builds[name]
        key = str(build.library)
        if key not in self._loaded:
            self._loaded[key] = Functions(build, self._room(build))
        self[name] = self._loaded[key]
        return self[name]

    def _room(self, build: Build) -> Room:
        if self._seconds:
            return RoomApart(build.runner, build.library, self._limit, self._seconds)
        return RoomHere(build.library, self._limit)


class Isolated(Native):
    """
    Builds as a target whose C runs in a process of its own, with limits.

    A crash or a hang is a finding of its run, and the next run goes on.
    """

    def __init__(
        self,
        builds: Mapping[str, Build] | Build,
        entry: str = PAGE,
        pages: tuple[str, ...] = (),
        *,
        limit: int = MOST_CALLS,
        seconds: float = MOST_SECONDS,
    ) -> None:
        super().__init__(builds, entry, pages, limit=limit, seconds=seconds)
