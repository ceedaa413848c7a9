# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
import re

import pytest

from errpath.commands.finding import Code
from errpath.commands.promises import KINDS
from errpath.contracts.broken import Kind
from errpath.contracts.explain import HEADLINES
from tests.explore.difference.comparing import ROOT
from tests.shell import BUSY, CLAIM, SLIP, SLIP_TOLD, Said, Shell

KEPT = """\
......                                                              [100%]

spec                pre    post
specs/a.errpath  3 kept  3 kept
all              3 kept  3 kept
"""
BROKEN_TABLE = """\

spec                pre           post
specs/a.errpath  1 kept  1 BROKEN of 1
all              1 kept  1 BROKEN of 1
"""
BROKEN = f"""\
.F                                                                  [100%]
================================ FAILURES =================================
_____________________ test_no_memory_no_change__post ______________________
contract broken in post: no memory, no change
  specs/a.errpath:3

  fault: get_new_page(src) = NULL
  src: anon, mapped

1. specs/a.errpath:9: finally src on from_list
   - src ends on lru

2. cleanup, ownership: after -EAGAIN and -ENOMEM the source page is the
   caller's: on its list, counted, with the isolation's reference; after
   any other return code it is not
   - -ENOMEM leaves src's place on the caller's list with the caller, but
     list_del(src) at 6 gives it up
   - -ENOMEM leaves src's count in NR_ISOLATED with the caller, but
     mod_node_page_state(src) at 7 gives it up
   - -ENOMEM leaves src's reference with the caller, but
     putback_lru_page(src) at 8 gives it up

  trace, post (reference model):
    1  trylock_page(src) = 1
    2  page_get_anon_vma(src) = anon_vma
    3  get_new_page(src) = NULL           FAULT: no memory is left
    4  put_anon_vma(anon_vma)
    5  unlock_page(src)
>   6  list_del(src)
>   7  mod_node_page_state(src)
>   8  putback_lru_page(src)
       returns -ENOMEM

again: pytest "generated_tests/test_a.py::test_no_memory_no_change__post"
{BROKEN_TABLE}"""
BRINGS = "`errpath generate` brings the folder up to date"
DELTAS = (ROOT / "specs/deltas.errpath").read_text(encoding="utf-8")
OWNERSHIP = (
    "cleanup, ownership: after -EAGAIN and -ENOMEM the source page is the caller's: on its list,"
    " counted, with the isolation's reference; after any other return code it is not"
)


def _generated(shell: Shell, text: str = BUSY) -> Shell:
    shell.write("specs/a.errpath", text)
    assert shell("generate").status == 0
    return shell


def _end(said: Said, lines: int) -> tuple[int, str, str]:
    """
    Give the last lines of what was said: the first ones are pytest's.
    """
    return said.status, "".join(said.out.splitlines(keepends=True)[-lines:]), said.err


def test_kept(shell: Shell) -> None:
    """
    Kept contracts are one table, and nothing else but pytest's progress.
    """
    assert _generated(shell)("check") == Said(0, KEPT)


def test_broken(shell: Shell) -> None:
    """
    A broken contract is explained, and counted in the table.
    """
    assert _generated(shell, CLAIM)("check") == Said(1, BROKEN)


def test_broken_for_programs(shell: Shell) -> None:
    """
    The concise format has a line for each broken promise instead of the explanation.
    """
    assert _generated(shell, CLAIM)("check", "--output-format", "concise") == Said(
        1,
        f"""\
.F                                                                  [100%]
{BROKEN_TABLE}
specs/a.errpath:9: broken in post (1 case): finally src on from_list
specs/a.errpath:3: broken in post (1 case): {OWNERSHIP}
""",
    )


def test_broken_for_github(shell: Shell) -> None:
    """
    GitHub gets the explanation, and an annotation for each broken promise.
    """
    annotations = f"""
::error file=specs/a.errpath,line=9,title=contract broken::in post (1 case): \
finally src on from_list
::error file=specs/a.errpath,line=3,title=contract broken::in post (1 case): {OWNERSHIP}
"""
    assert _generated(shell, CLAIM)("check", "--output-format", "github") == Said(
        1, BROKEN + annotations
    )


