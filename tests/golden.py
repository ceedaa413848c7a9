# SPDX-License-Identifier: GPL-2.0-only
"""
Expected texts that are kept in files of their own.
"""

from __future__ import annotations

import os
from pathlib import Path

UPDATE = "ERRPATH_UPDATE"
"""The environment variable that, set to 1, has the files rewritten with what is found."""


def check_golden(file: Path, found: str) -> None:
    """
    Compare a text with the file that holds what is expected, to the letter.
    """
    text = found if found.endswith("\n") else f"{found}\n"
    if os.environ.get(UPDATE) == "1":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
