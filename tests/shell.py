# SPDX-License-Identifier: GPL-2.0-only
"""
A folder in which errpath is called as a user calls it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from errpath.commands.group import group

ERRPATH = str(Path(sys.executable).with_name("errpath"))
"""The command that the environment of the tests has."""

CLAIM = """\
# What a failed allocation leaves behind.

scenario "no memory, no change" {
    because "The page must still be on its caller's list."
    src: anon, mapped
    fail get_new_page(src)

    returns -ENOMEM
    finally src on from_list
}
"""
"""A spec that pre keeps and post breaks."""

BUSY = """\
# Locks that somebody else has.

scenario "a busy source page" {
    because "Whoever has the lock gives it back in its own time."
    src: file | anon, mapped
    fail trylock_page(src)

    returns -EAGAIN
}

scenario "a busy new page" {
    because "It was somebody else's before."
    fail trylock_page(dst)

    returns -EAGAIN
}
"""
"""A spec of two scenarios with three cases, which both semantics keep."""

SLIP = """\
# A slip of the pen.

scenario "a slip" {
    because "It happens."
    fail trylock_pgae(src)

    returns -EAGAIN
}
"""
"""A spec with one problem."""

SLIP_TOLD = """\
error[E203]: no primitive is named `trylock_pgae`
  --> specs/a.errpath:5:10
   |
 5 |     fail trylock_pgae(src)
   |          ^^^^^^^^^^^^
   = help: a primitive named `trylock_page` exists

1 problem in 1 file
"""
"""What is said of it as `specs/a.errpath`."""


@dataclass(frozen=True, slots=True)
class Said:
    """
    What a command left: its exit status, its output, its complaints.
    """

    status: int
    out: str
    err: str = ""


class Shell:
    """
    A folder, and what errpath says in it.
    """

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capfd = capfd

    def __call__(self, *arguments: str) -> Said:
        """
        Run a command of errpath in this process; what it starts in turn is heard as well.
        """
        self.capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            group.main(list(arguments), prog_name="errpath")
        out, err = self.capfd.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        return Said(status, out, err)

    def process(self, *arguments: str, **options: Any) -> Said:
        """
        Run a command of errpath as a process of its own.
        """
        done = subprocess.run(
            [ERRPATH, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **{"env": {**os.environ, **options.pop("variables", {})}, **options},
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, text: str | bytes) -> Path:
        """
        Write a file below the folder; a text stands at the margin of the test.
        """
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = dedent(text).encode() if isinstance(text, str) else text
        file.write_bytes(content)
        return file

    def read(self, name: str) -> str:
        """
        Read a file below the folder.
        """
        return (self.folder / name).read_text(encoding="utf-8")

    def files(self) -> list[str]:
        """
        List the files below the folder, but those that only help errpath and pytest.
        """
        helping = {".errpath_cache", ".pytest_cache", "__pycache__"}
        return sorted(
            file.relative_to(self.folder).as_posix()
            for file in self.folder.rglob("*")
            if file.is_file() and helping.isdisjoint(file.parts)
        )
