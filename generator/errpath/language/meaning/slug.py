# SPDX-License-Identifier: GPL-2.0-only
"""
A name as part of a Python identifier.
"""

from __future__ import annotations

import re
from keyword import iskeyword
from unicodedata import combining, normalize


def slug(name: str) -> str:
    """
    Give lower-case ASCII letters, digits and `_`: "no memory" as `no_memory`.

    An accent is dropped, a letter without an ASCII base is spelled by its code point.
    """
    plain = normalize("NFKD", name.casefold())
    ascii_only = "".join(map(_spell, plain))
    found = re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")
    if not found:
        found = "_".join(f"u{ord(character):x}" for character in name) or "empty"
    return f"{found}_" if iskeyword(found) else found


def _spell(character: str) -> str:
    if character.isascii():
        return character
    if combining(character):
        return ""
    return f" u{ord(character):x} " if character.isalnum() else " "
