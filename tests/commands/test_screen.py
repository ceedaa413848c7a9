# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import re
import sys

import pytest

from errpath.commands.screen import fold, folded, show
from errpath.commands.table import table
from tests.shell import BUSY, SLIP, SLIP_TOLD, Shell
from tests.terminal import shown

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def test_fold() -> None:
    """
    A text that does not fit into a mail goes on in lines that are indented.
    """
    assert fold(f"  {'four ' * 20}end") == (
        f"  {('four ' * 14).strip()}\n    four four four four four four end"
    )


@pytest.mark.parametrize("text", ["", "short", "x" * 75, "x" * 100])
def test_fold_leaves_alone(text: str) -> None:
    """
    What fits, and what cannot be broken, stays as it is.
    """
    assert fold(text) == text


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (f"error[E101]: {'four ' * 20}", 2),
        (f"   = help: {'four ' * 20}", 2),
        (f" 3 | {'four ' * 20}", 1),
        (f"specs/a.errpath:3:1: E101 {'four ' * 20}", 1),
    ],
)
def test_only_sentences_are_folded(line: str, lines: int) -> None:
    """
    A line of source stands above its carets, and a line for a program is one.
    """
    assert len(folded(line).split("\n")) == lines


def test_nothing_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    """
    An empty report leaves no empty line.
    """
    show("")
    assert capsys.readouterr().out == ""


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """
    The first column is text, the others stand in line as numbers.
    """
    table(["spec", "pre", "post"], [["a", "1", "100"], ["abcdef", "10", "-"]])
    assert (
        capsys.readouterr().out
        == """\
spec    pre  post
a         1   100
abcdef   10     -
"""
    )


def test_table_with_a_long_name(capsys: pytest.CaptureFixture[str]) -> None:
    """
    A name that leaves the numbers no room has a line of its own.
    """
    table(["spec", "pre"], [["a", "1 kept"], ["x" * 70, "2 kept"]])
    out = capsys.readouterr().out
    assert (out.splitlines()[2:], max(map(len, out.splitlines()))) == (
        ["x" * 70, " " * 69 + "2 kept"],
        75,
    )


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (30, ["specs/a  ", ".errpat", "h"]),
        (80, ["specs/a.errpath  "]),
    ],
)
def test_table_on_a_terminal(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: int,
    name: list[str],
) -> None:
    """
    A terminal gets colours, and whole numbers however narrow it is.
    """
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    table(["spec", "pre", "post"], [["specs/a.errpath", "1 kept", "1 BROKEN of 1"]])
    first, *rest = capsys.readouterr().out.splitlines()[1:]
    expected = f"{name[0]}\x1b[32m1 kept\x1b[0m  \x1b[1;31m1 BROKEN of 1\x1b[0m"
    assert (first, [line.rstrip() for line in rest]) == (expected, [n.rstrip() for n in name[1:]])


def test_problems_on_a_terminal(shell: Shell) -> None:
    """
    A terminal gets problems in colour, and otherwise to the letter as they are elsewhere.
    """
    shell.write("specs/a.errpath", SLIP)
    status, text = shown("lint", folder=shell.folder)
    assert (status, "\x1b[1;31merror[E203]\x1b[0m" in text, ESCAPE.sub("", text)) == (
        1,
        True,
        SLIP_TOLD,
    )


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_terminal_without_colours(shell: Shell, name: str, value: str) -> None:
    """
    Who wants no colours, or cannot show them, gets what everybody else than a terminal gets.
    """
    shell.write("specs/a.errpath", SLIP)
    assert shown("lint", folder=shell.folder, variables={name: value}) == (1, SLIP_TOLD)


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint",),
        ("generate",),
        ("check",),
        ("trace", "a busy new page"),
        ("paths", "pre"),
        ("format",),
    ],
)
def test_no_terminal(shell: Shell, arguments: tuple[str, ...]) -> None:
    """
    Elsewhere the output is ASCII of at most 75 columns, as a mail can quote it.
    """
    shell.write("specs/a.errpath", BUSY)
    shell("generate")
    out = shell(*arguments).out
    wide = [line for line in out.splitlines() if len(line) > 75]
    assert (out.isascii(), "\x1b" in out, wide) == (True, False, [])
