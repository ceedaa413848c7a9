# SPDX-License-Identifier: GPL-2.0-only
"""
The file that a patch names: a path inside the tree, or nothing that errpath looks at.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from errpath.native.mail.error import quoted

NOWHERE: Final = "/dev/null"

_NAME: Final = re.compile(
    r'"(?:[^"\\]|\\.)*"|[^\t]+?(?=\t|\s+\d{4}-\d\d-\d\d|\s+\w{3} \w{3} +\d|\s*$)'
)


class OutsideError(ValueError):
    """
    A path that is not inside the tree.
    """


def name_in(line: str) -> str:
    """
    Give the name that a line has behind `--- ` or `+++ `, without the time.
    """
    match = _NAME.match(line[4:].strip(" "))
    name = match[0].strip() if match else ""
    return name[1:-1] if name.startswith('"') else name


def path_of(old: str, new: str) -> str:
    """
    Give the path of a file by its old and its new name, without what stands for the tree.

    OutsideError tells of an absolute path, or of one that climbs.
    """
    name = old if new == NOWHERE else new
    if not name or "\\" in name or not name.isprintable():
        raise OutsideError(f"{quoted(name)} is not the name of a file")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise OutsideError(f"{quoted(name)} reaches outside the tree")
    parts = path.parts
    other = PurePosixPath(new if name == old else old).parts
    if len(parts) > 1 and (parts[0] in {"a", "b"} or _twins(parts, other)):
        parts = parts[1:]
    return "/".join(parts)


def _twins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """
    Tell whether two names are one file in two trees: linux.orig/mm/x.c and linux/mm/x.c.
    """
    return one[0] != other[0] and one[1:] == other[1:] if other else False
