# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator

import pytest

from errpath.commands.progress import PATIENCE, Bar
from tests.forest import installed
from tests.shell import ERRPATH, Shell

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def _told(capsys: pytest.CaptureFixture[str], times: list[float], *, wanted: bool = True) -> str:
    """
    Advance a bar at these times, each a quarter of the whole; give what is seen.
    """
    clock: Iterator[float] = iter([0.0, *times])
    with Bar(wanted=wanted, clock=lambda: next(clock)) as bar:
        for _ in times:
            bar.advance(1234, 0.25)
    out, err = capsys.readouterr()
    assert out == ""
    return err


def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Have standard error taken for a terminal.
    """
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """
    Nobody but a terminal is told.
    """
    assert _told(capsys, [PATIENCE, PATIENCE + 1]) == ""


def test_not_wanted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nobody who wants no bar is told.
    """
    _terminal(monkeypatch)
    assert _told(capsys, [PATIENCE, PATIENCE + 1], wanted=False) == ""


def test_a_short_walk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nothing is told in the first second.
    """
    _terminal(monkeypatch)
    assert _told(capsys, [0.1, 0.9 * PATIENCE]) == ""


def test_a_long_walk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Later, the paths so far are told, and about how many there are.
    """
    _terminal(monkeypatch)
    err = ESCAPE.sub("", _told(capsys, [0.9, PATIENCE, PATIENCE + 0.01, PATIENCE + 0.2]))
    assert list(dict.fromkeys(re.findall(r"[\d,]+ of about [\d,]+ paths", err))) == [
        "2,468 of about 5,000 paths",
        "4,936 of about 5,000 paths",
    ]


@pytest.mark.parametrize(
    ("paths", "share", "says"),
    [
        (1, 0.5, "1 of about 2 paths"),
        (99, 1.0, "99 of about 99 paths"),
        (101, 1.0, "101 of about 110 paths"),
        (1000, 1e-9, "1,000 of about 1,000,000,000,000 paths"),
        (1000, 0.0, "1,000 paths"),
    ],
)
def test_what_is_said(paths: int, share: float, says: str) -> None:
    """
    An estimate has two digits, and there is none without a share to rest on.
    """
    bar = Bar(wanted=False)
    bar.advance(paths, share)
    assert bar.says() == says


def test_on_a_real_terminal(shell: Shell) -> None:
    """
    A walk that takes long shows its bar, and an interrupt ends it with one line.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
    environment = {**os.environ, **installed(shell.folder / "models"), "TERM": "xterm"}
    with subprocess.Popen(
        [ERRPATH, "paths", "asks_60", "--model", "forest", "--max-paths", "1000000000"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    ) as process:
        os.close(theirs)
        seen = b""
        while b" of about " not in seen:
            seen += os.read(ours, 65536)
        process.send_signal(signal.SIGINT)
        seen = b""
        while b"interrupted" not in seen:
            seen += os.read(ours, 65536)
    os.close(ours)
    assert (process.returncode, seen.decode().splitlines()[-1]) == (130, "errpath: interrupted")
