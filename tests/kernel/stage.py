# SPDX-License-Identifier: GPL-2.0-only
"""
A little kernel to act on: what is held at its start, and how its choices are answered.
"""

from __future__ import annotations

from collections.abc import Iterable

from errpath.kernel.holds import HOLDS
from errpath.kernel.linux import Linux
from errpath.kernel.page import Page
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.hold import item

_HOLDS = {hold.name: hold for hold in HOLDS}

ISOLATED = "page_ref(src)", "from_list(src)", "NR_ISOLATED(src)"
"""What the isolation of a page leaves its migration with."""


def stage(*held: str, answers: dict[str, Value] | None = None) -> tuple[Linux, Page, Page]:
    """
    Set up a machine, and give it with its pages src and dst.

    `answers` are those that differ from the default, by the text of their choice.
    """
    said = answers or {}

    def environment(choice: Choice) -> Value:
        return said.get(choice.text, choice.default)

    k = Linux("src", "dst")
    rows = [text.removesuffix(")").split("(") for text in held or ISOLATED]
    items = tuple(item(_HOLDS[name], subject) for name, subject in rows)
    k.begin(environment, held=items, on={"src": "from_list"})
    return k, k.pages["src"], k.pages["dst"]


def trace(k: Linux) -> list[str]:
    """
    Give the trace so far, as text.
    """
    return [event.text for event in k.trace]


def held(k: Linux) -> list[str]:
    """
    Give what is held now, in the order in which it was taken.
    """
    return [item.text for item, _ in k.ledger.open_rows()]


def taken(k: Linux) -> dict[str, int]:
    """
    Give what the run took and still holds, each with the step that took it.
    """
    return {item.text: step for item, step in k.ledger.open_rows() if step}


def spans(k: Linux) -> list[tuple[str, int, int]]:
    """
    Give what was given up: the item, the step that took it, the step that gave it up.
    """
    return [(item.text, start, end) for item, start, end in k.ledger.spans]


def texts(names: Iterable[str]) -> str:
    """
    Write names as a line, in their order.
    """
    return " ".join(names)
