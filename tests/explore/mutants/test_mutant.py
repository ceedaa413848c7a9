# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast

import pytest

from errpath.explore.mutants.mutant import mutants
from errpath.explore.source import Source
from errpath.kernel.bug import KnownBug
from errpath.migrate.migration import MIGRATE
from tests.explore.mutants.specs import judge

# The bugs of page migration that a single page can show; in pre alone where the second page
# that was locked does not exist in post.
COMMITS = {
    "32665f2bbfed",
    "2def7424c937",
    "ff59909a077b",
    "6afcf8ef0ca0",
    "98837c7f82ef",
    "3c226c637b69",
    "41cddf83d8b0",
    "d776aaa9895e",
    "add05cecef80",
}


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_mutants_are_as_many_as_their_texts(semantics: str) -> None:
    """
    Mutants are numbered; each is a program of its own, and none is the right version.
    """
    found = judge(semantics).mutants
    texts = {ast.unparse(ast.parse(mutant.text)) for mutant in found}
    right = ast.unparse(judge(semantics).source.tree)
    assert [mutant.number for mutant in found] == list(range(1, len(found) + 1))
    assert len(found) > 400
    assert len(texts) == len(found)
    assert right not in texts


@pytest.mark.parametrize(("semantics", "more"), [("pre", {"fb3592c41a44"}), ("post", set())])
def test_bugs_that_the_kernel_had_are_among_them(semantics: str, more: set[str]) -> None:
    """
    Each bug that a single page can show is a mutant, under its commit.
    """
    found = [mutant.bug for mutant in judge(semantics).mutants if mutant.bug]
    assert {bug.commit for bug in found} == COMMITS | more
    assert len(found) == sum(bug.semantics == semantics for bug in MIGRATE.bugs)


def test_a_mutant_is_shown_as_a_diff_of_the_text() -> None:
    """
    The diff has the text as it is written, with its comments, and the path below the root.
    """
    shown = next(m for m in judge("post").mutants if m.bug and m.bug.commit == "3c226c637b69")
    assert shown.operator == "swapped"
    assert shown.diff() == [
        "--- a/errpath/migrate/post.py",
        "+++ b/errpath/migrate/post.py",
        f"@@ -{shown.line - 2},6 +{shown.line - 2},6 @@",
        "                 else:",
        "                     k.__ClearPageIsolated(page)",
        "+                k.put_page(page)",
        "                 k.unlock_page(page)",
        "-                k.put_page(page)",
        "     # done:",
        "     return rc",
    ]


def test_the_text_keeps_what_is_not_changed() -> None:
    """
    A mutant differs from the source in the lines of its diff, and nowhere else.
    """
    for mutant in judge("pre").mutants:
        before = mutant.source.text.splitlines()
        after = mutant.text.splitlines()
        gone = sum(line.startswith("-") for line in mutant.diff()) - 1
        new = sum(line.startswith("+") for line in mutant.diff()) - 1
        assert len(before) - gone == len(after) - new


def test_a_known_bug_says_where_it_is_not_found() -> None:
    """
    Lines that are not there, or there twice, are an error that names the commit.
    """
    source = Source(MIGRATE.modules["pre"])
    for old, times in (("k.nothing(page)", 0), ("rc = -EAGAIN", 1), ("k.unlock_page(page)", 3)):
        bug = KnownBug(commit="0123456789ab", says="It.", semantics="pre", changes=((old, ""),))
        if times == 1:
            assert len(list(bug.places(source.text))) == 1
        else:
            with pytest.raises(ValueError, match=f"`{old[:9]}.*` is there {times} times"):
                list(bug.places(source.text))


def test_mutants_of_a_model_without_bugs() -> None:
    """
    What no operator makes is not there without its declaration.
    """
    model = type(MIGRATE)(vocabulary=MIGRATE.vocabulary, reference=MIGRATE.reference)
    found = list(mutants(Source(MIGRATE.modules["pre"]), "pre", model))
    assert "known-bug" not in {mutant.operator for mutant in found}
    assert all(mutant.bug is None for mutant in found)
