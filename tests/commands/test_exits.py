# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter

from errpath.commands.exits import exits
from errpath.explore.exercised.point import Point


def _exit(line: int, says: str, under: str | None = None, *, function: str = "f") -> Point:
    return Point(
        function=function, file="a/b/c.py", line=line, says=says, outcome=None, under=under
    )


CODES = ["0", "-EAGAIN", "-EBUSY", "-ENOMEM", "-EIO", "-EINVAL", "-ENOSYS"]

EVERY = Counter(dict.fromkeys(CODES, 1000))

WIDE = """\
           exit                    paths  returns
f()
  c.py:7   goto out_of_everything   7000  0 -EAGAIN -EBUSY -ENOMEM -EIO
           if not x                       -EINVAL -ENOSYS
  c.py:9   goto out_of_everything   7000  0 -EAGAIN -EBUSY -ENOMEM -EIO
                                          -EINVAL -ENOSYS
  c.py:12  goto out_of_everything      1  0
           if x is as long a condition as a line has the room for, and more
g()
  c.py:99  return                      0  -"""


def test_a_wide_table() -> None:
    """
    Codes that do not fit go on below, beside a short condition; a very long one is left out.
    """
    long = "if x is as long a condition as a line has the room for, and more"
    says = "goto out_of_everything"
    points = [
        _exit(7, says, "if not x"),
        _exit(9, says, f"{long} than that"),
        _exit(12, says, long),
        _exit(99, "return", function="g"),
    ]
    lines = list(exits(points, {0: EVERY, 1: EVERY, 2: Counter({"0": 1})}, CODES))
    assert "\n".join(lines) == WIDE
    assert max(map(len, lines)) <= 75


def test_conditions_are_no_exits() -> None:
    """
    The outcomes of conditions, which are points as well, have no row.
    """
    outcome = Point(function="f", file="c.py", line=1, says="x", outcome=True, under=None)
    assert list(exits([outcome, _exit(2, "return 0")], {1: Counter({"0": 3})}, ["0"])) == [
        "          exit      paths  returns",
        "f()",
        "  c.py:2  return 0      3  0",
    ]


def test_no_exit() -> None:
    """
    A source without functions has none.
    """
    assert list(exits([], {}, [])) == ["    exit  paths  returns"]
