# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from errpath.commands.mutated import Report
from errpath.migrate.migration import MIGRATE
from tests.explore.mutants.specs import above, judge
from tests.shell import BUSY, CLAIM, SLIP, SLIP_TOLD, Said, Shell
from tests.terminal import shown

SOME = ("mutate", "--semantics", "post", "--operator", "goto-for-return")

REPORT = """\
post, errpath/migrate/post.py: 5 mutants
  judged by 2 scenarios and 0 laws

operator         mutants  killed  equivalent  survived  score
goto-for-return        5       1           2         2   0.33
all                    5       1           2         2   0.33

killed by scenarios: 1; by laws alone: 0; by a crash: 0

"""
TESTS = """\
contract                 kills  alone          for example
specs/a.errpath:3 post       1      1  goto-for-return:144
specs/a.errpath:11 post      0      0                    -

"""
WORTH = """\
of 2 tests, 1 kill some mutant that no other test does
  0 kill only what others kill as well
  1 kill none"""
SURVIVOR = """\

error: a mutant survives: goto-for-return in post
  --> errpath/migrate/post.py:149
  --- a/errpath/migrate/post.py
  +++ b/errpath/migrate/post.py
  @@ -147,5 +147,5 @@
                   # very lock, as readahead does for pages that it queues for one bio.
                   if k.current.flags & PF_MEMALLOC:
  -                    return rc
  +                    goto(out_unlock)

                   k.lock_page(page)
  the smallest path that tells it: src: locked; mode: MIGRATE_SYNC_LIGHT;
    force: yes; PF_MEMALLOC: set
      trylock_page(src) = 0
    - returns -EAGAIN
    + unlock_page(src)
    + BUG unlock-unlocked
"""


@pytest.fixture
def busy(shell: Shell) -> Shell:
    """
    Stand in a project whose two scenarios are about locks that somebody else has.
    """
    shell.write("specs/a.errpath", BUSY)
    return shell


def test_the_report(busy: Shell) -> None:
    """
    There is a row for each operator, and each survivor with the path that tells it.
    """
    said = busy(*SOME)
    assert (said.status, said.err) == (1, "")
    assert said.out.startswith(f"{REPORT}{WORTH}; --tests lists what each is for\n\nerror: ")
    assert said.out.endswith(SURVIVOR)
    assert said.out.count("error: a mutant survives") == 2


def test_what_each_test_is_for(busy: Shell) -> None:
    """
    Each contract has the mutants that it kills, and those that it alone does.
    """
    assert busy(*SOME, "--tests").out.startswith(f"{REPORT}{TESTS}{WORTH}\n\nerror: ")


def test_json_has_each_mutant(busy: Shell) -> None:
    """
    A line of JSON is a mutant, with the keys and types that other tools read.
    """
    said = busy(*SOME, "--json")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert said.status == 1
    verdicts = [one["verdict"] for one in found]
    assert sorted(verdicts) == ["equivalent", "equivalent", "killed", "survived", "survived"]
    killed, survived = found[verdicts.index("killed")], found[-1]
    assert killed == {
        "semantics": "post",
        "number": killed["number"],
        "operator": "goto-for-return",
        "place": "errpath/migrate/post.py:144",
        "bug": None,
        "diff": killed["diff"],
        "verdict": "killed",
        "killed_by": ["specs/a.errpath::test_a_busy_source_page__post"],
        "crash": None,
        "path": None,
        "reason": None,
    }
    assert survived["diff"][0] == "--- a/errpath/migrate/post.py"
    assert survived["path"]["choices"]["PF_MEMALLOC"] == "set"
    assert survived["path"]["right"][:2] == ["trylock_page(src) = 0", "returns -EAGAIN"]
    assert survived["path"]["wrong"][:2] == ["trylock_page(src) = 0", "unlock_page(src)"]


def test_several_processes_say_the_same(busy: Shell) -> None:
    """
    The output does not depend on who judges.
    """
    assert busy.process(*SOME, "--jobs", "2") == busy.process(*SOME)


def test_bugs_of_the_kernel_are_told_with_who_is_about_them(shell: Shell) -> None:
    """
    A bug that comes back is named by its commit; who cites that is named first.
    """
    shell.write(
        "specs/a.errpath",
        """
        # Two.

        scenario "a page that is migrated" {
            because "It is freed."

            returns 0
        }

        scenario "a page that is moved while it is held" {
            because "It must not be."
            commit fb3592c41a44 "migrate_pages: fix deadlock in batched migration"
            src: writeback
            force: yes

            never wait_on_page_writeback(src) while PG_locked(dst)
            calls wait_on_page_writeback(src) once
        }
        """,
    )
    said = shell("mutate", "--operator", "known-bug", "--semantics", "pre")
    assert "bugs that the kernel had:\n" in said.out
    assert (
        "  fb3592c41a44 in pre: Writeback was waited for with a second page locked.\n" in said.out
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("--operator", "droped-call"),
            "errpath: no operator is named `droped-call`; `dropped-call` exists\n",
        ),
        (
            ("--operator", "x"),
            "errpath: no operator is named `x` (see `errpath mutate --help`)\n",
        ),
        (
            ("--semantics", "port"),
            "errpath: no semantics is named `port`; `pre` and `post` exist\n",
        ),
    ],
)
def test_what_is_not_there(busy: Shell, arguments: tuple[str, str], complaint: str) -> None:
    """
    A name that is none ends with status 2, and nothing on standard output.
    """
    assert busy("mutate", *arguments) == Said(2, "", complaint)


