# SPDX-License-Identifier: GPL-2.0-only
"""
The environment that peers are installed in, and what the system has of them.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from measure import Unmeasured, prepare

_REQUIREMENTS = Path(__file__).parent / "requirements.txt"
_APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y")


def environment(root: Path) -> Path:
    """
    Make an environment with the peers that are Python packages; gives its bin folder.
    """
    root.mkdir(parents=True, exist_ok=True)
    bin_ = root / "environment" / "bin"
    prepare(sys.executable, "-m", "venv", "environment", folder=root)
    install = ("install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    prepare(bin_ / "python", "-m", "pip", *install, "-r", _REQUIREMENTS, folder=root)
    return bin_


def system(tool: str, package: str) -> None:
    """
    See to it that the system has a tool, which Debian has in a package (or several).

    Only root can install it; for anybody else, and where there is no apt-get, it is Unmeasured
    with what to do.
    """
    if shutil.which(tool):
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise Unmeasured(f"there is no {tool} here; as root, on Debian: apt-get install {package}")
    prepare(*_APT, "update", folder=Path.cwd())
    prepare(*_APT, "install", "--no-install-recommends", *package.split(), folder=Path.cwd())
