# SPDX-License-Identifier: GPL-2.0-only
"""
What is wrong with a run, as data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """
    Failures that must not be taken for each other.
    """

    CONTRACT = "contract broken"
    KERNEL_BUG = "kernel bug"
    UNCHECKED = "nothing was checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """
    One promise that a run does not keep.

    `clause` is the line of contract, as the spec words it, and `at` its place there, or
    None for what is checked without being asked. `got` are sentences about the run, in which
    `{3}` stands for the event of step 3; `marks` are the steps that offend.
    """

    kind: Kind
    clause: str
    got: tuple[str, ...]
    at: str | None = None
    marks: tuple[int, ...] = ()
