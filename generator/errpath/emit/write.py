# SPDX-License-Identifier: GPL-2.0-only
"""
Writing the generated files: each is there whole or not at all.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from errpath.emit.plan import Drift, Plan, State

_UNFINISHED = ".errpath-"


class ForeignFileError(Exception):
    """
    A file that errpath did not write stands where a generated file belongs.
    """


def bring_up_to_date(plan: Plan) -> list[Drift]:
    """
    Write what is missing or stale, remove what no spec asks for, and list what was done.

    Files without errpath's header are never touched: ForeignFileError names them before
    anything is written. OSError passes through. Another errpath that writes the same folder
    is waited for.
    """
    plan.folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(plan.folder):
        drift = plan.drift()
        foreign = [one.file for one in drift if one.state is State.FOREIGN]
        if foreign:
            names = ", ".join(map(str, foreign))
            raise ForeignFileError(f"not written by errpath, so not overwritten: {names}")
        for one in drift:
            if one.state is State.ORPHAN:
                one.file.unlink()
            else:
                replace(one.file, plan.texts[one.file])
                _forget_bytecode(one.file)
        return drift


def replace(file: Path, text: str) -> None:
    """
    Put a text in the place of a file, in one step.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=_UNFINISHED, delete=False
    ) as unfinished:
        try:
            unfinished.write(text)
            unfinished.flush()
            os.fchmod(unfinished.fileno(), 0o644)
            Path(unfinished.name).replace(file)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise


def _forget_bytecode(file: Path) -> None:
    # Bytecode is told apart by the second and the size of its source, and two versions of a
    # test that differ in a return code have the same size.
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink(missing_ok=True)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        # Nobody else is writing, so what is unfinished was left by one that was killed.
        for leftover in folder.rglob(f"{_UNFINISHED}*"):
            leftover.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)
