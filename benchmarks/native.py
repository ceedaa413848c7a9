# SPDX-License-Identifier: GPL-2.0-only
"""
C as a target: its paths a second, and a review beside Spin's whole way.

ERRPATH_LINUX names a Linux source tree, and ERRPATH_MAIL a patch for it. Without them it is the
C of the project's own tests, and a change of it: the same functions, compiled and walked alike.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from difflib import unified_diff
from functools import partial
from pathlib import Path
from shlex import join
from statistics import median

import with_spin
from measure import BIN, Command, Unmeasured, in_turn
from table import Row

from errpath.explore.paths.enumerate import paths
from errpath.migrate.migration import MIGRATE
from errpath.native.build.build import build
from errpath.native.target.target import Isolated, Native
from errpath.native.tree.tree import tree_at

_OWN = Path(__file__).parents[1] / "tests" / "native" / "c" / "migrate.c"
_MAKEFILE = "VERSION = 5\nPATCHLEVEL = 8\nSUBLEVEL = 18\nEXTRAVERSION =\n"
_CHANGE = (
    "\t\tnewpage = get_new_page(page, private);\n",
    "\t\tlock_page(page);\n\t\tnewpage = get_new_page(page, private);\n\t\tunlock_page(page);\n",
)
_DIFFERS = 1


def rows(root: Path, *, rounds: int) -> Iterator[Row]:
    """
    Measure runs of the C in this process and in one of its own, and then the review.
    """
    tree, mail = _given() or _own(root)
    built = build(tree_at(tree), folder=root / "builds")
    here, apart = Native(built), Isolated(built)
    name = f"Linux {built.version}" if "ERRPATH_LINUX" in os.environ else "our own C"
    core = median(_rates(here, rounds, time.process_time))
    yield Row(f"paths of {name}, a second of a core", core, 20_000, least=True)
    yield Row("in a process of its own", median(_rates(apart, rounds, time.perf_counter)))
    with_spin.set_up(root / "spin")
    cache = root / "cache"
    review = join([str(BIN / "errpath"), "review", str(mail), "--tree", str(tree)])
    anew = Command(
        argv=["sh", "-c", f"{review} >said; test $? -eq {_DIFFERS}"],
        folder=root,
        environment={"XDG_CACHE_HOME": str(cache)},
        before=partial(shutil.rmtree, cache, ignore_errors=True),
    )
    again = Command(argv=anew.argv, folder=root, environment=anew.environment)
    first, second, spin = (
        one.seconds for one in in_turn(anew, again, with_spin.whole(root / "spin"), rounds=rounds)
    )
    yield Row("errpath review, compiled anew / Spin's whole way", first / spin, 2.0)
    yield Row("errpath review, again / compiled anew", second / first)


def _rates(target: Native, rounds: int, clock: Callable[[], float]) -> Iterator[float]:
    """
    Give the paths a second, of every path, each with its final state left alone.
    """
    rules = MIGRATE.vocabulary.rules
    run = partial(target.run, "pre")
    for number in range(rounds + 1):
        started = clock()
        count = sum(1 for _ in paths(run, rules))
        if number:
            yield count / (clock() - started)


def _given() -> tuple[Path, Path] | None:
    """
    Give the tree and the mail that somebody names.
    """
    if "ERRPATH_LINUX" not in os.environ:
        return None
    return Path(os.environ["ERRPATH_LINUX"]).resolve(), Path(os.environ["ERRPATH_MAIL"]).resolve()


def _own(root: Path) -> tuple[Path, Path]:
    """
    Lay the project's own C into a tree, and a change of it beside that.
    """
    tree, mail = root / "linux", root / "a.patch"
    (tree / "mm").mkdir(parents=True)
    (tree / "Makefile").write_text(_MAKEFILE, encoding="ascii")
    text = _OWN.read_text(encoding="utf-8")
    (tree / "mm" / "migrate.c").write_text(text, encoding="utf-8")
    if text.count(_CHANGE[0]) != 1:
        raise Unmeasured(f"{_OWN.name} has no place for the change that is reviewed")
    lines = [one.splitlines(keepends=True) for one in (text, text.replace(*_CHANGE))]
    diff = unified_diff(*lines, "a/mm/migrate.c", "b/mm/migrate.c")
    mail.write_text("".join(diff), encoding="utf-8")
    return tree, mail
