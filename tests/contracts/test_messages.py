# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.contracts.explain import Subject, explain
from errpath.contracts.listing import WIDTH
from errpath.contracts.situation import Faults, Nth, Words
from errpath.migrate.migration import MIGRATE
from errpath.migrate.reference import Reference
from tests.golden import check_golden
from tests.migrate import bugs_post, bugs_pre
from tests.migrate.mutants import Mutant
from tests.runs import SITUATIONS

FOLDER = Path(__file__).parent / "messages"
PATTERNS = Patterns(MIGRATE.vocabulary)
AT = "specs/allocation.errpath"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """
    One situation whose contract is broken, on the right version or on a mutant.
    """

    semantics: str
    words: Words = field(default_factory=dict)
    faults: Faults = field(default_factory=dict)
    clauses: Callable[[Check], None]
    mutant: Mutant | None = None

    def message(self) -> str:
        """
        Give the message that a user of the generated test gets.
        """
        situation = SITUATIONS.situation(self.words, self.faults)
        with self.mutant.installed() if self.mutant else _as_it_is():
            run = Reference().run(self.semantics, situation.environment())
        check = Check(run, model=MIGRATE, patterns=PATTERNS)
        self.clauses(check)
        subject = Subject(
            scenario="no memory for the new page",
            at=f"{AT}:3",
            semantics=self.semantics,
            target="reference model",
            words=self.words,
            faults=self.faults,
            again='pytest "generated_tests/test_allocation.py::test_no_memory__post"',
        )
        return explain(subject, run, situation, check.finish(situation))


def _as_it_is() -> AbstractContextManager[None]:
    return nullcontext()


def _order(run: Check) -> None:
    run.returns(-12, at=f"{AT}:7")
    run.order("get_new_page(src)", "trylock_page(src)", "list_del(src)", at=f"{AT}:8")
    run.never("putback_lru_page(src)", at=f"{AT}:9")
    run.breaks("ownership", at=f"{AT}:10")


def _final(run: Check) -> None:
    run.ends_on("src", "from_list", at=f"{AT}:7")
    run.ends("src", "unmapped", at=f"{AT}:8")
    run.changes("NR_ISOLATED", 0, at=f"{AT}:9")


def _held(run: Check) -> None:
    run.never("get_new_page(src)", held="PG_locked(src)", at=f"{AT}:12")


def _vacuous(run: Check) -> None:
    run.precedes(("trylock_page(src)",), ("move_to_new_page(dst, src)",), at=f"{AT}:7")
    run.never("put_page(src)", after="trylock_page(dst)", at=f"{AT}:8")


def _returns(run: Check) -> None:
    run.returns(-16, at=f"{AT}:7")


FAILURES = {
    "cleanup": Failure(
        semantics="post",
        words={"src": ("anon", "mapped"), "mode": "MIGRATE_SYNC"},
        faults={"get_new_page(src)": "NULL"},
        clauses=lambda run: run.returns(-12, at=f"{AT}:7"),
    ),
    "clauses": Failure(
        semantics="post",
        words={"src": ("file", "mapped")},
        faults={"get_new_page(src)": "NULL"},
        clauses=_order,
    ),
    "final_state": Failure(
        semantics="pre",
        words={"src": ("writeback", "mapped"), "mode": "MIGRATE_ASYNC"},
        clauses=_final,
    ),
    "while_held": Failure(semantics="post", words={"src": "movable"}, clauses=_held),
    "default_situation": Failure(semantics="pre", clauses=_returns),
    "vacuous": Failure(
        semantics="pre",
        words={"src": "file"},
        faults={"get_new_page(src)": "NULL"},
        clauses=_vacuous,
    ),
    "unfired": Failure(
        semantics="post",
        words={"src": ("freed", "unmapped")},
        faults={"get_new_page(src)": "NULL", "trylock_page(dst)": Nth("0", on_call=2, times=1)},
        clauses=lambda run: run.returns(0, at=f"{AT}:7"),
    ),
    "long_words": Failure(
        semantics="pre",
        words={"src": "ksm"},
        clauses=lambda run: run.returns(
            -16, at="specs/a-folder-with-a-very-long-name/and-a-folder-in-it/allocation.errpath:7"
        ),
    ),
    "no_clause": Failure(semantics="pre", words={"src": "ksm"}, clauses=lambda _: None),
    "declared_violation_gone": Failure(
        semantics="pre",
        words={"src": "anon"},
        faults={"get_new_page(src)": "NULL"},
        clauses=lambda run: run.breaks("ownership", at=f"{AT}:11"),
    ),
    **{
        name: Failure(
            semantics=mutant.semantics,
            words=mutant.words,
            faults=mutant.faults,
            clauses=mutant.clause,
            mutant=mutant,
        )
        for name, mutant in {
            "leak": bugs_pre.BUGS["32665f2bbfed: returned before list_del, without put_new_page"],
            "lock_forgotten": bugs_post.BUGS["d776aaa9895e: a return without unlock"],
            "new_page": bugs_pre.BUGS["2def7424c937: put_new_page ignored"],
            "entries": bugs_post.BUGS["98837c7f82ef: migration entries left after a failure"],
            "use_after_put": bugs_pre.BUGS["3c226c637b69: put_page before the last unlock_page"],
        }.items()
    },
}


@pytest.mark.parametrize("name", FAILURES)
def test_message(name: str) -> None:
    """
    Whatever breaks, the message is this one, to the letter (ERRPATH_UPDATE=1 rewrites it).
    """
    check_golden(FOLDER / f"{name}.txt", FAILURES[name].message())


def test_every_expected_message_has_a_failure() -> None:
    """
    No file of an expected message is left over.
    """
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(FAILURES)


@pytest.mark.parametrize("name", FAILURES)
def test_message_fits_into_a_mail(name: str) -> None:
    """
    A message is ASCII and at most 75 columns wide, but for words that are longer.
    """
    message = FAILURES[name].message()
    wide = [line for line in message.splitlines() if len(line) > WIDTH]
    breakable = [line for line in wide if max(map(len, line.split())) < WIDTH - 10]
    assert (message.isascii(), breakable) == (True, [])
