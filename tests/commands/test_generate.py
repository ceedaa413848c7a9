# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.emit import write
from tests.shell import BUSY, CLAIM, SLIP, SLIP_TOLD, Said, Shell

WROTE = """\
wrote generated_tests/test_a.py
generated_tests: 1 file is current
"""
CURRENT = "generated_tests: 1 file is current\n"
HELP = "  = help: `errpath generate` brings the folder up to date\n"
FOREIGN = """\
error[E604]: generated_tests/test_a.py was not written by errpath
  = help: errpath never writes over what it did not write: move that file
    away
"""


@pytest.fixture
def generated(shell: Shell) -> str:
    """
    Generate the tests of one spec, and give their text.
    """
    shell.write("specs/a.errpath", CLAIM)
    assert shell("generate") == Said(0, WROTE)
    return shell.read("generated_tests/test_a.py")


def test_writes_what_is_missing(shell: Shell) -> None:
    """
    Each spec gives one file, in the folder that its own folder asks for.
    """
    shell.write("specs/a.errpath", CLAIM)
    shell.write("specs/deep/b-c.errpath", BUSY)
    assert (shell("generate"), shell.files()) == (
        Said(
            0,
            """\
wrote generated_tests/deep/test_b_c.py
wrote generated_tests/test_a.py
generated_tests: 2 files are current
""",
        ),
        [
            "generated_tests/deep/test_b_c.py",
            "generated_tests/test_a.py",
            "specs/a.errpath",
            "specs/deep/b-c.errpath",
        ],
    )


@pytest.mark.usefixtures("generated")
@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_nothing_to_do(shell: Shell, arguments: tuple[str, ...]) -> None:
    """
    Where everything is current, both ways say the same, however often they are asked.
    """
    assert [shell("generate", *arguments) for _ in range(2)] == [Said(0, CURRENT)] * 2


def test_missing(shell: Shell) -> None:
    """
    E601: a spec without a generated file is a finding, and --check writes nothing.
    """
    shell.write("specs/a.errpath", CLAIM)
    expected = f"error[E601]: specs/a.errpath has no generated file\n{HELP}"
    assert (shell("generate", "--check"), shell.files()) == (
        Said(1, expected),
        ["specs/a.errpath"],
    )


@pytest.mark.parametrize("edit", ["spec", "test"])
def test_stale(shell: Shell, generated: str, edit: str) -> None:
    """
    E602: a file is stale when its spec has changed, and when it was edited by hand.
    """
    if edit == "spec":
        shell.write("specs/a.errpath", CLAIM.replace("src: anon", "src: file"))
    else:
        shell.write("generated_tests/test_a.py", generated.replace("ENOMEM", "EAGAIN"))
    expected = f"error[E602]: generated_tests/test_a.py is not what its spec gives now\n{HELP}"
    assert [shell("generate", "--check"), shell("generate"), shell("generate", "--check")] == [
        Said(1, expected),
        Said(0, WROTE),
        Said(0, CURRENT),
    ]


@pytest.mark.usefixtures("generated")
def test_orphan(shell: Shell) -> None:
    """
    E603: a generated file without a spec is a finding; to generate is to remove it.
    """
    (shell.folder / "specs/a.errpath").rename(shell.folder / "specs/b.errpath")
    found = f"""\
error[E603]: generated_tests/test_a.py comes from no spec
error[E601]: specs/b.errpath has no generated file
{HELP}"""
    done = """\
removed generated_tests/test_a.py
wrote generated_tests/test_b.py
generated_tests: 1 file is current
"""
    assert [shell("generate", "--check"), shell("generate"), shell.files()] == [
        Said(1, found),
        Said(0, done),
        ["generated_tests/test_b.py", "specs/b.errpath"],
    ]


@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_foreign(shell: Shell, arguments: tuple[str, ...]) -> None:
    """
    E604: what errpath did not write is never written over, and nothing else is written.
    """
    shell.write("specs/a.errpath", CLAIM)
    shell.write("specs/b.errpath", BUSY)
    shell.write("generated_tests/test_a.py", "import this\n")
    expected = (
        FOREIGN
        if not arguments
        else FOREIGN.replace(
            "errpath\n", "errpath\nerror[E601]: specs/b.errpath has no generated file\n", 1
        )
        + HELP
    )
    assert (
        shell("generate", *arguments),
        shell.files(),
        shell.read("generated_tests/test_a.py"),
    ) == (
        Said(1, expected),
        ["generated_tests/test_a.py", "specs/a.errpath", "specs/b.errpath"],
        "import this\n",
    )


def test_folder_in_the_way(shell: Shell) -> None:
    """
    E604: a folder where a file belongs is not errpath's either.
    """
    shell.write("specs/a.errpath", CLAIM)
    (shell.folder / "generated_tests/test_a.py").mkdir(parents=True)
    assert [shell("generate"), shell("generate", "--check")] == [Said(1, FOREIGN)] * 2


