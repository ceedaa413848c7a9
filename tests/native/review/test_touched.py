# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.native.mail.patch import FilePatch, Patch, Way
from errpath.native.review.touched import touched

TEXT = """\
#define TRIES 3

static int helper(struct page *page)
{
	return PageWriteback(page);
}

static int stranger(int a)
{
	return a + 1;
}

int move_to_new_page(struct page *newpage, struct page *page, int mode)
{
	return 0;
}

static int __unmap_and_move(struct page *page)
{
	/* Ask first. */
	if (helper(page))
		return -EBUSY;
	return 0;
}

static int unmap_and_move(struct page *page)
{
	return __unmap_and_move(page);
}

int migrate_pages(struct list_head *from)
{
	return 1;
}
"""


def _patch(*files: str) -> Patch:
    patches = tuple(
        FilePatch(path=path, way=Way.CHANGE, hunks=(), at=0, mail="a.diff") for path in files
    )
    return Patch(name="a.diff", subject="", files=patches, quoted=0)


def _touched(
    *changes: tuple[str, str], files: tuple[str, ...] = ("mm/migrate.c",)
) -> tuple[object, ...]:
    after = TEXT
    for old, new in changes:
        assert after.count(old) == 1
        after = after.replace(old, new)
    found = touched(_patch(*files), TEXT, after)
    return found.page, [str(one) for one in found.unjudged]


@pytest.mark.parametrize(
    ("old", "new", "judged", "unjudged"),
    [
        ("/* Ask first. */", "/* Ask\n\t * last. */\n", (), []),
        (
            "return __unmap_and_move(page);",
            "return __unmap_and_move( page );",
            ("unmap_and_move()",),
            [],
        ),
        ("\treturn __unmap_and_move(page);", "\n    return   __unmap_and_move(page);", (), []),
        ("return -EBUSY;", "return -EAGAIN;", ("__unmap_and_move()",), []),
        ("return PageWriteback(page);", "return 1;", ("helper()",), []),
        ("return a + 1;", "return a + 2;", (), ["stranger() is not under contract"]),
        (
            "return 0;\n}\n\nstatic int __unmap",
            "return 1;\n}\n\nstatic int __unmap",
            (),
            [
                "move_to_new_page() is called as a primitive: what it does inside is not looked at",
            ],
        ),
        ("TRIES 3", "TRIES 4", (), ["line 1 of mm/migrate.c is outside what is judged"]),
        (
            "#define TRIES 3\n",
            "",
            (),
            ["line 1 of mm/migrate.c before the patch is outside what is judged"],
        ),
        (
            "#define TRIES 3\n",
            "#define TRIES 3\nint a;\nint b;\n",
            (),
            ["lines 2-3 of mm/migrate.c are outside what is judged"],
        ),
        (
            "static int stranger(int a)\n{\n\treturn a + 1;\n}\n",
            "",
            (),
            ["stranger() is removed, and was not under contract"],
        ),
        (
            "static int stranger(int a)",
            "static int odd(void)\n{\n\treturn 1;\n}\n\nstatic int stranger(int a)",
            (),
            ["odd() is new, and is not under contract"],
        ),
    ],
)
def test_change(old: str, new: str, judged: tuple[str, ...], unjudged: list[str]) -> None:
    """
    What runs for a page is judged, and all else that is no comment is named with the reason.
    """
    assert _touched((old, new)) == (judged, unjudged)


def test_new_helper_is_judged_with_its_caller() -> None:
    """
    A function that the patch adds is judged if what runs for a page calls it.
    """
    helper = "static int odd(void)\n{\n\treturn 1;\n}\n\nstatic int unmap_and_move(struct page"
    found = _touched(
        ("static int unmap_and_move(struct page", helper),
        ("return __unmap_and_move(page);", "return odd() + __unmap_and_move(page);"),
    )
    assert found == (("unmap_and_move()", "odd()"), [])


def test_macro_that_is_used_is_judged() -> None:
    """
    A macro, a type or a variable is judged if what runs for a page uses it.
    """
    uses = ("return __unmap_and_move(page);", "return TRIES + __unmap_and_move(page);")
    assert _touched(("TRIES 3", "TRIES 4"), uses) == (("TRIES", "unmap_and_move()"), [])


def test_what_runs_over_lists_is_told_apart() -> None:
    """
    What migrate_pages() is and calls is judged on lists, but for what a page's functions are.
    """
    after = TEXT.replace("return 1;\n}\n", "return stranger(TRIES);\n}\n")
    found = touched(_patch("mm/migrate.c"), TEXT, after)
    assert (found.page, found.lists, found.unjudged) == ((), ("TRIES", "migrate_pages()"), ())
    again = touched(_patch("mm/migrate.c"), after, after.replace("return a + 1;", "return a;"))
    assert (again.page, again.lists, again.judged) == ((), ("stranger()",), ("stranger()",))


def test_other_files() -> None:
    """
    A file beside mm/migrate.c is not judged.
    """
    files = ("mm/migrate.c", "include/linux/migrate.h")
    assert _touched(files=files) == ((), ["include/linux/migrate.h is another file"])
