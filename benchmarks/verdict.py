# SPDX-License-Identifier: GPL-2.0-only
"""
A complete verdict on one page, beside Spin's and TLC's.

errpath's is `errpath verify`: every path of both semantics, every law, the difference. The
peers' models have the same choices, asked in the same order, the same impossible combinations,
laws and declared differences. Before anything is measured they show that they are the same
model, by every pair of paths, and that a bug that breaks a law is refused, for each law.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import with_spin
import with_tlc
from histories import Pair, distinct, of_errpath, paths_of, same
from measure import BIN, Command, Unmeasured, in_turn
from memory import peaks
from mutants import MUTANTS
from table import Row

_HOME = Path(__file__).parents[1]
_A_PROJECT = ("specs", "generated_tests", "pyproject.toml")


def rows(root: Path, *, rounds: int) -> Iterator[Row]:
    """
    Measure the verdict beside each peer that can be had, then memory, then the mutation run.

    A peer that cannot be had, or whose model is another one, is Unmeasured, after the rows of
    the others.
    """
    project = _project(root / "project")
    expected = of_errpath()
    yield from _counts(expected)
    missing: list[str] = []
    peers: dict[str, Command] = {}
    for name, peer in {"Spin": _spin, "TLC": _tlc}.items():
        try:
            peers |= peer(root / name.lower(), expected)
        except Unmeasured as error:
            missing.append(f"{name}: {error}")
    anew = Command(
        argv=[BIN / "errpath", "verify", "--no-lists"],
        folder=project,
        before=partial(shutil.rmtree, project / ".errpath_cache", ignore_errors=True),
    )
    again = Command(argv=anew.argv, folder=project)
    figures = in_turn(anew, again, *peers.values(), rounds=rounds)
    first, second, *others = (one.seconds for one in figures)
    taken = dict(zip(peers, others, strict=True))
    for name in ("Spin's whole way", "TLC"):
        if name in taken:
            yield Row(f"errpath verify / {name}", first / taken[name], 0.3)
    yield Row("errpath verify, again and unchanged / anew", second / first)
    yield from _shares(taken)
    yield from _memory(project, rounds=rounds)
    try:
        yield _mutation(anew)
    except Unmeasured as error:
        missing.append(f"errpath mutate: {error}")
    if missing:
        raise Unmeasured("\n".join(missing))


def _project(root: Path) -> Path:
    """
    Copy the project's own specs: a cache is removed here, and it is not the user's.
    """
    root.mkdir(parents=True)
    for name in _A_PROJECT:
        copy = shutil.copytree if (_HOME / name).is_dir() else shutil.copy
        copy(_HOME / name, root / name)
    return root


def _counts(expected: Counter[Pair]) -> Iterator[Row]:
    yield Row("pairs of paths, in each model", expected.total(), least=True)
    for name, paths in paths_of(expected).items():
        yield Row(f"paths of {name}", len(paths), least=True)
        yield Row(f"paths of {name}, distinct (returns, trace)", distinct(paths), least=True)


def _spin(root: Path, expected: Counter[Pair]) -> dict[str, Command]:
    with_spin.set_up(root)
    same("Spin", with_spin.pairs(root), expected)
    _refused("Spin", [m.says for m in MUTANTS if not with_spin.refuses(root / "mutants", m)])
    return {
        "Spin's whole way": with_spin.whole(root),
        "spin -a": with_spin.step(root, with_spin.TRANSLATE),
        "gcc -O2": with_spin.step(root, with_spin.COMPILE),
        "pan": with_spin.step(root, with_spin.VERIFY),
    }


def _tlc(root: Path, expected: Counter[Pair]) -> dict[str, Command]:
    jar = with_tlc.set_up(root)
    same("TLC", with_tlc.pairs(root, jar), expected)
    _refused("TLC", [m.says for m in MUTANTS if not with_tlc.refuses(root / "mutants", jar, m)])
    return {
        "TLC": with_tlc.whole(root, jar),
        "TLC, Java's quick compiler alone": with_tlc.whole(root, jar, "-XX:TieredStopAtLevel=1"),
    }


def _refused(peer: str, passed: list[str]) -> None:
    if passed:
        raise Unmeasured(f"{peer}'s model lets pass: {', '.join(passed)}")


def _shares(taken: dict[str, float]) -> Iterator[Row]:
    """
    Tell where the peers' time goes.
    """
    for name in ("spin -a", "gcc -O2", "pan"):
        if name in taken:
            yield Row(f"{name} / Spin's whole way", taken[name] / taken["Spin's whole way"])
    for name, seconds in taken.items():
        if name.startswith("TLC,"):
            yield Row(f"{name} / TLC", seconds / taken["TLC"])


def _mutation(verdict: Command) -> Row:
    """
    Measure the whole mutation run beside a verdict.
    """
    mutate = Command(argv=[BIN / "errpath", "mutate"], folder=verdict.folder, before=verdict.before)
    one, all_ = in_turn(verdict, mutate, rounds=1)
    return Row("errpath mutate / errpath verify", all_.seconds / one.seconds, 60)


def _memory(project: Path, *, rounds: int) -> Iterator[Row]:
    paths: list[str | Path] = [BIN / "errpath", "paths", "pre"]
    summary, streamed = peaks(paths, [*paths, "--json"], folder=project, rounds=rounds)
    yield Row(
        "paths --json, peak memory / at its first paths", streamed.whole / streamed.early, 1.1
    )
    yield Row("paths --json, peak memory / paths", streamed.whole / summary.whole)
