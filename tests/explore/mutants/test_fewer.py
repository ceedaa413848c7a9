# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

from errpath.explore.mutants.fewer import Fewer
from errpath.explore.source import Source
from errpath.language.loading import load
from errpath.migrate.migration import MIGRATE
from errpath.spec.contract import Law
from errpath.vocabulary.choice import Value

SOURCE = Source(MIGRATE.modules["pre"])
CHOICES = MIGRATE.vocabulary.choices
LAW = """\
# One law.

law "moved by a system call" {
    because "It is."
    when reason is MR_SYSCALL
    never num_poisoned_pages_inc()
}
"""


def _answers(text: str, *laws: Law) -> tuple[Value, ...]:
    return Fewer(SOURCE, laws, MIGRATE).possible(CHOICES[text], {})


def test_one_value_stands_for_those_that_nobody_names() -> None:
    """
    The code names one reason: any other stands for all of the others.
    """
    assert _answers("reason") == ("MR_COMPACTION", "MR_MEMORY_FAILURE")


def test_what_is_named_is_kept() -> None:
    """
    Each mode is compared with, but for one; settings that are tested have both answers.
    """
    assert _answers("mode") == CHOICES["mode"].values
    for text in ("force", "put_new_page", "PF_MEMALLOC", "src->mapping", "trylock_page(src)"):
        assert _answers(text) == CHOICES[text].values


def test_a_law_names_values_too(tmp_path: Path) -> None:
    """
    A reason that a condition is about is not like the others.
    """
    (tmp_path / "a.errpath").write_text(LAW, encoding="utf-8")
    loaded = load([tmp_path / "a.errpath"], root=tmp_path, vocabulary=MIGRATE.vocabulary)
    laws = loaded.specs[0].laws
    assert _answers("reason", *laws) == ("MR_COMPACTION", "MR_MEMORY_FAILURE", "MR_SYSCALL")