def test_promise_is_told_once(shell: Shell) -> None:
    """
    A promise that several cases break in both semantics is one line.
    """
    shell.write("specs/my contracts/a 1.errpath", BUSY.replace("-EAGAIN", "-EBUSY", 1))
    shell("generate")
    assert _end(shell("check", "--output-format", "concise"), 2) == (
        1,
        (
            "\nspecs/my contracts/a 1.errpath:8: broken in pre (2 cases), post (2 cases):"
            " returns -EBUSY\n"
        ),
        "",
    )


def test_declared_violations(shell: Shell) -> None:
    """
    What is broken and declared so counts as kept, and stays in sight.
    """
    spec = CLAIM.replace(
        "finally src on from_list",
        'post: breaks ownership because "the page is gone before anybody asked for it back"',
    )
    assert _generated(shell, spec)("check") == Said(
        0,
        """\
..                                                                  [100%]

spec                pre    post
specs/a.errpath  1 kept  1 kept
all              1 kept  1 kept

declared violations:
  ownership
    post: the page is gone before anybody asked for it back
""",
    )


def test_exceptions_of_a_law(shell: Shell) -> None:
    """
    What a law excuses stays in sight as well, a reason once.
    """
    law = """\
# One law.

law "nobody waits for a lock" {
    because "The thread may hold it itself."
    never lock_page(src)
    except pre when lock_page(src) and returns 0 because "the last passes are patient"
    except when lock_page(src) and not returns 0 because "a driver's page is locked again"
    except post when lock_page(src) and returns 0 because "the last passes are patient"
}
"""
    said = _generated(shell, law)("check", "--output-format", "concise")
    assert _end(said, 5) == (
        0,
        """\

declared violations:
  law "nobody waits for a lock"
    pre, post: the last passes are patient
    pre, post: a driver's page is locked again
""",
        "",
    )


def test_problem_in_a_spec(shell: Shell) -> None:
    """
    Problems of the specs are told as lint tells them, and nothing is run.
    """
    shell.write("specs/a.errpath", SLIP)
    concise = "specs/a.errpath:5:10: E203 no primitive is named `trylock_pgae`\n"
    assert [shell("check"), shell("check", "--output-format", "concise")] == [
        Said(1, SLIP_TOLD),
        Said(1, concise),
    ]


@pytest.mark.parametrize(
    ("output_format", "expected"),
    [
        (
            "full",
            """\
error[E601]: specs/b.errpath has no generated file
error[E602]: generated_tests/test_a.py is not what its spec gives now
  = help: {help}
""",
        ),
        (
            "concise",
            """\
specs/b.errpath: E601 has no generated file
generated_tests/test_a.py: E602 is not what its spec gives now
""",
        ),
        (
            "github",
            """\
::error file=specs/b.errpath,title=E601::specs/b.errpath has no generated file%0Ahelp: {help}
::error file=generated_tests/test_a.py,title=E602::generated_tests/test_a.py is not what its spec \
gives now%0Ahelp: {help}
""",
        ),
    ],
)
def test_not_current(shell: Shell, output_format: str, expected: str) -> None:
    """
    E601, E602: tests that are not what the specs give are told in every format, and not run.
    """
    _generated(shell, CLAIM)
    shell.write("specs/a.errpath", BUSY)
    shell.write("specs/b.errpath", BUSY)
    said = shell("check", "--output-format", output_format)
    assert (said.status, sorted(said.out.splitlines()), said.err) == (
        1,
        sorted(expected.replace("{help}", BRINGS).splitlines()),
        "",
    )


