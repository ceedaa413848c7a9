# SPDX-License-Identifier: GPL-2.0-only
"""
A semantics by the name that somebody types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.commands.status import unusable

if TYPE_CHECKING:
    from errpath.kernel.target import Model


def known_semantics(name: str, model: Model) -> None:
    """
    End with status 2 unless a model has a semantics of that name.
    """
    names = model.vocabulary.semantics
    if name not in names:
        raise unusable(f"no semantics is named `{name}`; {_those(names, model)}")


def _those(names: tuple[str, ...], model: Model) -> str:
    if not names:
        return f"the model `{model.vocabulary.model}` has none"
    *others, last = (f"`{known}`" for known in names)
    return f"{', '.join(others)} and {last} exist" if others else f"{last} exists"
