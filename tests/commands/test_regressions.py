# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json

import pytest

from tests.explore.difference.comparing import ROOT
from tests.shell import Shell

SPEC = "specs/deltas.errpath"
_TEXT = (ROOT / SPEC).read_text(encoding="utf-8")
_MARK = '    because "The patch allocates in the part'
SAID = """\
REGRESSION pre -> post: a failed allocation takes the source page from its
  caller (specs/deltas.errpath:4)
    The patch allocates in the part whose failures are permanent, so after
      -ENOMEM the page is off the caller's list and its reference is gone,
      while the caller goes on as if it had both.
"""


@pytest.fixture
def marked(shell: Shell) -> Shell:
    """
    Give a project in which the first delta of this one is a regression.
    """
    shell.write(SPEC, _TEXT.replace(_MARK, f"    regression\n{_MARK}", 1))
    return shell


def test_verify_keeps_a_declared_regression_in_sight(marked: Shell) -> None:
    """
    It is declared, so it is no finding; and it is said what it is.
    """
    said = marked("verify")
    assert (said.status, said.err) == (0, "")
    assert said.out.endswith(f"\n{SAID}")


def test_verify_gives_a_regression_as_data(marked: Shell) -> None:
    """
    A line of JSON names the delta, what it is between, and its sentence.
    """
    said = marked("verify", "--json")
    (found,) = [one for one in map(json.loads, said.out.splitlines()) if "regression" in one]
    because = found.pop("because")
    assert because.startswith("The patch allocates in the part whose failures are permanent")
    assert found == {
        "regression": "a failed allocation takes the source page from its caller",
        "at": f"{SPEC}:4",
        "old": "pre",
        "new": "post",
        "run": None,
    }


def test_diff_marks_the_differences_that_a_regression_declares(marked: Shell) -> None:
    """
    Below the line that names the delta stands its sentence.
    """
    said = marked("diff", "pre", "post", "--examples", "none")
    assert said.status == 0
    lines = said.out.splitlines()
    heads = [number for number, line in enumerate(lines) if "REGRESSION" in line]
    assert heads
    for number in heads:
        assert lines[number] == "   REGRESSION: The patch allocates in the part whose failures are"
        assert "declared by specs/deltas.errpath:4 on" in "".join(lines[number - 2 : number])


def test_check_keeps_a_declared_regression_in_sight(marked: Shell) -> None:
    """
    The gate accepts what is declared, and its summary shows what that is.
    """
    marked.write(
        "specs/b.errpath",
        'scenario "s" {\nbecause "B."\nsrc: file\nreturns 0\n}\n',
    )
    assert marked("generate").status == 0
    said = marked("check")
    assert said.status == 0
    assert said.out.endswith(f"\n{SAID}")


def test_nothing_is_said_where_no_delta_is_a_regression(shell: Shell) -> None:
    """
    A difference that is only declared is no regression.
    """
    shell.write(SPEC, _TEXT)
    assert "REGRESSION" not in shell("verify").out


def test_regression_is_for_deltas(shell: Shell) -> None:
    """
    A scenario is of no older semantics, so it cannot be a step back from one.
    """
    shell.write("specs/b.errpath", 'scenario "s" {\nregression\nbecause "B."\nreturns 0\n}\n')
    said = shell("lint", "--output-format", "concise")
    assert said.out.splitlines()[0] == (
        "specs/b.errpath:2:1: E106 `regression` cannot stand in a scenario"
    )


def test_function_that_runs_over_no_list_is_told(shell: Shell) -> None:
    """
    `--entry` takes what the model runs over a list.
    """
    said = shell("diff", "pre", "post", "--entry", "migrate_page")
    assert (said.status, said.out) == (2, "")
    assert said.err == (
        "errpath: no function `migrate_page` runs over a list; `migrate_pages` exists\n"
    )
    said = shell("diff", "pre", "post", "--entry", "list")
    assert said.err == (
        "errpath: no function `list` runs over a list; `migrate_pages` and "
        "`migrate_pages_and_putback` do\n"
    )


def test_what_is_left_out_is_said(shell: Shell) -> None:
    """
    With --no-lists nothing is compared on lists, and no reader takes that for judged.
    """
    lines = "changes returns\npre: returns 0\npost: returns 1\n"
    shell.write(
        "specs/b.errpath",
        f'delta pre -> post "d" {{\nregression\nbecause "B."\nrun migrate_pages(a)\n{lines}}}\n',
    )
    said = shell("verify", "--no-lists")
    assert said.status == 0
    assert said.out == (
        "1 delta about lists left out: --no-lists\n\n"
        "REGRESSION pre -> post: d (specs/b.errpath:1)\n    B.\n"
    )


def test_delta_that_is_not_compared_on_lists_is_found_without_comparing(shell: Shell) -> None:
    """
    A delta about two pages is a finding of its own, and nothing runs for it.
    """
    lines = "changes returns\npre: returns 0\npost: returns 1\n"
    shell.write(
        "specs/b.errpath",
        f'delta pre -> post "d" {{\nbecause "B."\nrun migrate_pages(a, b)\n{lines}}}\n',
    )
    said = shell("verify")
    assert said.status == 1
    assert "error[E612]: specs/b.errpath:3 the delta" in said.out
