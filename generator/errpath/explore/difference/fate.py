# SPDX-License-Identifier: GPL-2.0-only
"""
What an attempt does to its page, in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.explore.lockstep.status import Became, Effect, End
from errpath.kernel.pages.listed_page import NEW, TAIL
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from collections.abc import Iterator


def fate(effect: Effect | None, before: Became, page: str) -> str:
    """
    Say what one side does with its page in an attempt, and how its run ends there if by an errno.
    """
    if effect is None:
        return "makes no attempt"
    to = effect.to
    if isinstance(to, End) and to.bug:
        return f"stops on {to.bug}"
    said = ", ".join(_said(effect.became, before, page))
    if isinstance(to, End) and to.returns is not None and to.returns < 0:
        return f"{said} and returns {spell(to.returns)}"
    return said


def _said(now: Became, before: Became, page: str) -> Iterator[str]:
    place = dict(now.on).get(page)
    tail = f"{page}{TAIL}"
    if tail in dict(now.on) and tail not in dict(before.on):
        yield f"splits {page}" + ("" if place == "from_list" else f", which is on {place},")
    elif f"{page}{NEW}" in now.carries:
        yield f"migrates {page}"
    elif place == "from_list":
        yield f"leaves {page} on the list"
    else:
        yield f"takes {page} off the list"
        yield f"which is then on {place}"