def test_specs_with_a_problem_judge_nobody(shell: Shell) -> None:
    """
    The problem is told as `errpath lint` does.
    """
    shell.write("specs/a.errpath", SLIP)
    assert shell("mutate") == Said(1, SLIP_TOLD)


def test_specs_that_are_broken_judge_nobody(shell: Shell) -> None:
    """
    Where a test is red already, none can turn red by a mutant.
    """
    shell.write("specs/a.errpath", CLAIM)
    assert shell("mutate", "--semantics", "post") == Said(
        1,
        "error: 1 test of `post` fails without a mutant: a mutant can turn none red\n"
        "  = help: `errpath check` tells what is broken\n",
    )


def test_no_test_is_no_score(shell: Shell) -> None:
    """
    Specs that say nothing to run are an error, and no score of 1.
    """
    shell.write("specs/a.errpath", '# Nothing yet.\n\nsituation "busy" {\n    src: locked\n}\n')
    said = shell("mutate")
    assert (said.status, said.out) == (1, "")
    assert said.err == "errpath: no file in `specs` has a scenario or a law: nothing is judged\n"


def test_equivalent_mutants_alone_are_no_score() -> None:
    """
    Where no path tells any mutant, nothing is scored.
    """
    found = [m for m in judge("post").mutants if m.operator == "goto-for-return"]
    verdicts = [judge("post").verdict(mutant) for mutant in found]
    equivalent = [verdict for verdict in verdicts if verdict.equivalent]
    assert len(equivalent) == 2
    assert Report([judge("post")], equivalent, MIGRATE.vocabulary).unscored
    assert not Report([judge("post")], verdicts, MIGRATE.vocabulary).unscored


LIST = """\
# A list.

scenario "a page that is migrated" {
    because "One pass is enough."
    run migrate_pages(a)

    returns 0
}

law "no lock is left" {
    because "A law of lists judges no mutant."
    run migrate_pages(a)
    keeps locks
}
"""
DRIVER = """\
driver, errpath/migrate/driver.py: 10 mutants
  judged by 2 scenarios and 0 laws
  not run: 1 law of entries

operator     mutants  killed  equivalent  survived  score
other-label       10       0           1         9   0.00
all               10       0           1         9   0.00

killed by scenarios: 0; by laws alone: 0; by a crash: 0

declared equivalent, told by none of 800 environments:
  other-label:123: no anon_vma was taken yet, so that its label puts none

of 2 tests, 0 kill some mutant that no other test does
  0 kill only what others kill as well
  2 kill none; --tests lists what each is for

error: a mutant survives: other-label in driver
  --> errpath/migrate/driver.py:"""


@pytest.fixture
def listed(shell: Shell) -> Shell:
    """
    Stand in a project with a scenario and a law of lists.
    """
    shell.write("specs/a.errpath", LIST)
    return shell


def test_what_runs_above_the_semantics(listed: Shell) -> None:
    """
    It is judged by the scenarios of both; what nobody tells is declared, or survives.
    """
    said = listed("mutate", "--semantics", "driver", "--operator", "other-label")
    assert (said.status, said.err) == (1, "")
    assert said.out.startswith(DRIVER)
    assert "\n  a path that tells it: PageHuge(a) = 1; " in said.out


def test_what_runs_above_is_mutated_with_the_semantics_if_a_scenario_runs_it(
    listed: Shell,
) -> None:
    """
    Without a scenario of a list nobody could kill what is made of it.
    """
    few = ("mutate", "--operator", "and-or")
    heads = [line for line in listed(*few).out.splitlines() if line.endswith("mutants")]
    assert [line.partition(",")[0] for line in heads] == ["pre", "post", "driver"]
    listed.write("specs/a.errpath", BUSY)
    heads = [line for line in listed(*few).out.splitlines() if line.endswith("mutants")]
    assert [line.partition(",")[0] for line in heads] == ["pre", "post"]


def test_scenarios_of_lists_that_are_broken_judge_nobody(listed: Shell) -> None:
    """
    As those of one page.
    """
    listed.write("specs/a.errpath", LIST.replace("returns 0", "returns 1"))
    assert listed("mutate", "--semantics", "driver") == Said(
        1,
        "error: 2 tests of `driver` fail without a mutant: a mutant can turn none\n  red\n"
        "  = help: `errpath check` tells what is broken\n",
    )


def test_a_reason_that_somebody_gainsays_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """
    It is told with who does.
    """
    found = [m for m in above().mutants if m.operator in {"and-or", "flag"}]
    verdicts = [replace(above().verdict(one), reason="it is nothing") for one in found]
    report = Report([above()], verdicts, MIGRATE.vocabulary)
    report.print(every=False)
    assert len(report.errors) == len(verdicts)
    text = capsys.readouterr().out
    first = "error: a mutant is declared equivalent, and is not: and-or\n"
    assert f"{first}  = note: the reason given is: it is nothing\n  = note: killed by\n" in text


def test_a_survivor_that_nobody_tells_is_told_as_that(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """
    It was not proved that there is nothing to tell, so it is no success.
    """
    declared = next(
        m for m in above().mutants if m.operator == "errno" and above().verdict(m).reason
    )
    verdict = replace(above().verdict(declared), reason=None, proved=False)
    report = Report([above()], [verdict], MIGRATE.vocabulary)
    report.print(every=False)
    assert report.errors == [verdict]
    says = "  no path that tells it was found; nor was it proved that there is none\n"
    assert capsys.readouterr().out.endswith(says)


def test_a_terminal_sees_a_table(busy: Shell) -> None:
    """
    On a terminal the table is drawn, and the exit status is the same.
    """
    status, text = shown(*SOME, folder=busy.folder)
    assert status == 1
    assert "goto-for-return" in text
    assert "0.33" in text
