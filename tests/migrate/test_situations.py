# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.migrate.reference import Reference
from tests.migrate import cases_post, cases_pre, cases_shared
from tests.migrate.case import Case
from tests.runs import run, trace_of

CASES = {
    **{("pre", name): case for name, case in (cases_pre.CASES | cases_shared.CASES).items()},
    **{("post", name): case for name, case in (cases_post.CASES | cases_shared.CASES).items()},
}


@pytest.mark.parametrize(
    ("semantics", "case"), [(s, c) for (s, _), c in CASES.items()], ids=map(", ".join, CASES)
)
def test_situation(semantics: str, case: Case) -> None:
    """
    In this situation the run is this one: trace, choices, return code, final state.
    """
    assert case.outcome(semantics) == case.expected()


def test_machine_forgets_between_runs() -> None:
    """
    A reference model that ran everything else before gives the same run as a new one.
    """
    used = Reference()
    found = [run(s, case.words, case.faults, on=used) for (s, _), case in CASES.items()]
    fresh = [run(s, case.words, case.faults) for (s, _), case in CASES.items()]
    assert [(trace_of(r), r.choices, r.returns, r.final) for r in found] == [
        (trace_of(r), r.choices, r.returns, r.final) for r in fresh
    ]


def test_unknown_semantics() -> None:
    """
    A semantics that there is none of is a KeyError with its name.
    """
    with pytest.raises(KeyError, match=r"^'past'$"):
        run("past")
