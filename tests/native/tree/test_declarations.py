# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.native.tree.declarations import used

FILE = """\
#define TWICE(x) ((x) * FACTOR)
#define FACTOR 2
#if 0
#define HIDDEN 1
#endif
struct tally {
	enum state state;
};
enum state { FRESH, DONE };
typedef struct tally tally_t;
static int counter;
int prototype(int a);
struct unused { int a; };
"""


def _used(text: str) -> list[str]:
    return [one.text.split("\n")[0] for one in used(FILE, [text])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("int f(void) { return 0; }", []),
        ("int f(void) { return FACTOR; }", ["#define FACTOR 2"]),
        ("int f(void) { return DONE; }", ["enum state { FRESH, DONE };"]),
        ("int f(void) { return counter; }", ["static int counter;"]),
        ("int f(void) { return prototype(1); }", []),
        ("int f(void) { return HIDDEN; }", []),
    ],
)
def test_definition_that_a_function_uses_is_found(text: str, found: list[str]) -> None:
    """
    A definition that a function uses is found.
    """
    assert _used(text) == found


def test_definition_brings_those_that_it_uses() -> None:
    """
    A definition brings those that it uses.
    """
    assert _used("int f(void) { return TWICE(1); }") == [
        "#define TWICE(x) ((x) * FACTOR)",
        "#define FACTOR 2",
    ]
    assert _used("int f(tally_t *t) { return 0; }") == [
        "struct tally {",
        "enum state { FRESH, DONE };",
        "typedef struct tally tally_t;",
    ]


def test_definition_has_its_line() -> None:
    """
    A definition has its line.
    """
    (found,) = used(FILE, ["int f(void) { return counter; }"])
    assert found.line == 11
