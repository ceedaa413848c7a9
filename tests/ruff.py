# SPDX-License-Identifier: GPL-2.0-only
"""
The formatter that the project's sources go through.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent


def reformatted(folder: Path, texts: Mapping[str, str]) -> str:
    """
    Give the diff that `ruff format` would make to files of these texts, or nothing.
    """
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", "--diff"]
    width = f"line-length={settings['line-length']}"
    found = subprocess.run(
        [*command, "--config", width, *texts],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout if found.returncode in {0, 1} else found.stderr
