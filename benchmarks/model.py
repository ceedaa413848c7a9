# SPDX-License-Identifier: GPL-2.0-only
"""
Runs of the model, a second on one core.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from table import Row

from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.contracts.situation import Situations
from errpath.explore.enumerate import paths
from errpath.migrate import model
from errpath.vocabulary.errno import EAGAIN, EBUSY, ENOMEM

_AT = "benchmark.errpath:1"


def rows(*, seconds: float, rounds: int) -> Iterator[Row]:
    """
    Measure one run with ledger, trace and eight clauses: a short, a middle, a long one.
    """
    migrate = model()
    target = migrate.reference()
    patterns, situations = Patterns(migrate.vocabulary), Situations(migrate.vocabulary)

    def run(
        words: dict[str, str], faults: dict[str, str], clauses: Callable[[Check], None]
    ) -> Callable[[], None]:
        situation = situations.situation(words, faults)

        def once() -> None:
            ran = target.run("post", situation.environment())
            check = Check(ran, model=migrate, patterns=patterns)
            clauses(check)
            if check.finish(situation):
                raise AssertionError("the measured contract is broken")

        return once

    move = {"move_to_new_page(dst, src)": "-EBUSY"}
    measured = {
        "a busy source page": run({"src": "locked"}, {}, _busy),
        "no memory": run({"src": "anon"}, {"get_new_page(src)": "NULL"}, _no_memory),
        "a move that fails for good": run({"src": "anon"}, move, _moved),
    }
    rates: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, once in measured.items():
            rates[name].append(_rate(once, seconds))
    for name, found in rates.items():
        yield Row(f"runs with eight clauses a second: {name}", median(found), 50_000, least=True)
    every = [_paths_a_second(target, migrate.vocabulary.rules) for _ in range(rounds)]
    yield Row("paths enumerated a second, both semantics", median(every))


def _rate(once: Callable[[], None], seconds: float) -> float:
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        for _ in range(500):
            once()
        count += 500
    return count / (time.perf_counter() - started)


def _paths_a_second(target: object, rules: object) -> float:
    started = time.perf_counter()
    count = 0
    for name in ("pre", "post"):
        for _ in paths(lambda environment, name=name: target.run(name, environment), rules):  # type: ignore[attr-defined,arg-type,misc]
            count += 1
    return count / (time.perf_counter() - started)


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
