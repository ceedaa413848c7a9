# SPDX-License-Identifier: GPL-2.0-only
"""
Who owns what after a run, where that is another one than in 5.8.

From 5.10 on soft offline keeps the reference of a page that was migrated (79f5f8fab482), and
from 5.11 on a page that failed for good is left to the caller, isolated and counted, on the
list that it gave for that (dd4ae78a21fc).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errpath.kernel.caller import MR_MEMORY_FAILURE
from errpath.kernel.holds import NR_ISOLATED, PAGE_REF
from errpath.native.target.others import OWN_LIST
from errpath.vocabulary.errno import ENOSYS
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.vocabulary.hold import Item


def more(k: Any, run: Run) -> frozenset[Item]:
    """
    Give what the caller has after a run of a kernel from 5.10 on.
    """
    found = set()
    if k.facts.get("reason") == MR_MEMORY_FAILURE:
        found |= {
            item(PAGE_REF, name)
            for name in k.pages
            if item(PAGE_REF, name) in k.held and k.on.get(name) is None
        }
    for name, place in k.on.items():
        if place == OWN_LIST:
            found |= {item(PAGE_REF, name), item(NR_ISOLATED, name)} & k.held.keys()
    if run.returns == -ENOSYS:
        # What cannot be migrated whole is as it was, for the caller to split.
        found |= {one for one in k.held if one.subject in k.pages and k.held[one] == 0}
    return run.entitled | found
