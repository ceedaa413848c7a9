# SPDX-License-Identifier: GPL-2.0-only
"""
A verdict on migrate_pages() over a list of pages, beside Spin's and TLC's.

The peers' models have the same choices, the same ten passes, the same impossible combinations,
and the contracts C2, C3, C4, C5 and C8. Before anything is measured they show that they are
the same model: by every outcome, and by a bug that breaks a contract, for each contract. Both
semantics are in one model and one search, as errpath's verdict has both.

A peer may not end. It is stopped at a bound, which it counts as having taken; on a longer list
it would not end either, so it is not started there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import driver_errpath
import driver_spin
import driver_tlc
from bounded import Bounded, bounded
from driver_mutants import MUTANTS
from measure import Command, Unmeasured
from outcomes import PAGES, Outcome, ends_of_merged, same
from table import Row

MEBIBYTES = 8192
"""What a peer may use: a search that needs more has not ended."""

_WALKED = ((1, 1), (2, 2))
"""Passes, and the first with force, in which every path of one page is walked to its places."""


class _Peer(NamedTuple):
    """
    A peer: its whole way for a number of pages, and what it says of itself: states, all of them.
    """

    name: str
    whole: Callable[[int], Command]
    states: Callable[[Bounded], tuple[float, bool]]


class Figures(NamedTuple):
    """
    What one took for a number of pages; `pages` are fewer if it had been stopped there.
    """

    seconds: float
    peak: float
    states: float
    ended: bool
    pages: int


def rows(root: Path, *, pages: int, rounds: int, bound: float) -> Iterator[Row]:
    """
    Measure lists of one page, two, and so on.

    A peer that cannot be had, or whose model is another one, is Unmeasured, after the rows of
    the others.
    """
    expected = {how: _walked(*how) for how in _WALKED}
    for how, outcomes in expected.items():
        yield Row(f"outcomes of 1 page in {_times(how[0], 'pass')}", len(outcomes), least=True)
    missing: list[str] = []
    peers: list[_Peer] = []
    for name, peer in {"Spin": _spin, "TLC": _tlc}.items():
        try:
            peers.append(peer(root / name.lower(), expected))
        except Unmeasured as error:
            missing.append(f"{name}: {error}")
    yield from _lists(peers, root, pages=pages, rounds=rounds, bound=bound)
    if missing:
        raise Unmeasured("\n".join(missing))


def _walked(passes: int, forced_from: int) -> set[Outcome]:
    from walked import walked  # noqa: PLC0415 - loads the model

    return {
        one
        for semantics in ("pre", "post")
        for one in walked(semantics, PAGES[:1], passes=passes, forced_from=forced_from)
    }


def _spin(root: Path, expected: dict[tuple[int, int], set[Outcome]]) -> _Peer:
    driver_spin.set_up(root)
    for (passes, forced), outcomes in expected.items():
        found = driver_spin.outcomes(root, 1, passes=passes, forced_from=forced, places=True)
        same("Spin", f"1 page, {_times(passes, 'pass')}", found, outcomes)
    for pages in (1, 2):
        found = driver_spin.outcomes(root, pages, passes=10, forced_from=4, places=False)
        _same_ends("Spin", pages, found)
    _refused("Spin", [m.says for m in MUTANTS if not driver_spin.refuses(root / "mutants", m)])
    whole = partial(driver_spin.whole, root, mebibytes=MEBIBYTES)
    return _Peer("Spin", whole, driver_spin.states)


def _tlc(root: Path, expected: dict[tuple[int, int], set[Outcome]]) -> _Peer:
    jar = driver_tlc.set_up(root)
    for (passes, forced), outcomes in expected.items():
        found = driver_tlc.outcomes(root, jar, 1, passes=passes, forced_from=forced)
        same("TLC", f"1 page, {_times(passes, 'pass')}", found, outcomes)
    _same_ends("TLC", 1, driver_tlc.outcomes(root, jar, 1, passes=10, forced_from=4))
    mutants = root / "mutants"
    _refused("TLC", [m.says for m in MUTANTS if not driver_tlc.refuses(mutants, jar, m)])
    return _Peer("TLC", partial(driver_tlc.whole, root, jar), driver_tlc.states)


def _same_ends(peer: str, pages: int, found: set[Outcome]) -> None:
    ends = {one.end() for one in found}
    same(peer, f"{_times(pages, 'page')}, 10 passes", ends, ends_of_merged(pages))


def _refused(peer: str, passed: list[str]) -> None:
    if passed:
        raise Unmeasured(f"{peer}'s model lets pass: {', '.join(passed)}")


def _lists(
    peers: list[_Peer], root: Path, *, pages: int, rounds: int, bound: float
) -> Iterator[Row]:
    project = root / "errpath"
    driver_errpath.set_up(project)
    ours = _Peer("errpath", partial(driver_errpath.whole, project), driver_errpath.states)
    every = [ours, *peers]
    bounded(ours.whole(1), seconds=bound)  # for the bytecode
    before: dict[str, Figures] = {}
    for number in range(1, pages + 1):
        taken = {name: one for name, one in before.items() if not one.ended}
        due = [one for one in every if one.name not in taken]
        taken |= _in_turn(due, number, rounds=rounds if number == 1 else 1, bound=bound)
        yield from compared(number, taken, before)
        before = taken


def _in_turn(every: list[_Peer], pages: int, *, rounds: int, bound: float) -> dict[str, Figures]:
    found: dict[str, list[Figures]] = {one.name: [] for one in every}
    for _ in range(rounds):
        for one in every:
            made = bounded(one.whole(pages), seconds=bound)
            states, whole = one.states(made)
            # Who gives up for want of memory would take longer than who may take all of it.
            seconds = made.seconds if whole else bound
            found[one.name].append(Figures(seconds, made.peak, states, whole, pages))
    return {
        name: rows[-1]._replace(
            seconds=median(row.seconds for row in rows), peak=median(row.peak for row in rows)
        )
        for name, rows in found.items()
    }


def compared(number: int, taken: dict[str, Figures], before: dict[str, Figures]) -> Iterator[Row]:
    """
    Give the rows of a list of so many pages; `before` was taken of one page less.
    """
    pages = _times(number, "page")
    ours = taken["errpath"]
    we = "errpath" if ours.ended else "errpath, stopped"
    for name, one in taken.items():
        if one.pages == number:
            words = "seconds" if one.ended else "stopped after seconds"
            yield Row(f"{pages}: {name}, {words}", one.seconds)
            yield Row(f"{pages}: {name}, MiB", one.peak)
        if one.states and one.pages == number:
            least = "" if one.ended else " so far"
            yield Row(f"{pages}: {name}, states{least}", one.states, least=True)
    for name, one in taken.items():
        if name == "errpath":
            continue
        # What is stopped has taken at least its bound, and so has it on a longer list.
        told = "" if one.ended else " (stopped)" if one.pages == number else _of_fewer(one.pages)
        yield Row(f"{pages}: {we} / {name}{told}", ours.seconds / one.seconds, 0.5)
        if name == "TLC":
            yield Row(f"{pages}: errpath's MiB / TLC's{told}", ours.peak / one.peak, 1 / 3)
    spin, last = taken.get("Spin"), before.get("Spin")
    if spin and last and spin.pages == number and ours.ended:
        growth = (ours.seconds / before["errpath"].seconds) / (spin.states / last.states)
        yield Row(f"{pages}: growth of time / of Spin's states", growth, 1)


def _of_fewer(pages: int) -> str:
    return f" (of {pages}, stopped)"


def _times(number: int, word: str) -> str:
    return (
        f"{number} {word}" if number == 1 else f"{number} {word}{'es' if word == 'pass' else 's'}"
    )
