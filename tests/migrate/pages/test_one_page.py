# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import re
from functools import partial

import pytest

from errpath.explore.paths.enumerate import paths
from errpath.kernel.run import Run
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.reference import ListReference
from errpath.migrate.reference import Reference
from errpath.vocabulary.choice import Choice, Value
from tests.runs import trace_of

NAMES = {"a_new": "dst", "a_anon_vma": "anon_vma", "a": "src"}
SETTINGS = ("mode", "reason", "put_new_page", "PF_MEMALLOC")
KINDS = ("__PageMovable(a)", "PageAnon(a)", "PageKsm(a)", "thp_migration_supported()")
AFTER = {
    "PageTransHuge",
    "cond_resched",
    "count_vm_events",
    "trace_mm_migrate_pages",
}


def _of_one(text: str) -> str:
    return re.sub(r"\w+", lambda found: NAMES.get(found[0], found[0]), text)


class _AsBefore:
    """
    Answers for the page `a` as a path of unmap_and_move() answers for `src`.

    Where that has force, the lock is busy in three passes first.
    """

    def __init__(self, path: Run) -> None:
        self.answers = path.choices
        self.force = path.choices.get("force") == "yes"
        self.number = 0

    def begin_pass(self, number: int) -> None:
        """
        Take note of the pass.
        """
        self.number = number

    def __call__(self, choice: Choice) -> Value:
        if self.force and self.number < 4 and choice.text not in (*KINDS, *SETTINGS):
            return 0 if choice.text == "trylock_page(a)" else choice.default
        value = self.answers.get(_of_one(choice.text), choice.default)
        return {"dst": "a_new", "anon_vma": "a_anon_vma"}.get(str(value), value)


@pytest.mark.parametrize(("semantics", "count"), [("pre", 3151), ("post", 3185)])
def test_attempt_of_a_list_is_an_attempt_of_one_page(semantics: str, count: int) -> None:
    """
    On every path of unmap_and_move() an attempt of migrate_pages() makes the same calls.
    """
    alone, listed = Reference(), ListReference(("a",))
    found = 0
    for path in paths(partial(alone.run, semantics), MIGRATE.vocabulary.rules):
        run = listed.run(semantics, _AsBefore(path))
        start = run.passes[3 if path.choices.get("force") == "yes" else 0][0]
        events = [_of_one(text) for text in trace_of(run)[start:]]
        size = len(path.trace)
        assert events[:2] == ["cond_resched()", "PageHuge(src) = 0"]
        assert events[2 : size + 2] == trace_of(path)
        assert run.trace[start + size + 2].primitive.name in AFTER
        found += 1
    assert found == count