SOME = """
spec                pre  post
specs/a.errpath  3 kept     -
all              3 kept     -

3 of 6 cases ran: the others were not asked for
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("-k", "pre"),
        ("-m", "pre"),
        ("-m", "pre", "-n", "2"),
        (
            "generated_tests/test_a.py::test_a_busy_source_page__pre",
            "generated_tests/test_a.py::test_a_busy_new_page__pre",
        ),
        ("--deselect", "generated_tests/test_a.py::test_a_busy_new_page__post", "-k", "pre"),
    ],
)
def test_some_of_the_cases(shell: Shell, arguments: tuple[str, ...]) -> None:
    """
    Who asks pytest for some of the cases gets them, and is told how many there are.
    """
    assert _end(_generated(shell)("check", "--", *arguments), 6) == (0, SOME, "")


NOT_RUN = """\

spec  pre  post
all     -     -

error[E605]: 0 of 6 cases ran: what did not run is not checked
"""


@pytest.mark.parametrize("arguments", ["--co", "--collect-only", "--setup-plan", "--version"])
def test_nothing_ran(shell: Shell, arguments: str) -> None:
    """
    E605: pytest is content to run nothing, errpath is not.
    """
    assert _end(_generated(shell)("check", "--", arguments), 5) == (1, NOT_RUN, "")


def test_selected_and_not_run(shell: Shell) -> None:
    """
    E605: what was asked for has to run, if not the rest.
    """
    expected = """\

spec  pre  post
all     -     -

0 of 6 cases ran: the others were not asked for

error[E605]: 0 of 3 cases ran: what did not run is not checked
"""
    assert _end(_generated(shell)("check", "--", "-k", "pre", "--co"), 7) == (1, expected, "")


def test_nothing_selected(shell: Shell) -> None:
    """
    E605: an empty selection is no kept contract.
    """
    expected = """\

spec  pre  post
all     -     -

0 of 6 cases ran: the others were not asked for

error[E605]: none of 6 cases was selected
"""
    assert _end(_generated(shell)("check", "--", "-k", "zzz"), 7) == (1, expected, "")


SKIPS = """\
import pytest


def pytest_collection_modifyitems(items):
    items[0].add_marker(pytest.mark.skip)
    items[1].add_marker(pytest.mark.xfail)
"""
DROPS = """\
def pytest_collection_modifyitems(items):
    del items[:2]
"""


@pytest.mark.parametrize(
    ("conftest", "arguments", "help_"),
    [
        (SKIPS, (), "  = help: 2 cases skipped, or expected to fail\n"),
        (SKIPS, ("--", "-n", "2"), "  = help: 2 cases skipped, or expected to fail\n"),
        (DROPS, (), ""),
    ],
)
def test_cases_that_others_leave_out(
    shell: Shell, conftest: str, arguments: tuple[str, ...], help_: str
) -> None:
    """
    E605: what a conftest.py skips or drops did not run, and nobody asked for that.
    """
    shell.write("conftest.py", conftest)
    expected = f"""\
all              1 kept  3 kept

error[E605]: 4 of 6 cases ran: what did not run is not checked
{help_}"""
    said = _generated(shell)("check", *arguments)
    assert _end(said, expected.count("\n")) == (1, expected, "")


@pytest.mark.parametrize("addopts", ["-k pre", "--co", "--deselect generated_tests/test_a.py"])
def test_environment_cannot_narrow(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, addopts: str
) -> None:
    """
    E605: options that are not typed behind `check --` are no wish to check less.
    """
    monkeypatch.setenv("PYTEST_ADDOPTS", addopts)
    said = _generated(shell)("check")
    assert (said.status, "error[E605]: " in said.out) == (1, True)


SETTINGS = '[pytest]\naddopts = -m "not pre" -x\npython_files = check_*.py\n'


@pytest.mark.parametrize("folder", [".", "inner"])
def test_settings_of_the_project_do_not_matter(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """
    How the project, or one around it, runs its own tests changes nothing about the check.
    """
    shell.write("pytest.ini", SETTINGS)
    shell.write("types.py", "raise ImportError\n")
    inner = Shell(shell.folder / folder, shell.capfd)
    inner.folder.mkdir(exist_ok=True)
    monkeypatch.chdir(inner.folder)
    assert _generated(inner)("check") == Said(0, KEPT)


def test_plugins_that_are_not_loaded(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The check brings its own plugin, where pytest is told to load none.
    """
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    assert _generated(shell)("check") == Said(0, KEPT)


