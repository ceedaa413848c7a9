# SPDX-License-Identifier: GPL-2.0-only
"""
Lists, pages, passes and calls that are not there: each is told, and nothing of it is green.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.contracts.scenario import Suite
from errpath.language import load, render
from errpath.migrate.words import VOCABULARY
from errpath.models import model
from tests.golden import check_golden
from tests.language.reading import load_spec, load_texts

TEXT = """\
scenario "it" {{
    because "A reason."
    run {run}
    {line}
    returns 0 | 1
}}
"""
HERE = Path(__file__).parent / "lists"
BAD = sorted(HERE.glob("*.errpath"))
MANY = ", ".join(f"p{number}" for number in range(10_000))
TOO_MANY = """\
error[E315]: `migrate_pages_and_putback` is given 10,000 pages
  --> it.errpath:3:9
   |
"""

UNFIRED = {
    "fail get_new_page(b) in pass 5": (
        "the injected fault on get_new_page(b) did not fire in pass 5: the run has 1 pass"
    ),
    "fail trylock_page(b) from pass 2": (
        "the injected fault on trylock_page(b) did not fire from pass 2 on: the run has 1 pass"
    ),
    "fail get_new_page(b) on call 2": (
        "the injected fault on get_new_page(b) did not fire on call 2: the run has 1 such call"
    ),
    "fail get_new_page(a_tail)": (
        "the injected fault on get_new_page(a_tail) did not fire: the run never got there"
    ),
    "fail trylock_page(a) 11 times": (
        "the injected fault on trylock_page(a) did not fire on call 5: the run has 4 such calls"
    ),
    "calls trylock_page(a) in pass 3": ("the run has no pass 3, so the clause checks nothing"),
    "never trylock_page(a) after get_new_page(b) = NULL": (
        "the run never calls get_new_page(b) = NULL, so the clause checks nothing"
    ),
}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_a_list_does_not_have_is_told_in_these_words(path: Path) -> None:
    """
    Each where it is named, with what there is.
    """
    loaded = load([path], root=HERE, vocabulary=VOCABULARY)

    check_golden(path.with_suffix(".txt"), render(loaded.diagnostics, loaded.sources, "full"))
    assert (bool(loaded.diagnostics), loaded.specs) == (True, ())


def test_ten_thousand_pages_are_too_many(tmp_path: Path) -> None:
    """
    One problem tells it, and none of its pages is another one.
    """
    text = TEXT.format(run=f"migrate_pages_and_putback({MANY})", line="fail get_new_page(p1)")
    loaded = load_texts(tmp_path, {"it.errpath": text})
    found = render(loaded.diagnostics, loaded.sources, "full")

    assert (found[: len(TOO_MANY)], len(loaded.diagnostics)) == (TOO_MANY, 1)
    assert found.endswith("\n   = help: it takes at most 16")
    assert len(found) < 400


@pytest.mark.parametrize("line", UNFIRED)
@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_what_never_comes_in_a_run_is_no_success(line: str, semantics: str, tmp_path: Path) -> None:
    """
    A fault on a page, pass or call that never comes, and a clause about one, checks nothing.
    """
    spec = load_spec(tmp_path, TEXT.format(run="migrate_pages(a, b)", line=line))
    suite = Suite(model())
    (scenario,) = spec.scenarios
    (case,) = suite.cases(scenario, semantics)
    stage = suite.stage(scenario)
    run = stage.model.reference().run(semantics, case.situation.environment())
    broken = case.broken(run, model=stage.model, patterns=stage.patterns)

    assert [got for one in broken for got in one.got] == [UNFIRED[line]]
