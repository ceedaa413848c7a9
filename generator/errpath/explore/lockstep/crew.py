# SPDX-License-Identifier: GPL-2.0-only
"""
Who makes joint attempts: this process, or several.
"""

from __future__ import annotations

from concurrent.futures import as_completed
from typing import TYPE_CHECKING, Any, TypeAlias

from errpath.explore.workers import no_interrupt, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import ProcessPoolExecutor

    from errpath.explore.lockstep.moves import Edge, Kind, Mover, Task

Local: TypeAlias = "tuple[Any, ...]"
Rows: TypeAlias = "Sequence[tuple[tuple[Any, ...], Task]]"


class Movers:
    """
    Movers in `jobs` processes; `make` gives one, and can be pickled if there are several.
    """

    def __init__(self, make: Callable[[], Mover], jobs: int = 1) -> None:
        self._mover = make()
        self.order = self._mover.order
        self.strays = self._mover.strays
        self.local = self._mover.local
        self._executor: ProcessPoolExecutor | None = None
        self.runs = 0
        if jobs > 1:
            with no_interrupt():
                self._executor = workers(jobs, _begin, make)

    @property
    def mover(self) -> Mover:
        """
        The mover of this process.
        """
        return self._mover

    def made(
        self, todo: Mapping[Local, Rows]
    ) -> Iterator[tuple[Local, tuple[Any, ...], Task, tuple[Kind, ...] | None, list[Edge]]]:
        """
        Make the edges of tasks; those under one key have one table. They come in their order.

        A table comes with them if it was not known.
        """
        if self._executor is None or len(todo) < 2:  # noqa: PLR2004 - one is made as soon here
            results = [_made(self._mover, [task for _, task in rows]) for rows in todo.values()]
        else:
            with no_interrupt():
                # What is largest nobody knows; new tables take longest.
                futures = {
                    local: self._executor.submit(_made_here, [task for _, task in rows])
                    for local, rows in sorted(
                        todo.items(), key=lambda row: row[1][0][1].table is not None
                    )
                }
            for _ in as_completed(futures.values()):
                pass
            results = [futures[local].result() for local in todo]
        for (local, rows), (table, edges, runs) in zip(todo.items(), results, strict=True):
            self.runs += runs
            for (key, task), found in zip(rows, edges, strict=True):
                yield local, key, task._replace(table=None), table, found

    def leave(self) -> None:
        """
        End the processes.
        """
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)


_here: list[Mover] = []


def _begin(make: Callable[[], Mover]) -> None:
    _here.append(make())


def _made_here(tasks: Sequence[Task]) -> tuple[tuple[Kind, ...] | None, list[list[Edge]], int]:
    return _made(_here[0], tasks)


def _made(
    mover: Mover, tasks: Sequence[Task]
) -> tuple[tuple[Kind, ...] | None, list[list[Edge]], int]:
    before = mover.old.runs + mover.new.runs
    known = tasks[0].table
    table = mover.table(tasks[0]) if known is None else known
    edges = [list(mover.edges(task, table)) for task in tasks]
    return None if known else table, edges, mover.old.runs + mover.new.runs - before