def test_same_name_in_two_folders(shell: Shell) -> None:
    """
    Two specs of one name in two folders are two modules.
    """
    shell.write("specs/a/lock.errpath", BUSY)
    shell.write("specs/b/lock.errpath", BUSY)
    shell("generate")
    assert shell("check") == Said(
        0,
        """\
............                                                        [100%]

spec                     pre    post
specs/a/lock.errpath  3 kept  3 kept
specs/b/lock.errpath  3 kept  3 kept
all                   6 kept  6 kept
""",
    )


def test_module_that_cannot_be_imported(shell: Shell) -> None:
    """
    E605: a module beside the generated ones that cannot be imported keeps them from running.
    """
    shell.write("generated_tests/test_mine.py", "import nothing_of_that_name\n")
    expected = f"{NOT_RUN}  = help: pytest cannot import `generated_tests/test_mine.py`\n"
    assert _end(_generated(shell)("check"), 6) == (1, expected, "")


def test_test_of_somebody_else(shell: Shell) -> None:
    """
    A test that errpath did not write is none of its cases, but its failure is a failure.
    """
    shell.write("generated_tests/test_mine.py", "def test_mine():\n    assert not 'mine'\n")
    assert _end(_generated(shell)("check"), 3) == (
        1,
        """\
spec                pre    post
specs/a.errpath  3 kept  3 kept
all              3 kept  3 kept
""",
        "",
    )


@pytest.mark.parametrize("arguments", [("-x",), ("-x", "-n", "2"), ("--maxfail=1", "--tb=no")])
def test_stopped_at_a_failure(shell: Shell, arguments: tuple[str, ...]) -> None:
    """
    A run that stops at the first failure has findings, however pytest calls that.
    """
    said = _generated(shell, BUSY.replace("-EAGAIN", "-EBUSY"))("check", "--", *arguments)
    assert (said.status, "BROKEN of" in said.out) == (1, True)


@pytest.mark.parametrize(
    ("conftest", "arguments", "expected"),
    [
        ("", ("--nonsense",), "pytest could not run, and says why above: nothing is checked"),
        ("", ("nowhere.py",), "pytest could not run, and says why above: nothing is checked"),
        (
            "import nothing_of_that_name\n",
            (),
            "pytest could not run, and says why above: nothing is checked",
        ),
        (
            "import os\n\n\ndef pytest_runtest_setup():\n    os.kill(os.getpid(), 9)\n",
            (),
            "pytest was ended by signal 9: nothing is checked",
        ),
    ],
)
def test_pytest_that_cannot_run(
    shell: Shell, conftest: str, arguments: tuple[str, ...], expected: str
) -> None:
    """
    Where pytest itself fails there is no table, and the status is 2.
    """
    shell.write("conftest.py", conftest)
    said = _generated(shell)("check", "--", *arguments)
    assert (said.status, "spec  pre" in said.out, said.err.splitlines()[-1]) == (
        2,
        False,
        f"errpath: {expected}",
    )


def test_pytest_that_is_told_to_end(shell: Shell) -> None:
    """
    E605: a session that somebody ends as if all were well is not well.
    """
    shell.write(
        "conftest.py",
        """\
        import pytest


        def pytest_runtest_setup():
            pytest.exit("enough", 0)
        """,
    )
    assert _end(_generated(shell)("check"), 5) == (1, NOT_RUN, "")


def test_law_is_a_case(shell: Shell) -> None:
    """
    A law counts as one case in each of its semantics.
    """
    law = """
law "nobody waits for a new page" {
    because "Whoever has it locked may wait for us."
    never lock_page(dst)
}
"""
    assert _generated(shell, BUSY + law)("check") == Said(
        0, KEPT.replace("......  ", "........").replace("3 kept", "4 kept")
    )


def test_differences_are_declared(shell: Shell) -> None:
    """
    Where the deltas declare all that changes, the check says no more of them.
    """
    shell.write("specs/deltas.errpath", DELTAS)
    assert _generated(shell)("check") == Said(0, KEPT)


