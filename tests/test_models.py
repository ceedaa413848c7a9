# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath import models
from errpath.kernel.target import Model
from errpath.migrate.migration import MIGRATE


def test_model_by_name() -> None:
    """
    A model is found by the name under which its package offers it; one name is the default.
    """
    assert [models.model("migrate"), models.model()] == [MIGRATE, MIGRATE]


def test_unknown_model() -> None:
    """
    A name that no package offers is an error that lists those that there are.
    """
    with pytest.raises(models.UnknownModelError) as found:
        models.model("past")
    assert str(found.value) == "no model is named 'past'; installed: migrate"


def test_no_model_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without any package that offers a model, the error says so.
    """
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: ())
    with pytest.raises(models.UnknownModelError) as found:
        models.model("past")
    assert str(found.value) == "no model is named 'past'; installed: none"


def test_listener_hears_of_models_loaded_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Who asks late is told of what is loaded already.
    """
    monkeypatch.setattr(models, "_listeners", [])
    monkeypatch.setattr(models, "_loaded", {"migrate": MIGRATE})
    heard: list[Model] = []
    models.when_loaded(heard.append)
    assert heard == [MIGRATE]


def test_listener_hears_of_each_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A model is told when it is loaded, and not again when it is asked for again.
    """
    monkeypatch.setattr(models, "_listeners", [])
    monkeypatch.setattr(models, "_loaded", {})
    heard: list[Model] = []
    models.when_loaded(heard.append)
    before = list(heard)
    models.model("migrate")
    models.model("migrate")
    assert (before, heard) == ([], [MIGRATE])
