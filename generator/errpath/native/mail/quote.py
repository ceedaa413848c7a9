# SPDX-License-Identifier: GPL-2.0-only
"""
Quotation: how deep a line of a mail is quoted, and what it says without that.
"""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = re.compile(r"(?:> ?)*")
_WRAPPED_FROM: Final = 65
"""No mailer wraps a line that is shorter than this."""


def depth(line: str) -> int:
    """
    Count how often a line is quoted.
    """
    match = _MARKS.match(line)
    return match[0].count(">") if match else 0


def unquoted(line: str, times: int) -> str | None:
    """
    Take so many marks of quotation off a line; None if it has not as many.
    """
    for _ in range(times):
        if not line.startswith(">"):
            return None
        line = line[1:].removeprefix(" ")
    return line


def may_be_wrapped(before: str, line: str) -> bool:
    """
    Tell whether a line can be the rest of the one before it, which a mailer has wrapped.
    """
    words = line.split(maxsplit=1)
    return bool(words) and len(before) + 1 + len(words[0]) >= _WRAPPED_FROM
