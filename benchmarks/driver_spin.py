# SPDX-License-Identifier: GPL-2.0-only
"""
Spin, on the same model of migrate_pages(): spin/migrate_pages.pml.

Its whole way is as for one page. A search that Spin gives up for want of memory has not ended.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bounded import Bounded
from environment import system
from measure import Command, Unmeasured
from outcomes import Outcome, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutants import Mutant

MODEL: Final = Path(__file__).parent / "spin" / "migrate_pages.pml"

_PAN: Final = "./pan -m50000"
_SEMANTICS: Final = ("pre", "post")
_RETURNS: Final = {1: "", 2: "-EBUSY", 3: "-ENOMEM"}
_BUGS: Final = {4: "use-after-put", 5: "freed-on-list", 6: "wrong-list", 7: "list-head-as-page"}
_PLACES: Final = {
    0: "absent",
    4: "pagevec",
    5: "lru",
    6: "free",
    7: "driver",
    8: "hugetlb",
    9: "caller",
    10: "nothing",
    11: "from_list",
}
_STORED = re.compile(r"^\s*([\d.e+]+) states, stored", re.MULTILINE)


def set_up(root: Path) -> None:
    """
    Install what is missing, and lay the model into a folder.
    """
    system("spin", "spin")
    system("gcc", "gcc libc6-dev")
    root.mkdir(parents=True)
    (root / MODEL.name).write_text(MODEL.read_text(encoding="utf-8"), encoding="utf-8")


def whole(root: Path, pages: int, *, mebibytes: int) -> Command:
    """
    Give the whole way for a list of so many pages, as one command, with at most so much memory.
    """
    steps = (
        f"spin -a -DK={pages} {MODEL.name}",
        f"gcc -O2 -DSAFETY -DMEMLIM={mebibytes} -o pan pan.c",
        f"exec {_PAN}",
    )
    return Command(argv=["sh", "-c", " && ".join(steps)], folder=root)


def states(found: Bounded) -> tuple[float, bool]:
    """
    Give how many states the verifier stored, and whether it went through all of them.

    A verifier that found an error, or that says nothing of it, is Unmeasured.
    """
    stored = _STORED.search(found.said)
    if found.ended and (found.status or not stored or "errors: 0" not in found.said):
        raise Unmeasured(f"Spin: {found.said[-1000:]}")
    whole_ = found.ended and "not completed" not in found.said
    return float(stored[1]) if stored else 0, whole_


def outcomes(
    root: Path, pages: int, *, passes: int, forced_from: int, places: bool
) -> set[Outcome]:
    """
    Have the model print every outcome, and read them.
    """
    how = ("-DPLACES" if places else "-DOUTCOMES", f"-DPASSES={passes}", f"-DK={pages}")
    folder = root / f"{pages}-{passes}-{forced_from}{'-places' if places else ''}"
    # -o2: a variable that the model only writes is in the state all the same.
    options = ["-o2", *how, f"-DFORCED_FROM={forced_from}"]
    said = _verified(folder, MODEL.read_text(encoding="utf-8"), options, "-DPRINTF")
    if "errors: 0" not in said:
        raise Unmeasured(f"Spin: {said[-1000:]}")
    return set(read(said))


def read(said: str) -> Iterator[Outcome]:
    """
    Read what the model prints with -DOUTCOMES or -DPLACES.
    """
    for line in said.splitlines():
        words = line.split()
        if words[:1] == ["outcome"]:
            yield _outcome([int(word) for word in words[1:]])


def _outcome(codes: list[int]) -> Outcome:
    semantics, ended, failed, succeeded, *more = codes
    if ended in _BUGS:
        return Outcome(_SEMANTICS[semantics], bug=_BUGS[ended])
    poisoned, *places = more or [0]
    return Outcome(
        _SEMANTICS[semantics],
        returns=_RETURNS[ended] or str(failed),
        failed=failed,
        succeeded=succeeded,
        poisoned=poisoned,
        places=tuple(
            Place(_PLACES[page], _PLACES[new], bool(migrated))
            for page, new, migrated in zip(*[iter(places)] * 3, strict=True)
        ),
    )


def refuses(root: Path, mutant: Mutant) -> bool:
    """
    Tell whether the verifier of a mutant finds that the mutant's contract is broken.
    """
    text = mutant.of_spin(MODEL.read_text(encoding="utf-8"))
    said = _verified(root / mutant.law, text, [f"-DONLY={mutant.law}"], "-DSAFETY")
    return "assertion violated" in said and "errors: 1" in said


def _verified(folder: Path, text: str, options: list[str], compiling: str) -> str:
    folder.mkdir(parents=True)
    (folder / MODEL.name).write_text(text, encoding="utf-8")
    _run(["spin", "-a", *options, MODEL.name], folder)
    _run(["gcc", "-O1", "-DSAFETY", compiling, "-o", "pan", "pan.c"], folder)
    return _run(_PAN.split(), folder)


def _run(argv: list[str], folder: Path) -> str:
    ended = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Unmeasured(f"{' '.join(argv)}: {ended.stdout[-1000:]}{ended.stderr[-1000:]}")
    return ended.stdout
