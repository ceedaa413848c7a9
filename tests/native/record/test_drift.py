# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.native.record.drift import Drift, Fate, code_hash, drift, hashes
from errpath.native.tree.functions import all_functions
from tests.native.trees import changed

COMMENTED = (
    "static bool waits_for_writeback(enum migrate_mode mode)\n{\n\treturn mode",
    "static bool  waits_for_writeback(enum migrate_mode mode)\n{\n\n\t/* Why. */ return mode",
)
CHANGED = ("return mode == MIGRATE_SYNC ||", "return mode != MIGRATE_SYNC ||")


def _hash(text: str, name: str = "waits_for_writeback") -> str:
    return code_hash(all_functions(text)[name][0])


def test_hash_is_that_of_the_code() -> None:
    """
    Comments and white space do not count; whatever else does.
    """
    assert _hash(changed()) == _hash(changed(COMMENTED))
    assert _hash(changed()) != _hash(changed(CHANGED))


@pytest.mark.parametrize(
    ("old", "new"),
    [("f(void)", "g(void)"), ("a = 1;", "a = 2;"), ('"x y"', '"x  y"'), ("-- a", "- -a")],
)
def test_what_changes_a_hash(old: str, new: str) -> None:
    """
    A name, a number, a blank in a string, two tokens in the place of one.
    """
    text = 'int f(void)\n{\n\tint a = 1;\n\tchar *s = "x y";\n\treturn -- a;\n}\n'
    before = code_hash(all_functions(text)["f"][0])
    after = code_hash(next(iter(all_functions(text.replace(old, new)).values()))[0])
    assert before != after


def test_drift() -> None:
    """
    Each function that is recorded is the same, changed, gone, or there twice.
    """
    recorded = hashes(found[0] for found in all_functions(changed()).values())
    twice = "\nstatic void account(struct page *page)\n{\n}\n"
    text = changed(CHANGED, ("static void forget_freed(", "static void freed("))
    names = ("waits_for_writeback", "lock_source", "forget_freed", "account")
    wanted = {name: recorded[name] for name in names}
    found = list(drift(wanted, all_functions(text + twice)))
    assert [(one.name, one.fate) for one in found] == [
        ("waits_for_writeback", Fate.CHANGED),
        ("lock_source", Fate.SAME),
        ("forget_freed", Fate.GONE),
        ("account", Fate.SEVERAL),
    ]
    assert found[1:3] == [
        Drift(name="lock_source", fate=Fate.SAME, line=24),
        Drift(name="forget_freed", fate=Fate.GONE, line=0),
    ]
