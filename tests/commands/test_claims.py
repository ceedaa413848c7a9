# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_

import pytest

from errpath.commands.claims import claim_of, found_in
from errpath.commands.finding import Code
from errpath.commands.loading import read
from errpath.models import model
from errpath.spec.contract import Spec
from tests.explore.difference.comparing import ALLOCATION, ROOT, declared, deltas
from tests.migrate import bugs_post, bugs_pre
from tests.migrate.mutants import Mutant
from tests.shell import BUSY, Shell

SPEC = "specs/deltas.errpath"
# What the comparison says of each bug, by where it is and the commit that it is known by.
BUGS = {
    "pre, 32665f2bbfed": "finally page_ref(dst) no longer held",
    "pre, 2def7424c937: the new": "finally dst on caller, not on lru",
    "pre, 2def7424c937: put_new_page": "finally dst on caller, not on free",
    "pre, ff59909a077b": "finally NR_ISOLATED changed by 0, not by -1",
    "pre, 6afcf8ef0ca0": "returns -EBUSY, where it stopped on use-after-put",
    "pre, 98837c7f82ef": "finally migration_entries(src) no longer held",
    "pre, 3c226c637b69": "returns -EBUSY, where it stopped on use-after-put",
    "pre, 41cddf83d8b0": "finally dst on free, not on lru",
    "pre, d776aaa9895e": "finally PG_locked(src) no longer held",
    "pre, add05cecef80": "finally src poisoned",
    "post, 32665f2bbfed: returned": "finally src on from_list, not on lru",
    "post, 32665f2bbfed: put_new_page": "finally page_ref(dst) still held",
    "post, 2def7424c937": "finally dst on lru, not on caller",
    "post, ff59909a077b": "finally src not counted",
    "post, 6afcf8ef0ca0": "stops on use-after-put, where it returned 0",
    "post, 98837c7f82ef": "finally migration_entries(src) still held",
    "post, 3c226c637b69": "stops on use-after-put, where it returned -EBUSY",
    "post, 41cddf83d8b0": "finally dst on lru, not on free",
    "post, d776aaa9895e": "finally PG_locked(src) still held",
    "post, add05cecef80": "finally src not poisoned",
}
MUTANTS = {
    **{f"pre, {name}": mutant for name, mutant in bugs_pre.BUGS.items()},
    **{f"post, {name}": mutant for name, mutant in bugs_post.BUGS.items()},
}


@cache
def _specs() -> tuple[Spec, ...]:
    return tuple(read(ROOT, [SPEC]).specs)


@cache
def _blocks() -> tuple[str, ...]:
    """
    Give the text of each delta of the project, in order.
    """
    text = (ROOT / SPEC).read_text(encoding="utf-8")
    _, *found = re.split(r"(?m)^(?=delta )", text)
    return tuple(found)


def _written(shell: Shell, blocks: Iterable[str]) -> Shell:
    shell.write(SPEC, "# What is declared.\n\n" + "".join(blocks))
    return shell


def _unfolded(text: str) -> list[str]:
    """
    Give the findings, a line each.
    """
    return [
        " ".join(part.split())
        for part in re.split(r"(?m)^(?=error\[|  = help)", text)
        if part.startswith("error[")
    ]


def _undeclared(text: str) -> set[str]:
    """
    Give what is undeclared: what E608 says of the facets on each set of pairs.
    """
    found: set[str] = set()
    for line in _unfolded(text):
        said = re.fullmatch(r"error\[E608\]: \w+ -> \w+: (.*): no delta declares it on .*", line)
        assert said, line
        found.update(said[1].split("; "))
    return found


def test_project_without_deltas(shell: Shell) -> None:
    """
    A project that declares nothing has every difference as a finding, and is told how to declare.
    """
    shell.write("specs/a.errpath", BUSY)
    said = shell("diff", "pre", "post", "--examples", "none")
    says = {facet.says for facet in declared().differences.masks}
    report, _, findings = said.out.partition("\n\nerror[")
    assert (said.status, said.err) == (1, "")
    assert _undeclared(f"error[{findings}") == says
    assert findings.endswith(
        '\n  = help: a delta declares a difference: `delta OLD -> NEW "..." { }`\n'
    )
    assert "declared by" not in report
    assert report.count("UNDECLARED on ") == 8


