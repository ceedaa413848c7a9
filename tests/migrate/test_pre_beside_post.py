# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast
from difflib import unified_diff

import pytest

from tests.migrate.sources import code_of, functions_of, text_of, tree_of

# Every line that is not the same to the letter, hunk by hunk: what the patch changes.
DIFF = """
@@
-This is before "mm/migrate: Defer allocating new page until needed". The functions are the
+This is after "mm/migrate: Defer allocating new page until needed". The functions are the
@@
+done = Label("done")
@@
+out_put = Label("out_put")
@@
-out_unlock_both = Label("out_unlock_both")
-put_new = Label("put_new")
-def __unmap_and_move(k: Linux, page: Page, newpage: Page, force: bool, mode: Mode) -> int:
+def __unmap_and_move(
+k: Linux,
+get_new_page: NewPage,
+put_new_page: FreePage | None,
+private: int,
+page: Page,
+mode: Mode,
+reason: Reason,
+) -> int:
@@
-with out_unlock:
-if not k.trylock_page(page):
-if not force or mode == MIGRATE_ASYNC:
-goto(out)
-if k.current.flags & PF_MEMALLOC:
-goto(out)
-k.lock_page(page)
-if k.PageWriteback(page):
-if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):
-rc = -EBUSY
-goto(out_unlock)
-if not force:
-goto(out_unlock)
-k.wait_on_page_writeback(page)
+with out_put:
@@
+newpage = get_new_page(page, private)
+if not newpage:
+rc = -ENOMEM
+goto(out)
@@
-goto(out_unlock)
-with out_unlock_both:
+goto(out_put)
+with out_unlock:
@@
-goto(out_unlock_both)
+goto(out_unlock)
@@
-goto(out_unlock_both)
+goto(out_unlock)
@@
-if anon_vma:
-k.put_anon_vma(anon_vma)
-k.unlock_page(page)
@@
+k.set_page_owner_migrate_reason(newpage, reason)
@@
+elif put_new_page:
+put_new_page(newpage, private)
+else:
+k.put_page(newpage)
+if anon_vma:
+k.put_anon_vma(anon_vma)
@@
-rc = MIGRATEPAGE_SUCCESS
-newpage = NULL
+rc = -EAGAIN
@@
+rc = MIGRATEPAGE_SUCCESS
@@
-newpage = get_new_page(page, private)
-if not newpage:
-return -ENOMEM
-rc = __unmap_and_move(k, page, newpage, force, mode)
-if rc == MIGRATEPAGE_SUCCESS:
-k.set_page_owner_migrate_reason(newpage, reason)
+with out_unlock:
+if not k.trylock_page(page):
+if not force or mode == MIGRATE_ASYNC:
+return rc
+if k.current.flags & PF_MEMALLOC:
+return rc
+k.lock_page(page)
+if k.PageWriteback(page):
+if mode not in (MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY):
+rc = -EBUSY
+goto(out_unlock)
+if not force:
+goto(out_unlock)
+k.wait_on_page_writeback(page)
+rc = __unmap_and_move(k, get_new_page, put_new_page, private, page, mode, reason)
+k.unlock_page(page)
@@
-with put_new:
+with done:
@@
-goto(put_new)
+goto(done)
@@
-if put_new_page:
-put_new_page(newpage, private)
-else:
-k.put_page(newpage)
"""

LABELS = {
    "pre": ["out", "out_unlock", "out_unlock_both", "put_new"],
    "post": ["done", "out", "out_put", "out_unlock"],
}


def test_diff_is_the_patch() -> None:
    """
    The two differ by the patch, hunk for hunk; the rest is the same to the letter.
    """
    lines = list(unified_diff(code_of("pre"), code_of("post"), n=0, lineterm=""))[2:]
    assert ["@@" if line[:2] == "@@" else line for line in lines] == DIFF.strip().splitlines()


def test_comments_are_shared() -> None:
    """
    Both have the same comments; beside those, each names its own labels.
    """
    found = {
        semantics: sorted({line.strip() for line in text_of(semantics).splitlines()})
        for semantics in LABELS
    }
    comments = {
        semantics: [
            line for line in lines if line[:1] == "#" and line[2:-1] not in LABELS[semantics]
        ]
        for semantics, lines in found.items()
    }
    assert comments["pre"] == comments["post"]


@pytest.mark.parametrize("semantics", LABELS)
def test_functions_have_the_c_s_names_in_its_order(semantics: str) -> None:
    """
    The functions are those of mm/migrate.c that the patch touches, in its order.
    """
    assert list(functions_of(semantics)) == ["__unmap_and_move", "unmap_and_move"]


def test_names_that_both_have_keep_their_order() -> None:
    """
    No name that the two modules share changes its place among the others.
    """
    names = {s: [_bound(node) for node in tree_of(s).body if _bound(node)] for s in LABELS}
    shared = [name for name in names["pre"] if name in names["post"]]
    assert (shared, [name for name in names["post"] if name in names["pre"]]) == (
        ["out", "out_unlock", "__unmap_and_move", "unmap_and_move"],
        shared,
    )


@pytest.mark.parametrize("semantics", LABELS)
def test_labels(semantics: str) -> None:
    """
    Each label of the C's has its name, a place in a ladder, and a jump to it.
    """
    tree = tree_of(semantics)
    made = {
        _bound(node): node.value.args[0].value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.args[0], ast.Constant)
    }
    placed = {
        item.context_expr.id
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Name)
    }
    jumped = {
        node.args[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "goto"
        and isinstance(node.args[0], ast.Name)
    }
    expected = LABELS[semantics]
    assert (made, sorted(placed), sorted(jumped)) == (
        {name: name for name in expected},
        expected,
        expected,
    )


@pytest.mark.parametrize("semantics", LABELS)
def test_no_version_knows_of_another(semantics: str) -> None:
    """
    No class, no shared helper, no name of a semantics: a version stands for itself.
    """
    tree = tree_of(semantics)
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    project = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
    ]
    named = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in LABELS
    ]
    assert (classes, {str(module).split(".")[1] for module in project}, named) == (
        [],
        {"kernel", "vocabulary"},
        [],
    )


def _bound(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""
