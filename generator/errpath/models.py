# SPDX-License-Identifier: GPL-2.0-only
"""
The models that are installed (entry point group `errpath.models`).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
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
    found = _loaded.get(name)
    if found is None:
        found = _loaded[name] = _maker(name)()
        for listener in _listeners:
            listener(found)
    return found


def _maker(name: str) -> Callable[[], Model]:
    """
    Find what makes a model; errpath's own needs no look at all that is installed.
    """
    if name == DEFAULT:
        own: Callable[[], Model] = import_module("errpath.migrate").model
        return own
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes long to import

    installed = entry_points(group="errpath.models")
    for entry in installed:
        if entry.name == name:
            made: Callable[[], Model] = entry.load()
            return made
    known = ", ".join(sorted(entry.name for entry in installed)) or "none"
    raise UnknownModelError(f"no model is named {name!r}; installed: {known}")
