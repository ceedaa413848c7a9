# SPDX-License-Identifier: GPL-2.0-only
"""
Points where the environment decides: is the lock free, is there memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = int | str
"""What a choice can be answered with: 0 or 1, a negative errno, or a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """
    A choice made against the caller.

    `marker` is the pytest marker of its kind; `says` completes "here, ..." in words.
    """

    marker: str
    says: str


class Choice:
    """
    One question that a run can put to its environment, by the text of the question.

    `values` come with the answer that goes the caller's way first: it is the default.
    `faults` maps each answer against the caller to its fault.
    """

    __slots__ = ("faults", "name", "subject", "text", "values")

    def __init__(
        self,
        name: str,
        subject: str | None,
        values: tuple[Value, ...],
        *,
        text: str,
        faults: dict[Value, Fault] | None = None,
    ) -> None:
        self.name = name
        self.subject = subject
        self.values = values
        self.text = text
        self.faults = faults or {}

    @property
    def default(self) -> Value:
        """
        The answer that a scenario gets when it says nothing.
        """
        return self.values[0]

    def __repr__(self) -> str:
        return self.text
