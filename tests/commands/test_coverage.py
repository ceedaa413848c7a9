# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.golden import check_golden
from tests.shell import BUSY, CLAIM, SLIP, SLIP_TOLD, Said, Shell

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "coverage"

LAW = """\
# Laws only.

law "nothing is asked for twice" {
    because "Once is enough."
    calls get_new_page(src) at most once
}
"""


def _copy(shell: Shell, *leave_out: str) -> None:
    """
    Have the specs of the project, but for some.
    """
    specs = shutil.copytree(ROOT / "specs", shell.folder / "specs")
    for name in leave_out:
        (specs / f"{name}.errpath").unlink()


def test_the_project(shell: Shell) -> None:
    """
    The specs of the project exercise every exit and fault, and all that a path reaches.
    """
    _copy(shell)
    said = shell("coverage")
    cases, text = said.out.split("\n", 1)
    assert (said.status, said.err) == (0, "")
    assert re.fullmatch(
        r"exercised by the cases of scenarios: \d{3,4} of pre, \d{3,4} of post, \d{3} of driver",
        cases,
    )
    check_golden(EXPECTED / "project.txt", text)


def test_what_is_missing(shell: Shell) -> None:
    """
    What no scenario exercises is listed; an exit or a fault is an error, with the way there.
    """
    shell.write("specs/a.errpath", BUSY)
    said = shell("coverage")
    assert (said.status, said.err) == (1, "")
    assert (said.out.isascii(), max(map(len, said.out.splitlines()))) == (True, 75)
    check_golden(EXPECTED / "missing.txt", said.out)


def test_a_broken_case_counts_for_nothing(shell: Shell) -> None:
    """
    A case whose contract is broken exercises nothing, and is an error.
    """
    shell.write("specs/a.errpath", CLAIM)
    out = shell("coverage").out
    assert "exercised by the cases of scenarios: 1 of pre, 0 of post\n" in out
    assert "error[E611]: 1 broken case of post: what is exercised there alone counts as" in out
    assert out.endswith("  = help: `errpath check` tells what is broken\n")


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_no_scenario(shell: Shell, option: tuple[str, ...]) -> None:
    """
    Specs without a scenario exercise nothing, and that is an error.
    """
    shell.write("specs/a.errpath", LAW)
    assert shell("coverage", *option) == Said(
        1, "", "errpath: no spec in `specs` has a scenario: nothing is exercised\n"
    )


def test_problems_of_the_specs(shell: Shell) -> None:
    """
    Specs that cannot be read are told as they are by lint.
    """
    shell.write("specs/a.errpath", SLIP)
    assert shell("coverage") == Said(1, SLIP_TOLD)


def test_more_paths_than_allowed(shell: Shell) -> None:
    """
    Figures that rest on some of the paths are not shown.
    """
    shell.write("specs/a.errpath", BUSY)
    assert shell("coverage", "--max-paths", "100") == Said(
        2,
        "",
        "errpath: `pre` has more than 100 paths, which is the bound (--max-paths):"
        " this is not the whole\n",
    )


def test_json(shell: Shell) -> None:
    """
    The object has, for each semantics and kind, what is covered, by whom, and what is missing.
    """
    shell.write("specs/a.errpath", BUSY)
    said = shell("coverage", "--json")
    found = json.loads(said.out)
    assert (said.status, list(found), list(found["post"])) == (
        1,
        ["pre", "post"],
        ["cases", "broken", "exits", "faults", "branches", "primitives", "values"],
    )
    post = found["post"]
    assert (post["cases"], post["broken"], post["faults"]["covered"]) == (3, [], 2)
    assert post["faults"]["exercised"] == [
        {
            "says": "trylock_page(src) = 0",
            "place": None,
            "cases": 2,
            "first": "generated_tests/test_a.py::test_a_busy_source_page__post[file]",
        },
        {
            "says": "trylock_page(dst) = 0",
            "place": None,
            "cases": 1,
            "first": "generated_tests/test_a.py::test_a_busy_new_page__post",
        },
    ]
    missing = post["exits"]["missing"][0]
    assert (missing["says"], missing["place"], missing["unlike"]) == (
        "goto out",
        "errpath/migrate/post.py:55",
        {"get_new_page(src)": "NULL"},
    )
    assert missing["choices"]["get_new_page(src)"] == "NULL"
    assert post["branches"]["unreachable"] == [
        {"says": "not anon_vma", "outcome": True, "place": "errpath/migrate/post.py:75"}
    ]


def test_json_has_what_the_table_has(shell: Shell) -> None:
    """
    The figures of the table are those of the object.
    """
    _copy(shell, "thp")
    found = json.loads(shell("coverage", "--json").out)
    lines = shell("coverage").out.splitlines()
    kinds = ["exits", "faults", "branches", "primitives", "values"]
    rows = {row[0]: row[1:] for line in lines if (row := line.split()) and row[0] in kinds}
    assert rows == {
        kind: [
            f"{one[kind]['covered']}/{one[kind]['reachable']}" if one[kind]["reachable"] else "-"
            for one in found.values()
        ]
        for kind in kinds
    }
    assert [*found] == ["pre", "post", "driver"]
    assert all(
        one[kind]["covered"] == len(one[kind]["exercised"])
        and one[kind]["reachable"] == len(one[kind]["exercised"]) + len(one[kind]["missing"])
        for one in found.values()
        for kind in kinds
    )


LIST = """\
# A list.

scenario "a page that is migrated" {
    because "One pass is enough."
    run migrate_pages(a)

    returns 0
}
"""


def test_what_runs_above_the_semantics(shell: Shell) -> None:
    """
    Its exits are an error where no scenario takes them, and nobody says which path would.
    """
    shell.write("specs/a.errpath", BUSY + LIST.partition("\n")[2])
    said = shell("coverage")
    assert said.status == 1
    assert "exercised by the cases of scenarios: 4 of pre, 4 of post, 2 of driver\n" in said.out
    check_golden(
        EXPECTED / "above.txt",
        "\n".join(
            line
            for line in said.out.splitlines()
            if "driver" in line or line.startswith(("exits", "branches", "reached"))
        ),
    )


def test_a_scenario_of_a_list_that_is_broken_counts_for_nothing(shell: Shell) -> None:
    """
    Above the semantics as in them.
    """
    shell.write("specs/a.errpath", LIST.replace("returns 0", "returns 1"))
    said = shell("coverage")
    assert said.out.startswith("exercised by the cases of scenarios: 0 of pre, 0 of post, 0 of")
    assert "error[E611]: 2 broken cases of driver: what is exercised there alone counts" in said.out