def test_difference_that_no_delta_declares(shell: Shell) -> None:
    """
    E608: in a project that declares differences, one that is not declared is a finding.
    """
    (last,) = re.findall(r"(?ms)^delta [^\n]* handed on earlier.*?^}\n", DELTAS)
    shell.write("specs/deltas.errpath", DELTAS.replace(last, ""))
    said = _generated(shell)("check", "--output-format", "concise")
    table, _, findings = said.out.partition("\n\nE608")
    assert (said.status, f"{table}\n", said.err) == (1, KEPT, "")
    assert f"E608{findings}".splitlines()[0] == (
        "E608 pre -> post: get_new_page(src) comes later; unlock_page(src) comes later: "
        "no delta declares it on 3008 pairs, when trylock_page(dst)"
    )
    assert len(f"E608{findings}".splitlines()) == 6


def test_delta_that_is_not_true(shell: Shell) -> None:
    """
    E609: what a delta says that is not so is a finding, at the line that says it.
    """
    text = DELTAS.replace("post: calls trylock_page(src) once", "post: never trylock_page(src)")
    shell.write("specs/deltas.errpath", text)
    line = text[: text.index("post: never trylock_page(src)")].count("\n") + 1
    assert _generated(shell)("check", "--output-format", "concise") == Said(
        1,
        f"{KEPT}\nspecs/deltas.errpath:{line}: E609 in the delta "
        '"a failed allocation is found out later": post breaks `never trylock_page(src)` '
        "on 128 of 128 pairs: it is called: trylock_page(src) = 1 at 1; for one, when "
        "get_new_page(src) fails\n",
    )


def test_differences_for_github(shell: Shell) -> None:
    """
    GitHub gets an annotation at the line of the delta that is not true.
    """
    text = DELTAS.replace("post: calls trylock_page(src) once", "post: never trylock_page(src)")
    shell.write("specs/deltas.errpath", text)
    line = text[: text.index("post: never trylock_page(src)")].count("\n") + 1
    said = _generated(shell)("check", "--output-format", "github")
    annotation = said.out.removeprefix(KEPT)
    head = f"\n::error file=specs/deltas.errpath,line={line},title=E609::"
    assert (said.status, annotation.startswith(head), annotation.count("\n")) == (1, True, 2)


def test_deltas_beside_a_broken_contract(shell: Shell) -> None:
    """
    A broken contract and an undeclared difference are told in one go.
    """
    delta = DELTAS[DELTAS.index("delta ") : DELTAS.index("}\n}\n") + 4]
    said = _generated(shell, f"{CLAIM}\n{delta}")("check", "--output-format", "concise")
    assert said.status == 1
    assert "\nspecs/a.errpath:9: broken in post (1 case): finally src on from_list\n" in said.out
    assert "\nE608 pre -> post: " in said.out


def test_bytecode_of_an_older_version(shell: Shell) -> None:
    """
    A generated file of the same size and second as the one before it is run, not its bytecode.
    """
    _generated(shell)
    before = (shell.folder / "generated_tests/test_a.py").stat()
    assert shell("check").status == 0
    _generated(shell, BUSY.replace("-EAGAIN", "-ENOMEM"))
    file = shell.folder / "generated_tests/test_a.py"
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, shell("check", "--output-format", "concise").status) == (
        before.st_size,
        1,
    )


def test_help_has_every_code(shell: Shell) -> None:
    """
    The help explains every code, and how the message of each kind of failing test begins.
    """
    said = shell("check", "--help")
    lines = [f"    {code.code}  {code.says}" for code in Code]
    lines += [f"    {HEADLINES[kind]:<27}{KINDS[kind]}" for kind in Kind]
    assert (said.status, [line for line in lines if line not in said.out.splitlines()]) == (0, [])


def test_codes_are_numbered() -> None:
    """
    The codes are E601 and so on, without a gap.
    """
    codes = [code.code for code in Code]
    assert codes == [f"E{number}" for number in range(601, 601 + len(codes))]
