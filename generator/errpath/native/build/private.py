# SPDX-License-Identifier: GPL-2.0-only
"""
Private folders that are complete, or not there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from errpath.native.refusal import Problem, RefusedError


def default_folder() -> Path:
    """
    Give the folder of this user's builds; RefusedError for a user without a home.
    """
    try:
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        says = "there is no home folder, and XDG_CACHE_HOME is not set"
        raise RefusedError(Problem("", says, "one of them holds what is built")) from None
    return Path(cache) / "errpath" / "native"


@contextmanager
def filling(folder: Path, *, complete: str) -> Iterator[Path]:
    """
    Give a new folder to fill; behind the block it is `folder`, unless that failed.

    A folder that is there, with the file `complete` in it, is somebody else's work, and stays.
    """
    root = folder.parent
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = Path(mkdtemp(prefix="new-", dir=root))
    except OSError as error:
        says = f"cannot be written: {error.strerror}"
        raise RefusedError(Problem(str(root), says, "it is to hold what is built")) from None
    try:
        yield new
        try:
            new.rename(folder)
        except OSError:
            if not (folder / complete).is_file():
                shutil.rmtree(folder, ignore_errors=True)
                new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
