# SPDX-License-Identifier: GPL-2.0-only
"""
Reviews of the reference model's own sources: no compiler is needed to judge them.
"""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

from errpath.commands.loading import read
from errpath.migrate import post, pre
from errpath.migrate.reference import Reference
from errpath.models import model
from errpath.native.review.review import Review
from errpath.spec.contract import Law

ROOT: Final = Path(__file__).parents[3]


def variant(module: ModuleType, old: str, new: str) -> ModuleType:
    """
    Give a source of the model with one text in the place of another, which is there once.
    """
    source = inspect.getsource(module)
    assert source.count(old) == 1
    made = ModuleType(f"{module.__name__}_variant")
    exec(compile(source.replace(old, new), "variant.py", "exec"), made.__dict__)  # noqa: S102 - our own source
    return made


@cache
def laws(file: str = "specs/laws.errpath") -> tuple[Law, ...]:
    """
    Read the laws of a spec file of the project.
    """
    (spec,) = read(ROOT, (file,)).specs
    return spec.laws


def review(base: ModuleType, patched: ModuleType, said: tuple[Law, ...] | None = None) -> Review:
    """
    Judge a change of the model's source by the project's laws, or by those that are given.
    """
    target = Reference({"base": base, "patched": patched})
    return Review(target, laws() if said is None else said, model=model())


@cache
def of_the_patch() -> Review:
    """
    Judge what the patch does that errpath is about.
    """
    return review(pre, post)
