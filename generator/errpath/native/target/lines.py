# SPDX-License-Identifier: GPL-2.0-only
"""
Which line of the tree a place in a library belongs to.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LINE: Final = re.compile(r":(\d+)")


class Lines:
    """
    The lines of one library, found by binutils' addr2line, which comes with gcc.
    """

    def __init__(self, library: Path) -> None:
        self._library = library
        self._known: dict[int, int] = {}

    def of(self, places: Iterable[int]) -> list[int]:
        """
        Give the line of each place behind a call; 0 if it is not known.
        """
        wanted = list(places)
        new = sorted(set(wanted) - self._known.keys())
        if new:
            self._known |= zip(new, self._found(new), strict=True)
        return [self._known[place] for place in wanted]

    def _found(self, places: list[int]) -> list[int]:
        tool = shutil.which("addr2line")
        if tool is None:
            return [0] * len(places)
        # A call returns to what stands behind it.
        addresses = [hex(place - 1) for place in places]
        done = subprocess.run(  # noqa: S603 - binutils, on a library that errpath has built
            [tool, "-e", str(self._library), *addresses],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
        lines = [_LINE.search(line) for line in done.stdout.splitlines()]
        found = [int(line[1]) if line else 0 for line in lines]
        return found if len(found) == len(places) else [0] * len(places)
