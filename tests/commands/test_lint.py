# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json

import pytest

from tests.shell import BUSY, CLAIM, SLIP, Said, Shell


def test_clean_specs(shell: Shell) -> None:
    """
    Specs without a problem are counted.
    """
    shell.write("specs/a.errpath", CLAIM)
    shell.write("specs/deep/b.errpath", BUSY)
    assert shell("lint") == Said(0, "2 specs: no problem\n")


def test_problems_in_full(shell: Shell) -> None:
    """
    Every problem of every file is told at once, with its line, and counted at the end.
    """
    shell.write("specs/a.errpath", SLIP)
    shell.write("specs/b.errpath", SLIP)
    assert shell("lint") == Said(
        1,
        """\
error[E203]: no primitive is named `trylock_pgae`
  --> specs/a.errpath:5:10
   |
 5 |     fail trylock_pgae(src)
   |          ^^^^^^^^^^^^
   = help: a primitive named `trylock_page` exists

error[E203]: no primitive is named `trylock_pgae`
  --> specs/b.errpath:5:10
   |
 5 |     fail trylock_pgae(src)
   |          ^^^^^^^^^^^^
   = help: a primitive named `trylock_page` exists

2 problems in 2 files
""",
    )


@pytest.mark.parametrize(
    ("output_format", "expected"),
    [
        ("concise", "specs/a.errpath:5:10: E203 no primitive is named `trylock_pgae`\n"),
        (
            "github",
            (
                "::error file=specs/a.errpath,line=5,col=10,endColumn=22,title=E203::"
                "no primitive is named `trylock_pgae`%0A"
                "help: a primitive named `trylock_page` exists\n"
            ),
        ),
    ],
)
def test_problems_for_programs(shell: Shell, output_format: str, expected: str) -> None:
    """
    The formats for programs have nothing but the problems.
    """
    shell.write("specs/a.errpath", SLIP)
    assert shell("lint", "--output-format", output_format) == Said(1, expected)


def test_problems_as_json(shell: Shell) -> None:
    """
    JSON has one object a line.
    """
    shell.write("specs/a.errpath", SLIP)
    said = shell("lint", "--output-format", "json")
    (line,) = said.out.splitlines()
    assert (said.status, json.loads(line)) == (
        1,
        {
            "code": "E203",
            "message": "no primitive is named `trylock_pgae`",
            "file": "specs/a.errpath",
            "line": 5,
            "column": 10,
            "end_line": 5,
            "end_column": 22,
            "help": "a primitive named `trylock_page` exists",
            "notes": [],
        },
    )


@pytest.mark.parametrize("output_format", ["concise", "github", "json"])
def test_nothing_for_programs(shell: Shell, output_format: str) -> None:
    """
    Where there is no problem, the formats for programs are empty, at the second look too.
    """
    shell.write("specs/a.errpath", CLAIM)
    said = [shell("lint", "--output-format", output_format) for _ in range(2)]
    assert said == [Said(0, ""), Said(0, "")]


def test_some_files(shell: Shell) -> None:
    """
    Files and folders that are named are read, and no others.
    """
    shell.write("specs/a.errpath", SLIP)
    shell.write("specs/b.errpath", CLAIM)
    shell.write("more/c.errpath", BUSY)
    assert shell("lint", "specs/b.errpath", "more") == Said(0, "2 specs: no problem\n")


def test_folder_of_pyproject(shell: Shell) -> None:
    """
    Without an argument it is the folder that pyproject.toml names.
    """
    shell.write("pyproject.toml", '[tool.errpath]\nspecs = "mm/contracts"\n')
    shell.write("mm/contracts/a.errpath", CLAIM)
    assert shell("lint") == Said(0, "1 spec: no problem\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b'scenario "\xff" {}\n',
            """\
error[E002]: the byte 0xff is not UTF-8
  --> specs/a.errpath:1:11
   = help: a spec file is UTF-8

1 problem in 1 file
""",
        ),
        (
            b'scenario "\0" {}\n',
            """\
error[E003]: the file holds a NUL byte
  --> specs/a.errpath:1:11
   = help: a spec file is text

1 problem in 1 file
""",
        ),
        (
            b"#" * 10_000_001,
            """\
error[E004]: `specs/a.errpath` has 10,000,001 bytes
  --> specs/a.errpath
   = help: a spec file has at most 10,000,000 bytes

1 problem in 1 file
""",
        ),
    ],
)
@pytest.mark.parametrize("command", ["lint", "generate", "check", "format"])
def test_unreadable_content(shell: Shell, command: str, content: bytes, expected: str) -> None:
    """
    What is no text of a spec's size ends every command with status 2, and nothing is written.
    """
    shell.write("specs/a.errpath", content)
    assert (shell(command), shell.files()) == (Said(2, expected), ["specs/a.errpath"])


@pytest.mark.parametrize("command", ["lint", "generate", "check", "format"])
def test_no_folder(shell: Shell, command: str) -> None:
    """
    Where there is no folder of specs, every command says so, with status 2.
    """
    assert shell(command) == Said(
        2,
        """\
error[E001]: `specs` cannot be read: no such file or directory
  --> specs

1 problem in 1 file
""",
    )


@pytest.mark.parametrize("command", ["lint", "generate", "check", "format"])
def test_empty_folder(shell: Shell, command: str) -> None:
    """
    A folder without specs is no clean one: it ends with status 2.
    """
    (shell.folder / "specs").mkdir()
    assert shell(command) == Said(
        2,
        """\
error[E006]: `specs` holds no spec file
  --> specs
   = help: the name of a spec file ends with `.errpath`

1 problem in 1 file
""",
    )


def test_file_outside(shell: Shell) -> None:
    """
    What lies outside the project is named as it was typed, and not read.
    """
    assert shell("lint", "../a.errpath") == Said(
        2,
        """\
error[E007]: `../a.errpath` lies outside the project
  --> ../a.errpath

1 problem in 1 file
""",
    )
