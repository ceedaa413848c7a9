# SPDX-License-Identifier: GPL-2.0-only
"""
The models that are installed (entry point group `errpath.models`).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.kernel.target import Model

DEFAULT = "migrate"
"""The model of a spec that names none."""


class UnknownModelError(LookupError):
    """
    No installed package offers a model of that name.
    """


_listeners: list[Callable[[Model], None]] = []


def when_loaded(listener: Callable[[Model], None]) -> None:
    """
    Call `listener` with each model that is loaded from now on, and those that are.
    """
    _listeners.append(listener)
    for loaded in _loaded.values():
        listener(loaded)


_loaded: dict[str, Model] = {}


def model(name: str = DEFAULT) -> Model:
    """
    Load a model by name; UnknownModelError lists what is installed.
    """
    if name in _loaded:
        return _loaded[name]
    found = entry_points(group="errpath.models")
    for entry in found:
        if entry.name == name:
            made: Model = entry.load()()
            _loaded[name] = made
            for listener in _listeners:
                listener(made)
            return made
    known = ", ".join(sorted(entry.name for entry in found)) or "none"
    raise UnknownModelError(f"no model is named {name!r}; installed: {known}")
