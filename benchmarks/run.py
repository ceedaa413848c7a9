# SPDX-License-Identifier: GPL-2.0-only
"""
Measures the speed, side by side with peers; each ratio is formed in one run.

    python benchmarks/run.py [--quick] [NAME...]

NAME is a group of figures: suite, language, model, startup, verdict, driver, native,
peers. Without one, all are measured. A target that is missed is told, and is no failure; what
cannot be measured is one.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import driver
import language
import model
import native
import peers
import startup
import suite
import verdict
from measure import Unmeasured
from table import Row, head, line


def groups(root: Path, *, quick: bool) -> dict[str, Callable[[], Iterator[Row]]]:
    """
    Give the groups of figures by name; a quick run is smaller and rougher.
    """
    size = 10 if quick else 1
    rounds = 2 if quick else 5
    return {
        "suite": partial(suite.rows, root / "suite", cases=10_000 // size, rounds=rounds),
        "language": partial(
            language.rows, root / "language", scenarios=1_000 // size, rounds=rounds
        ),
        "model": partial(model.rows, seconds=1 / size, rounds=rounds),
        "startup": partial(startup.rows, root / "startup", rounds=4 * rounds),
        "verdict": partial(verdict.rows, root / "verdict", rounds=rounds),
        "driver": partial(
            driver.rows,
            root / "driver",
            pages=2 if quick else 6,
            rounds=1 if quick else 3,
            bound=30 if quick else 120,
        ),
        "native": partial(native.rows, root / "native", rounds=rounds),
        "peers": partial(peers.rows, root / "peers", scenarios=1_000 // size, rounds=2),
    }


def main(arguments: list[str]) -> int:
    """
    Measure what is asked for: 0, 1 if something could not be measured, 2 for a wrong name.
    """
    names = [word for word in arguments if word != "--quick"]
    with TemporaryDirectory(prefix="errpath-bench-") as folder:
        all_ = groups(Path(folder), quick="--quick" in arguments)
        unknown = [name for name in names if name not in all_]
        if unknown:
            print(f"no group is named {unknown[0]}; there are: {', '.join(all_)}", file=sys.stderr)
            return 2
        status = 0
        load, cores = os.getloadavg()[0], os.cpu_count()
        print(f"Python {platform.python_version()}, {cores} cores, load {load:.1f} at the start")
        if "--quick" in arguments:
            print("a tenth of the size: the targets are for the whole")
        for name in names or all_:
            print(head(name), flush=True)
            try:
                for row in all_[name]():
                    print(line(row), flush=True)
            except Unmeasured as error:
                print(f"could not be measured:\n{error}", file=sys.stderr)
                status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
