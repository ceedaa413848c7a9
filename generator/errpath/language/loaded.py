# SPDX-License-Identifier: GPL-2.0-only
"""
What loading gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from errpath.language.report.diagnostic import Diagnostic
from errpath.spec.contract import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """
    The specs without errors, every problem, and what was read.

    `sources` maps each file to its text, `files` to the SHA-256 of its content; both hold
    included files too.
    """

    specs: tuple[Spec, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    files: Mapping[str, str]
