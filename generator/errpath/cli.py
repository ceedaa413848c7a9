# SPDX-License-Identifier: GPL-2.0-only
"""
The command line as a process. The commands are in `errpath.commands`.
"""

from __future__ import annotations

import os
import signal
import sys

from errpath.commands.help import SHOWN

_INTERRUPTED = 130
_UNUSABLE = 2


def main() -> None:
    """
    Run one command: the entry point of `errpath`.

    Whoever stops reading the output ends the process as any other tool's. An interrupt ends
    it with one line, and so does output that cannot be written.
    """
    try:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        _open_streams()
        status = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        _say("interrupted")
        status = _INTERRUPTED
    except OSError as error:
        _say((error.strerror or str(error)).lower())
        # What is left in the buffer would be written, and fail, once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = _UNUSABLE
    sys.exit(status)


def _run() -> str | int | None:
    """
    Give the status of the command that the process was called with.
    """
    if len(sys.argv) == 2 and sys.argv[1] in SHOWN:  # noqa: PLR2004 - an option alone
        sys.stdout.write(SHOWN[sys.argv[1]] + "\n")
        return 0
    # Nothing is imported before an interrupt can be told.
    from errpath.commands.group import group  # noqa: PLC0415
    from errpath.room import roomy  # noqa: PLC0415

    try:
        roomy(group.main, prog_name="errpath")
    except SystemExit as ended:
        return ended.code
    return 0


def _open_streams() -> None:
    """
    Have streams that can be written to, whatever errpath was started with.

    They stay open; and pathlib would take longer to import than the help to be shown.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        # A terminal that cannot show a character of somebody's spec shows its escape.
        getattr(sys, name).reconfigure(errors="backslashreplace")


def _say(message: str) -> None:
    sys.stderr.write(f"errpath: {message}\n")
