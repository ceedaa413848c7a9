# SPDX-License-Identifier: GPL-2.0-only
"""
The reference model of Linux page migration, and what it declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.kernel.target import Model


def model() -> Model:
    """
    Give the model: the object of the entry point `errpath.models`.
    """
    from errpath.migrate.migration import MIGRATE  # noqa: PLC0415 - start-up pays for what it uses

    return MIGRATE
