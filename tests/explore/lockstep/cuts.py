# SPDX-License-Identifier: GPL-2.0-only
"""
Lists of one page with few passes and few questions, on which all pairs can be walked.
"""

from __future__ import annotations

from functools import cache

from errpath.explore.lockstep.lockstep import Lockstep
from errpath.explore.lockstep.moves import Mover, Tells
from errpath.explore.lockstep.places import Passes
from errpath.explore.lockstep.side import Side
from errpath.kernel.target import Model
from errpath.vocabulary.choice import Value
from tests.explore.merged.cut import ASKED, ENTRY, Asked, Cut

FIXED: dict[str, Value] = {"PF_SWAPWRITE": "clear"}
_FORCE = """
if k.PageHuge(page):
    rc = unmap_and_move_huge_page(
        k, get_new_page, put_new_page, private, page, pass_ > 2, mode, reason
    )
else:
    rc = unmap_and_move(
        k, get_new_page, put_new_page, private, page, pass_ > 2, mode, reason
    )
"""
_EARLIER = (_FORCE, _FORCE.replace("pass_ > 2", "pass_ > 0"))

_PARTS: Asked = {
    "PageTransHuge(P)": (0, 1),
    "get_new_page(P)": ("new", "NULL"),
    "trylock_page(P)": (1, 0),
    "PageWriteback(P)": (0, 1),
    "P->extra_pins": (0, 1),
}
CUTS = {
    "a split": Cut(passes=3, asked=ASKED["a split"], changes=(_EARLIER,)),
    "a tail": Cut(passes=2, asked=ASKED["a tail"], changes=(_EARLIER,)),
    "kinds": Cut(passes=2, asked=ASKED["kinds"], changes=(_EARLIER,)),
    "a busy lock": Cut(passes=3, asked=ASKED["a busy lock"], changes=(_EARLIER,)),
    "where they part": Cut(passes=2, asked=_PARTS, changes=(_EARLIER,)),
}
"""Force comes with the second pass here."""


def model_of(name: str, entry: str = ENTRY) -> Model:
    """
    Give the model of a cut on a list of one page.
    """
    return CUTS[name].model().at(entry, ("a",))


def mover(name: str, old: str, new: str, entry: str = ENTRY, tells: Tells | None = None) -> Mover:
    """
    Give a mover for two semantics of a cut.
    """
    model = model_of(name, entry)
    older = Side(CUTS[name].target(model), old, model, FIXED)
    newer = Side(CUTS[name].target(model), new, model, FIXED)
    return Mover(older, newer, model, tells)


@cache
def lockstep(name: str, old: str = "pre", new: str = "post", entry: str = ENTRY) -> Lockstep:
    """
    Compare two semantics on a cut, with nothing else on the LRU list.
    """
    passes = Passes(CUTS[name].passes, 2)
    return Lockstep(lambda: mover(name, old, new, entry), passes, beside=(False,))