def test_one_delta(shell: Shell) -> None:
    """
    What a delta declares is no finding; what it does not is one, on the pairs where it is not.
    """
    said = _written(shell, [ALLOCATION])("diff", "pre", "post", "--examples", "none")
    says = {facet.says for facet in declared().differences.masks}
    assert said.status == 1
    assert _undeclared(said.out[said.out.index("error[") :]) == says - {
        "now calls trylock_page(src)"
    }


@pytest.mark.parametrize("number", range(len(deltas())))
def test_delta_that_is_missing(shell: Shell, number: int) -> None:
    """
    E608: without any one of the project's deltas, what only that one declares is undeclared.
    """
    left = [*_blocks()]
    del left[number]
    said = _written(shell, left)("diff", "pre", "post", "--examples", "undeclared")
    found = declared()
    alone = found.declarations[number]
    others = [one for one in found.declarations if one is not alone]
    says = {
        facet.says
        for facet, mask in found.differences.masks.items()
        if mask & ~reduce(or_, (one.covers(facet) for one in others))
    }
    report, _, findings = said.out.partition("\n\nerror[")
    assert (said.status, said.err) == (1, "")
    assert _undeclared(f"error[{findings}") == says
    assert says <= {facet.says for facet in alone.shown}
    # An example for each numbered difference with something undeclared, and for no other.
    assert report.count("the smallest example") == report.count("UNDECLARED on ") > 0


def test_delta_that_is_untrue(shell: Shell) -> None:
    """
    E609: what a delta says that is not so is told with its place, and a situation that shows it.
    """
    text = ALLOCATION.replace("trylock_page(src) once", "lock_page(src) once")
    text = text.replace("changes calls ", "changes calls put_page(dst) | ")
    said = _written(shell, [text])("diff", "pre", "post", "--examples", "none")
    line = 2 + text[: text.index("changes")].count("\n")
    found = [one for one in _unfolded(said.out) if "E609" in one]
    head = 'in the delta "the allocation fails later":'
    assert (said.status, found) == (
        1,
        [
            (
                f"error[E609]: {SPEC}:{line + 1} {head} no pair of paths shows that "
                "`put_page(dst)` changes in that way"
            ),
            (
                f"error[E609]: {SPEC}:{line + 3} {head} post breaks `calls lock_page(src) once` "
                "on 66 of 128 pairs: it is never called; for one, when get_new_page(src) "
                "fails and trylock_page(src) succeeds and __PageMovable(src) = 0"
            ),
        ],
    )


def test_delta_that_is_too_wide(shell: Shell) -> None:
    """
    E609: a delta that binds what does not change is told on how many pairs, and when.
    """
    text = ALLOCATION.replace("    when get_new_page(src) fails\n", "")
    text = text.replace("pre: never trylock_page(src)", "pre: never lock_page(dst)")
    text = text.replace("post: calls trylock_page(src) once", "post: never lock_page(dst)")
    said = _written(shell, [text])("diff", "pre", "post", "--examples", "none")
    (found,) = (one for one in _unfolded(said.out) if "E609" in one)
    assert found == (
        f'error[E609]: {SPEC}:7 in the delta "the allocation fails later": 3149 of 3277 pairs '
        "that it binds do not show it: the delta is too wide; for one, when "
        "get_new_page(src) succeeds"
    )


def test_delta_that_binds_nothing(shell: Shell) -> None:
    """
    E609: a condition that no pair meets makes a delta that declares nothing.
    """
    text = ALLOCATION.replace("fails\n", "fails and trylock_page(dst)\n", 1)
    said = _written(shell, [text])("diff", "pre", "post", "--examples", "none")
    (found,) = (one for one in _unfolded(said.out) if "E609" in one)
    assert (said.status, found) == (
        1,
        (
            f'error[E609]: {SPEC}:5 in the delta "the allocation fails later": '
            "no pair of paths meets its condition"
        ),
    )


@pytest.mark.parametrize(("name", "mutant"), MUTANTS.items(), ids=MUTANTS)
def test_bug_is_found(name: str, mutant: Mutant) -> None:
    """
    A real bug in either semantics is a difference that the project does not declare.
    """
    (says,) = (says for bug, says in BUGS.items() if name.startswith(bug))
    with mutant.installed():
        found = list(found_in(claim_of(_specs(), "pre", "post", model())))
    undeclared = "\n".join(one.message for one in found if one.code is Code.UNDECLARED)
    assert says in undeclared
    assert says not in {facet.says for facet in declared().differences.masks}
