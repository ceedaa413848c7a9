# SPDX-License-Identifier: GPL-2.0-only
"""
C without its comments, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from errpath.native.mail.fold import fold

_TOKENS: Final = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'",
    re.DOTALL,
)
_NOT_NEWLINE: Final = re.compile(r"[^\n]")


def code_of(lines: Sequence[str], *, cut: bool = False) -> list[str]:
    """
    Give each line without comments, folded; "" for one that has nothing else.

    Lines that are `cut` out of a text may begin or end inside a comment.
    """
    text = "\n".join(lines)
    if cut:
        end, start = text.find("*/"), text.find("/*")
        if end >= 0 and not 0 <= start < end:
            text = "/*" + text
    return [fold(line) for line in _TOKENS.sub(_blank, text).split("\n")]


def _blank(match: re.Match[str]) -> str:
    token = match[0]
    return _NOT_NEWLINE.sub(" ", token) if token.startswith("/") else token
