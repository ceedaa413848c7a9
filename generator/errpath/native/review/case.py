# SPDX-License-Identifier: GPL-2.0-only
"""
What is reviewed: a patch and the tree that it is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from errpath.native.mail.apply import apply
from errpath.native.mail.error import MailError
from errpath.native.mail.reading import read_file
from errpath.native.review.sides import BASE, PATCHED
from errpath.native.review.touched import Touched, touched
from errpath.native.tree.tree import MIGRATE, tree_at

if TYPE_CHECKING:
    from errpath.native.build.build import Build
    from errpath.native.mail.patch import Patch
    from errpath.native.mail.place import HunkPlace
    from errpath.native.tree.tree import Tree

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    A patch that applies to a tree: where its hunks went, and what it touches.

    `after` is the text of mm/migrate.c with the patch, which no file has.
    """

    patch: Patch
    tree: Tree
    hunks: tuple[HunkPlace, ...]
    touched: Touched
    after: str


def case_of(mail: Path, folder: Path) -> Case:
    """
    Read the patch of a mail, and apply it to mm/migrate.c of a tree, in memory.

    RefusedError tells of a mail without one patch, of a folder without a tree, and of a
    patch for other files or for another tree. An OSError passes through.
    """
    patch = read_file(mail)
    tree = tree_at(folder)
    ours = [one for one in patch.files if one.path == MIGRATE]
    if not ours:
        paths = [one.path for one in patch.files]
        more = f" and {len(paths) - _NAMED} more" if paths[_NAMED:] else ""
        message = f"it is a patch for {', '.join(paths[:_NAMED])}{more}"
        helps = f"errpath judges functions of {MIGRATE}"
        raise MailError(message, name=patch.name, line=patch.files[0].at, help=helps)
    before = tree.text()
    applied = apply(ours[0], before)
    return Case(
        patch=patch,
        tree=tree,
        hunks=applied.hunks,
        touched=touched(patch, before, applied.text),
        after=applied.text,
    )


def builds_of(case: Case) -> dict[str, Build]:
    """
    Build both sides at once; RefusedError tells what the compiler, or errpath, has against it.
    """
    # Who is only told that a patch does not apply pays for none of this.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    from errpath.native.build.build import build  # noqa: PLC0415

    with ThreadPoolExecutor(2) as pool:
        base = pool.submit(build, case.tree)
        patched = pool.submit(build, case.tree, case.after, hunks=list(map(str, case.hunks)))
        return {BASE: base.result(), PATCHED: patched.result()}
