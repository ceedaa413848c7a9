# SPDX-License-Identifier: GPL-2.0-only
"""
A terminal, to see what errpath shows there.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping
from pathlib import Path

from tests.shell import ERRPATH

NO_VARIABLES: Mapping[str, str] = {}


def shown(
    *arguments: str, folder: Path, variables: Mapping[str, str] = NO_VARIABLES
) -> tuple[int, str]:
    """
    Run a command of errpath on a terminal; give its status, and all that the terminal got.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
    unset = {"NO_COLOR", "COLUMNS", "FORCE_COLOR"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"TERM": "xterm", **variables}
    with subprocess.Popen(
        [ERRPATH, *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    ) as process:
        os.close(theirs)
        text = _all(ours).decode()
    os.close(ours)
    return process.returncode, text.replace("\r\n", "\n")


def _all(ours: int) -> bytes:
    found = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            # The other end is closed.
            return found
        if not part:
            return found
        found += part
