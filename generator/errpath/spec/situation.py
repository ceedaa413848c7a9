# SPDX-License-Identifier: GPL-2.0-only
"""
Which situation a scenario is about, and what goes wrong in it.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from errpath.spec.node import Node


class Setting(BaseModel):
    """
    The words of one aspect that a scenario runs with: one, or several to multiply over.

    `stated` tells the words that a spec says from those that another word implies.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    aspect: str
    subject: str | None
    words: tuple[str, ...]
    stated: bool = True


class Injection(Node):
    """
    A fault to inject: a call, and the results it fails with, one for each case.

    It begins at the `on_call`-th call and lasts for `times` calls (None: for all), or it is
    bound to `passes`, or to each pass from `from_pass` on. Several results are a `parameter` of
    the scenario, by that name.
    """

    call: str
    results: tuple[str, ...]
    parameter: str | None = None
    on_call: int = 1
    times: int | None = None
    passes: tuple[int, ...] = ()
    from_pass: int | None = None


class Situation(BaseModel):
    """
    What is not the default, aspect by aspect, and the faults.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: tuple[Setting, ...] = ()
    faults: tuple[Injection, ...] = ()
