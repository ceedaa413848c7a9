# SPDX-License-Identifier: GPL-2.0-only
"""
Numbers of paths, which can have more digits than anybody reads.
"""

from __future__ import annotations

from typing import Final

_EXACT: Final = 10_000_000


def spelled(number: int) -> str:
    """
    Spell a number that is not negative: as it is, or from ten million on as `2.0e158`.
    """
    if number < _EXACT:
        return str(number)
    digits = str(number)
    exponent = len(digits) - 1
    # Half up, in whole numbers: a float ends at 1.8e308.
    tenths = (int(digits[:3]) + 5) // 10
    if tenths == 100:  # noqa: PLR2004 - ten times ten tenths
        tenths, exponent = 10, exponent + 1
    return f"{tenths // 10}.{tenths % 10}e{exponent}"
