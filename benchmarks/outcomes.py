# SPDX-License-Identifier: GPL-2.0-only
"""
How runs over a list of pages end: what models of migrate_pages() are compared by.

An outcome is what is returned and counted; with its places it has where each page and its last
new page is after the putback, too. Models are the same if they have the same outcomes.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from measure import Unmeasured

PAGES = ("a", "b", "c", "d", "e", "f")
"""What the pages of a list are called."""


class Place(NamedTuple):
    """
    Where a page and its new page are, and whether the new one carries the data.
    """

    page: str
    new: str
    migrated: bool


class Outcome(NamedTuple):
    """
    How a run ends; a run that the kernel would stop has a `bug`, and of the rest nothing.
    """

    semantics: str
    bug: str = ""
    returns: str = ""
    failed: int = 0
    succeeded: int = 0
    poisoned: int = 0
    places: tuple[Place, ...] = ()

    def end(self) -> Outcome:
        """
        Give what is returned, or the bug, alone.
        """
        return Outcome(self.semantics, bug=self.bug, returns=self.returns)


Outcomes: TypeAlias = set[Outcome]


def ends_of_merged(pages: int) -> set[Outcome]:
    """
    Give how errpath's own merged paths end, in ten passes: what they return, or the bug.
    """
    from errpath.explore.merged.merged import merged  # noqa: PLC0415 - loads the model
    from errpath.migrate.migration import MIGRATE  # noqa: PLC0415
    from errpath.vocabulary.errno import spell  # noqa: PLC0415

    found: set[Outcome] = set()
    for semantics in ("pre", "post"):
        paths = merged(MIGRATE, "migrate_pages", PAGES[:pages], semantics)
        found |= {
            Outcome(semantics, returns=spell(code) if code < 0 else str(code))
            for code in paths.returns
        }
        found |= {Outcome(semantics, bug=bug) for bug in paths.bugs}
    return found


def same(peer: str, what: str, found: Outcomes, expected: Outcomes) -> None:
    """
    Raise Unmeasured unless a peer's model has errpath's outcomes; `what` says of which runs.
    """
    if found == expected and found:
        return
    says = [f"{peer}'s model is not errpath's: different models are not compared"]
    says += [f"{what}: {len(found)} outcomes, and errpath has {len(expected)}"]
    for where, rest in ((peer, found - expected), ("errpath", expected - found)):
        if rest:
            says.append(f"{len(rest)} outcomes are {where}'s alone; the first is")
            says.append(f"  {min(rest)}")
    raise Unmeasured("\n".join(says))
