# SPDX-License-Identifier: GPL-2.0-only
"""
errpath's own verdict on lists of pages: `errpath verify --pages K`.

It judges the contracts that the peers' models have, and no others: the laws of
specs/laws_lists.errpath whose titles name C2, C3, C4, C5 and C8.
"""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from measure import BIN, Command, Unmeasured

if TYPE_CHECKING:
    from bounded import Bounded

CONTRACTS: Final = ("C2", "C3", "C4", "C5", "C8")

_HOME = Path(__file__).parents[1]
_SPEC: Final = Path("specs") / "laws_lists.errpath"
_LAW = re.compile(r'^law "(C\d+), .*?^}\n', re.MULTILINE | re.DOTALL)
_JUDGED = (0, 1)
"""Exit statuses of a verdict: a law that says more than a short list can show is a finding."""


def laws(text: str) -> str:
    """
    Give the laws of a spec that are about the contracts; one without a law is Unmeasured.
    """
    found = [one for one in _LAW.finditer(text) if one[1] in CONTRACTS]
    missing = set(CONTRACTS) - {one[1] for one in found}
    if missing:
        raise Unmeasured(f"no law about lists is of {', '.join(sorted(missing))}")
    return "# SPDX-License-Identifier: GPL-2.0-only\n\n" + "\n".join(one[0] for one in found)


def set_up(root: Path) -> None:
    """
    Make a project with these laws, and no other spec.
    """
    (root / "specs").mkdir(parents=True)
    shutil.copy(_HOME / "pyproject.toml", root)
    if not (_HOME / _SPEC).is_file():
        raise Unmeasured(f"there is no {_SPEC}")
    text = (_HOME / _SPEC).read_text(encoding="utf-8")
    (root / _SPEC).write_text(laws(text), encoding="utf-8")


def whole(root: Path, pages: int) -> Command:
    """
    Give the verdict on lists of so many pages, from nothing.
    """
    return Command(
        argv=[BIN / "errpath", "verify", "--pages", str(pages)],
        folder=root,
        before=partial(shutil.rmtree, root / ".errpath_cache", ignore_errors=True),
    )


def states(found: Bounded) -> tuple[float, bool]:
    """
    Tell whether all paths were judged; it has no states to tell of.

    A verdict that says otherwise, or that a law is broken, is Unmeasured.
    """
    judged = "all paths over these lists are judged" in found.said and "BROKEN" not in found.said
    if found.ended and not (judged and found.status in _JUDGED):
        raise Unmeasured(f"errpath verify: {found.said[-2000:]}")
    return 0, found.ended
