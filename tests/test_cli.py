# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import BUSY, CLAIM, ERRPATH, Said, Shell

SCENARIO = """
scenario "number {0}" {{
    because "It is one of many."
    src: {1}
    fail trylock_page(src)

    returns -EAGAIN
}}
"""


def _many(kind: str) -> str:
    return "# Many.\n" + "".join(SCENARIO.format(number, kind) for number in range(100))


def test_reader_that_goes_away(shell: Shell) -> None:
    """
    Whoever has seen enough ends errpath without a word, as any other tool.
    """
    with subprocess.Popen(
        [ERRPATH, "paths", "pre", "--json"],
        cwd=shell.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read()
    assert (first[:21], complaint, process.returncode) == (
        b'{"semantics": "pre", ',
        b"",
        -signal.SIGPIPE,
    )


@pytest.mark.parametrize("command", [("lint",), ("paths", "pre", "--json"), ("--help",)])
def test_full_disk(shell: Shell, command: tuple[str, ...]) -> None:
    """
    Output that cannot be written is told, with status 2.
    """
    shell.write("specs/a.errpath", CLAIM)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [ERRPATH, *command],
            cwd=shell.folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "errpath: no space left on device\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("name", "status"), [("a", 0), ("b", 2)])
def test_closed_streams(shell: Shell, closed: str, name: str, status: int) -> None:
    """
    Who wants to hear nothing gets the status all the same.
    """
    shell.write("specs/a.errpath", CLAIM)
    line = f'"$0" lint specs/{name}.errpath {closed}'
    done = subprocess.run(
        ["sh", "-c", line, ERRPATH],  # noqa: S607 - whichever shell there is
        cwd=shell.folder,
        check=False,
    )
    assert done.returncode == status


@pytest.mark.parametrize(
    ("encoding", "name"), [("latin-1", "gr\xfcn \\u72ac"), ("utf-8", "gr\xfcn \u72ac")]
)
def test_encoding(shell: Shell, encoding: str, name: str) -> None:
    """
    What an encoding does not have is shown by its number.
    """
    shell.write("specs/a.errpath", CLAIM.replace("no memory, no change", "gr\xfcn \u72ac"))
    done = subprocess.run(
        [ERRPATH, "trace", "specs/a.errpath:3"],
        cwd=shell.folder,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.decode(encoding).splitlines()[0]) == (0, name)


# errpath that gets a signal as it is about to put its n-th generated file in place.
_STOPPED = """
import os, sys
from pathlib import Path

left, signum = map(int, sys.argv[1:])
put = Path.replace

def replace(self, target):
    global left
    if Path(target).name.startswith("test_"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signum)
    return put(self, target)

Path.replace = replace
sys.argv = ["errpath", "generate"]
from errpath.cli import main
main()
"""


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize(
    ("signum", "said"),
    [
        (signal.SIGINT, "\nerrpath: interrupted\n"),
        (signal.SIGTERM, ""),
        (signal.SIGKILL, ""),
    ],
)
def test_stopped_while_it_writes(shell: Shell, signum: signal.Signals, said: str, nth: int) -> None:
    """
    Wherever it is stopped, each generated file is the old one or the new one.
    """
    whole = {}
    for kind in ("file", "anon"):
        for name in "abc":
            shell.write(f"specs/{name}.errpath", _many(kind))
        if kind == "file":
            assert shell("generate").status == 0
            whole = {name: shell.read(f"generated_tests/test_{name}.py") for name in "abc"}

    stopped = subprocess.run(
        [sys.executable, "-c", _STOPPED, str(nth), str(int(signum))],
        cwd=shell.folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (stopped.returncode != 0, stopped.stderr) == (True, said)
    found = {name: shell.read(f"generated_tests/test_{name}.py") for name in "abc"}
    assert shell("generate").status == 0
    new = {name: shell.read(f"generated_tests/test_{name}.py") for name in "abc"}
    replaced = nth - 1
    assert found == {
        name: (new if number < replaced else whole)[name] for number, name in enumerate("abc")
    }
    assert [name for name in shell.files() if ".errpath-" in name] == []


def test_two_at_once(shell: Shell) -> None:
    """
    Two that generate at once leave what one would have left.
    """
    shell.write("specs/a.errpath", _many("file"))
    shell.write("specs/b.errpath", BUSY)
    started = [
        subprocess.Popen([ERRPATH, "generate"], cwd=shell.folder, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [(one.communicate()[0].splitlines()[-1], one.returncode) for one in started]
    assert said == [("generated_tests: 2 files are current", 0)] * 3
    assert shell("generate", "--check") == Said(0, "generated_tests: 2 files are current\n")


def test_interrupted_check(shell: Shell) -> None:
    """
    An interrupt ends the check and its pytest, with one line and a status of its own.
    """
    shell.write("specs/a.errpath", BUSY)
    shell.write(
        "conftest.py",
        """\
        import os
        import signal


        def pytest_runtest_setup():
            # As a terminal does at Ctrl-C: everybody in the foreground gets it.
            os.killpg(os.getpgrp(), signal.SIGINT)
        """,
    )
    shell("generate")
    ended = subprocess.run(
        [ERRPATH, "check"],
        cwd=shell.folder,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr, "Traceback" in ended.stdout) == (
        130,
        "\nerrpath: interrupted\n",
        False,
    )
