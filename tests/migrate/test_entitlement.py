# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.migrate.entitlement import AT_ENTRY, entitled
from errpath.vocabulary.errno import ERRNOS


def test_isolation_takes_three_things() -> None:
    """
    At entry the isolation has a reference, a place on the list, and a count.
    """
    assert [item.text for item in AT_ENTRY] == [
        "page_ref(src)",
        "from_list(src)",
        "NR_ISOLATED(src)",
    ]


@pytest.mark.parametrize("name", ["EAGAIN", "ENOMEM"])
def test_caller_keeps_the_page(name: str) -> None:
    """
    After -EAGAIN and -ENOMEM the page is the caller's, counted if it is an LRU page.
    """
    found = [entitled(-ERRNOS[name], counted=counted) for counted in (True, False)]
    assert found == [frozenset(AT_ENTRY), frozenset(AT_ENTRY[:2])]


@pytest.mark.parametrize("counted", [True, False])
def test_caller_keeps_nothing(counted: bool) -> None:  # noqa: FBT001 - the parameter's name
    """
    After success and any other errno nothing of the page is the caller's.
    """
    codes = [0, *(-number for name, number in ERRNOS.items() if name not in {"EAGAIN", "ENOMEM"})]
    assert {entitled(code, counted=counted) for code in codes} == {frozenset()}