@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_clash(shell: Shell, arguments: tuple[str, ...]) -> None:
    """
    E606: two specs cannot share a generated file.
    """
    shell.write("specs/a-b.errpath", CLAIM)
    shell.write("specs/a_b.errpath", BUSY)
    expected = """\
error[E606]: specs/a_b.errpath would give generated_tests/test_a_b.py, as
  specs/a-b.errpath does
  = help: in the name of a generated file, `_` stands for all but ASCII
    letters and digits
"""
    assert (shell("generate", *arguments), shell.files()) == (
        Said(1, expected),
        ["specs/a-b.errpath", "specs/a_b.errpath"],
    )


@pytest.mark.parametrize("command", [("generate",), ("generate", "--check"), ("check",)])
def test_nothing_to_run(shell: Shell, command: tuple[str, ...]) -> None:
    """
    E607: specs that only define what others use are nothing to be green about.
    """
    shell.write("specs/a.errpath", '# A library.\n\ncontract "c" {\n    never put_page(dst)\n}\n')
    expected = "error[E607]: no file in `specs` has a scenario or a law to run\n"
    assert (shell(*command), shell.files()) == (Said(1, expected), ["specs/a.errpath"])


def test_problem_in_a_spec(shell: Shell) -> None:
    """
    A problem in one spec leaves all generated files as they were.
    """
    shell.write("specs/b.errpath", CLAIM)
    shell("generate")
    generated = shell.read("generated_tests/test_b.py")
    shell.write("specs/b.errpath", BUSY)
    shell.write("specs/a.errpath", SLIP)
    assert (shell("generate"), shell.read("generated_tests/test_b.py")) == (
        Said(1, SLIP_TOLD),
        generated,
    )


@pytest.mark.parametrize("command", [("generate",), ("generate", "--check"), ("check",)])
def test_folder_that_is_a_file(shell: Shell, command: tuple[str, ...]) -> None:
    """
    A file in the place of the folder of generated tests ends with status 2.
    """
    shell.write("specs/a.errpath", CLAIM)
    shell.write("generated_tests", "")
    assert shell(*command) == Said(2, "", "errpath: `generated_tests` is not a folder\n")


@pytest.mark.parametrize("command", [("generate",), ("generate", "--check"), ("check",)])
def test_folder_below_that_is_a_file(shell: Shell, command: tuple[str, ...]) -> None:
    """
    What the system refuses is told by the file that it is about, with status 2.
    """
    shell.write("specs/deep/a.errpath", CLAIM)
    shell.write("generated_tests/deep", "")
    said = shell(*command)
    assert (said.status, said.out, said.err) == (
        2,
        "",
        "errpath: `generated_tests/deep/test_a.py`: not a directory\n",
    )


@pytest.mark.parametrize("where", ["pyproject", "arguments"])
def test_folders_of_other_names(shell: Shell, where: str) -> None:
    """
    Folders are named in pyproject.toml or on the command line, generated tests among the specs.
    """
    shell.write("mm/contracts/a.errpath", CLAIM)
    arguments: tuple[str, ...] = ("--specs", "mm/contracts", "--tests", "mm/contracts/tests")
    if where == "pyproject":
        text = '[tool.errpath]\nspecs = "mm/contracts"\ntests = "mm/contracts/tests"\n'
        shell.write("pyproject.toml", text)
        arguments = ()
    expected = """\
wrote mm/contracts/tests/test_a.py
mm/contracts/tests: 1 file is current
"""
    assert [shell("generate", *arguments), shell("generate", "--check", *arguments)] == [
        Said(0, expected),
        Said(0, "mm/contracts/tests: 1 file is current\n"),
    ]


@pytest.mark.parametrize("option", ["--specs", "--tests"])
@pytest.mark.parametrize("folder", ["..", "/", ""])
def test_folder_outside(shell: Shell, option: str, folder: str) -> None:
    """
    Neither folder lies outside the project.
    """
    key = option.removeprefix("--")
    assert shell("generate", option, folder) == Said(
        2, "", f"errpath: {key}: `{folder}` is not a folder inside the project\n"
    )


def test_folders_are_part_of_the_question(shell: Shell, generated: str) -> None:
    """
    The same files under other folders are another question than the one that was clean.
    """
    del generated
    shell("generate", "--check")
    said = shell("generate", "--check", "--specs", ".")
    assert said == Said(
        1,
        f"""\
error[E601]: specs/a.errpath has no generated file
error[E603]: generated_tests/test_a.py comes from no spec
{HELP}""",
    )


def test_stopped_half_way(shell: Shell, generated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whoever interrupts it finds whole files only, and the next time does the rest.
    """
    shell.write("specs/a.errpath", BUSY)
    shell.write("specs/b.errpath", BUSY)

    def interrupted(file: Path, text: str) -> None:
        del file, text
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(write, "replace", interrupted)
        said = shell("generate")
    assert (said, shell.read("generated_tests/test_a.py"), shell("generate")) == (
        Said(130, "", "\nerrpath: interrupted\n"),
        generated,
        Said(
            0,
            WROTE.replace("\n", "\nwrote generated_tests/test_b.py\n", 1).replace(
                "1 file is", "2 files are"
            ),
        ),
    )
