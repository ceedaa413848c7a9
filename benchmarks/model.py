# SPDX-License-Identifier: GPL-2.0-only
"""
Runs of the model, a second on one core.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

from cases import cases_of
from measure import Unmeasured
from recorder import Recorder
from table import Row

from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.contracts.situation import Situations
from errpath.explore.paths.enumerate import paths
from errpath.migrate import model
from errpath.testing import contract
from errpath.vocabulary.errno import EAGAIN, EBUSY, ENOMEM

_AT = "benchmark.errpath:1"
_OWN = Path(__file__).parents[1] / "generated_tests"


def rows(*, seconds: float, rounds: int) -> Iterator[Row]:
    """
    Measure one run with ledger, trace and eight clauses: a short, a middle, a long one.

    Beside them, what comes before and after: the situation's words, as a generated test says
    them; the run alone; and the same function on a recorder that does nothing but record.
    """
    move = {"move_to_new_page(dst, src)": "-EBUSY"}
    memory = {"get_new_page(src)": "NULL"}
    measured = {
        "a busy source page, 8 clauses": _run({"src": "locked"}, {}, _busy),
        "no memory, 8 clauses": _run({"src": "anon"}, memory, _no_memory),
        "a move that fails, 8 clauses": _run({"src": "anon"}, move, _moved),
        "a move that fails, as a test words it": _worded({"src": "anon"}, move, _moved),
        "every case of generated_tests, its clauses": _own_cases(),
        "no memory, no clause": _bare({"src": "anon"}, memory),
        "no memory, on a bare recorder": Recorder().run,
    }
    rates: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, once in measured.items():
            rates[name].append(_rate(once, seconds))
    for name, found in rates.items():
        target = 50_000 if name.endswith("8 clauses") else None
        yield Row(name, median(found), target, least=True)
    yield Row("every path of both semantics", median(_paths_a_second() for _ in range(rounds)))


def _run(
    words: dict[str, str], faults: dict[str, str], clauses: Callable[[Check], None]
) -> Callable[[], None]:
    migrate = model()
    target = migrate.reference()
    patterns = Patterns(migrate.vocabulary)
    situation = Situations(migrate.vocabulary).situation(words, faults)

    def once() -> None:
        check = Check(target.run("post", situation.environment()), model=migrate, patterns=patterns)
        clauses(check)
        broken = check.finish(situation)
        if broken:
            raise Unmeasured(f"a contract that is to be kept is broken: {broken[0].clause}")

    return once


def _worded(
    words: dict[str, str], faults: dict[str, str], clauses: Callable[[Check], None]
) -> Callable[[], None]:
    migrate = contract("migrate")

    def once() -> None:
        with migrate("post", words, faults, at=_AT) as run:
            clauses(run)

    return once


def _bare(words: dict[str, str], faults: dict[str, str]) -> Callable[[], None]:
    migrate = model()
    target = migrate.reference()
    situation = Situations(migrate.vocabulary).situation(words, faults)

    def once() -> None:
        target.run("post", situation.environment())

    return once


def _own_cases() -> Callable[[], None]:
    """
    Give what runs the cases of the project's own scenarios, the next with each call.
    """
    found = list(cases_of(_OWN))
    if not found:
        raise Unmeasured("generated_tests/ holds no case")
    rest = cycle(found)

    def once() -> None:
        next(rest)()

    return once


def _rate(once: Callable[[], None], seconds: float) -> float:
    # Time on the processor: what else the machine does is no part of it.
    count, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        for _ in range(500):
            once()
        count += 500
    return count / (time.process_time() - started)


def _paths_a_second() -> float:
    migrate = model()
    target = migrate.reference()
    count, started = 0, time.process_time()
    for name in migrate.vocabulary.semantics:
        every = paths(partial(target.run, name), migrate.vocabulary.rules)
        count += sum(1 for _ in every)
    return count / (time.process_time() - started)


def _busy(run: Check) -> None:
    run.returns(-EAGAIN, at=_AT)
    run.never("get_new_page(src)", at=_AT)
    run.never("lock_page(src)", at=_AT)
    run.never("list_del(src)", at=_AT)
    run.calls("trylock_page(src)", at_most=1, at=_AT)
    run.order("trylock_page(src)", at=_AT)
    run.ends_on("src", "from_list", at=_AT)
    run.ends("dst", "absent", at=_AT)


def _no_memory(run: Check) -> None:
    run.returns(-ENOMEM, at=_AT)
    run.never("trylock_page(dst)", at=_AT)
    run.calls("get_new_page(src)", at_most=1, at=_AT)
    run.precedes(("trylock_page(src)",), ("get_new_page(src)",), at=_AT)
    run.leads_to(("page_get_anon_vma(src)",), ("put_anon_vma(anon_vma)",), at=_AT)
    run.order("trylock_page(src)", "get_new_page(src)", "unlock_page(src)", at=_AT)
    run.ends_on("src", "lru", at=_AT)
    run.breaks("ownership", at=_AT)


def _moved(run: Check) -> None:
    run.returns(-EBUSY, at=_AT)
    run.never("putback_lru_page(dst)", at=_AT)
    run.calls("put_new_page(dst)", at_most=1, at=_AT)
    run.order("trylock_page(src)", "get_new_page(src)", "unlock_page(src)", "list_del(src)", at=_AT)
    run.precedes(("trylock_page(dst)",), ("move_to_new_page(src)",), at=_AT)
    run.leads_to(("try_to_unmap(src)",), ("remove_migration_ptes(src, src)",), at=_AT)
    run.ends_on("src", "lru", at=_AT)
    run.ends("dst", "migrated", so=False, at=_AT)
