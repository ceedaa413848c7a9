# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.native.build.plain import not_plain
from errpath.native.tree.declarations import used
from errpath.native.tree.functions import functions

HELP = "errpath runs what computes and calls primitives, and nothing else"


def _said(text: str) -> list[str]:
    found = list(functions(text, ["f"]).values())
    declarations = used(text, [one.text for one in found])
    return [str(problem) for problem in not_plain(found, declarations, "mm/migrate.c")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('asm("syscall");', "`asm` is not compiled"),
        ('__asm__ volatile ("int3");', "`__asm__` is not compiled"),
        ('__builtin_execl("/bin/sh", "sh");', "`__builtin_execl` is not compiled"),
        ("extern int limit;", "`extern` is not compiled"),
        ("int system(const char *s);", "system() is declared inside a function"),
        ("((void (*)(void))1)();", "a function is called that an expression gives"),
        ("(*put)(page);", "a function is called that an expression gives"),
        ("new_page_t *g = 0; g(page);", "`g` is a variable, and is called"),
        ("put = unlock_page;", "`put` becomes another function"),
        ("g(page, (free_page_t)1);", "a pointer is made by a cast"),
        ("*(long *)page = 1;", "a pointer is made by a cast"),
        ("errpath_tell(1, 0);", "`errpath_tell` is not compiled"),
    ],
)
def test_what_reaches_behind_the_stub_is_refused(line: str, says: str) -> None:
    """
    C that is more than computing, and calling by name, is not compiled.
    """
    text = f"int f(struct page *page, free_page_t put)\n{{\n\t{line}\n\treturn 0;\n}}\n"
    assert f"mm/migrate.c:3: {says}; {HELP}" in _said(text)


@pytest.mark.parametrize("directive", ['#include "/etc/passwd"', "#define x y", "#if 1\n#endif"])
def test_directive_inside_a_function_is_refused(directive: str) -> None:
    """
    What the preprocessor is to do in a function is not done.
    """
    says = "a directive of the preprocessor is inside a function"
    assert f"mm/migrate.c:3: {says}; {HELP}" in _said(
        f"int f(void)\n{{\n{directive}\n\treturn 0;\n}}\n"
    )


def test_line_that_is_continued_is_refused() -> None:
    """
    No word is hidden in two lines.
    """
    text = "int f(void)\n{\n\treturn \\\n0;\n}\n"
    assert f"mm/migrate.c:3: a line goes on behind a backslash; {HELP}" in _said(text)


@pytest.mark.parametrize(
    ("definition", "word"),
    [
        ('#define trap() asm("int3")', "asm"),
        ("#define run(c) __builtin_exe##cl(c)", "##"),
        ("#define late __attrib\\\nute__((constructor))", "__attribute__"),
        ('static int late __attribute__((section("x")));', "__attribute__"),
    ],
)
def test_definition_that_hides_it_is_refused(definition: str, word: str) -> None:
    """
    What a macro or a variable of the file says is looked at as well.
    """
    name = "trap() + run(0) + late"
    says = f"mm/migrate.c:1: `{word}` is not compiled; {HELP}"
    assert says in _said(f"{definition}\nint f(void)\n{{\n\treturn {name};\n}}\n")


@pytest.mark.parametrize(
    "line",
    [
        "/* asm, extern and __builtin_execl() in words */",
        'g("asm");',
        "__builtin_trap();",
        "put = NULL;",
        "rc = (int)page_count(page);",
        "(void)page_count(page);",
        "put(page);",
    ],
)
def test_plain_c_is_compiled(line: str) -> None:
    """
    Words in comments and texts, casts of numbers and calls by name are what C is made of.
    """
    assert (
        _said(f"int f(struct page *page, free_page_t put)\n{{\n\t{line}\n\treturn 0;\n}}\n") == []
    )
