# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from errpath.native.refusal import RefusedError
from errpath.native.tree.functions import (
    UNDER_CONTRACT,
    Parameter,
    all_functions,
    functions,
    under_contract,
)
from tests.native.trees import changed, tree

TWO = """\
int first(int a)
{
	return a;
}

static void second(struct page *page, free_page_t put)
{
	put(page);
}
"""


def _refusal(text: str, *names: str) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        functions(text, names)
    return [str(problem) for problem in refused.value.problems]


def test_function_is_found_by_its_name() -> None:
    """
    A function is found by its name.
    """
    assert functions(TWO, ["second"])["second"].line == 6


def test_text_of_a_function_is_that_of_the_file() -> None:
    """
    A text of a function is that of the file.
    """
    text = functions(TWO, ["first"])["first"].text
    assert text == "int first(int a)\n{\n\treturn a;\n}"


def test_hash_is_that_of_the_text() -> None:
    """
    A hash is that of the text.
    """
    found = functions(TWO, ["first"])["first"]
    assert found.sha256 == sha256(found.text.encode()).hexdigest()


def test_last_line_is_that_of_the_closing_brace() -> None:
    """
    A last line is that of the closing brace.
    """
    assert functions(TWO, ["second"])["second"].end == 9


def test_parameters_have_their_types_as_written() -> None:
    """
    Parameters have their types as written.
    """
    assert functions(TWO, ["second"])["second"].parameters == (
        Parameter("struct page *", "page"),
        Parameter("free_page_t", "put"),
    )


def test_functions_come_in_the_order_of_the_file() -> None:
    """
    Functions come in the order of the file.
    """
    assert list(functions(TWO, ["second", "first"])) == ["first", "second"]


def test_every_function_that_is_missing_is_told() -> None:
    """
    Every function that is missing is told.
    """
    assert _refusal(TWO, "third", "fourth") == [
        "mm/migrate.c: has no function fourth(); errpath runs it by that name",
        "mm/migrate.c: has no function third(); errpath runs it by that name",
    ]


def test_function_that_is_there_twice_is_refused() -> None:
    """
    A function that is there twice is refused.
    """
    text = f"#ifdef A\n{TWO}#else\n{TWO}#endif\n"
    assert _refusal(text, "first") == [
        (
            "mm/migrate.c:12: first() is defined 2 times, at lines 2 and 12; errpath cannot tell "
            "which is built"
        )
    ]


def test_every_definition_of_a_name_is_found() -> None:
    """
    Every definition of a name is found.
    """
    assert [one.line for one in all_functions(TWO + TWO)["first"]] == [1, 10]


def test_function_that_cannot_be_parsed_is_refused_with_the_line() -> None:
    """
    A function that cannot be parsed is refused with the line.
    """
    assert _refusal(TWO.replace("return a;", "return a +;"), "first") == [
        "mm/migrate.c:3: first() cannot be parsed here; errpath takes no text that it cannot read"
    ]


def test_what_cannot_be_parsed_elsewhere_is_nobodys_concern() -> None:
    """
    What cannot be parsed elsewhere is nobodys concern.
    """
    assert list(functions(TWO.replace("return a;", "return a +;"), ["second"])) == ["second"]


def test_walk_over_a_list_is_no_parse_error() -> None:
    """
    A walk over a list is no parse error.
    """
    text = "void f(void)\n{\n\tlist_for_each_entry_safe(a, b, l, lru) {\n\t\tg(a);\n\t}\n}\n"
    assert list(functions(text, ["f"])) == ["f"]


def test_other_macro_in_front_of_a_block_is_one() -> None:
    """
    Other macro in front of a block is one.
    """
    text = "void f(void)\n{\n\tfor_each_thing(a, b) {\n\t\tg(a);\n\t}\n}\n"
    assert _refusal(text, "f") == [
        "mm/migrate.c:3: f() cannot be parsed here; errpath takes no text that it cannot read"
    ]


def test_macro_among_the_specifiers_is_no_parse_error() -> None:
    """
    A macro among the specifiers is no parse error.
    """
    text = TWO.replace("int first(int a)", "static ICE_noinline int first(int a)")
    assert list(functions(text, ["first"])) == ["first"]


def test_bytes_of_other_encodings_are_in_the_text() -> None:
    """
    Bytes of other encodings are in the text.
    """
    text = TWO.replace("return a;", "return a; /* \udce9 */")
    found = functions(text, ["first"])["first"]
    assert "\udce9" in found.text
    assert found.sha256 == sha256(found.text.encode("utf-8", "surrogateescape")).hexdigest()


def test_functions_under_contract_are_found(tmp_path: Path) -> None:
    """
    Functions under contract are found.
    """
    assert set(under_contract(tree(tmp_path))) == set(UNDER_CONTRACT)


def test_function_that_only_others_call_may_be_missing(tmp_path: Path) -> None:
    """
    A patch may do without __unmap_and_move(): nobody calls it from outside.
    """
    found = under_contract(tree(tmp_path), changed().replace("__unmap_and_move", "do_move"))
    assert set(found) == set(UNDER_CONTRACT) - {"__unmap_and_move"}


def test_function_that_errpath_calls_is_needed(tmp_path: Path) -> None:
    """
    Without the entries there is nothing to run.
    """
    text = changed().replace("migrate_pages(", "move_pages(")
    with pytest.raises(RefusedError) as refused:
        under_contract(tree(tmp_path), text)
    assert str(refused.value) == (
        "mm/migrate.c: has no function migrate_pages(); errpath runs it by that name"
    )


def test_text_in_place_of_the_file_is_searched(tmp_path: Path) -> None:
    """
    A text in place of the file is searched.
    """
    text = changed(("int pass, rc;", "int rc, pass;"))
    found = under_contract(tree(tmp_path), text)
    assert "int rc, pass;" in found["migrate_pages"].text


def test_folio_tree_is_refused_with_the_functions_that_it_has(tmp_path: Path) -> None:
    """
    A folio tree is refused with the functions that it has.
    """
    text = "int migrate_folio_unmap(void)\n{\n}\nint migrate_folio_move(void)\n{\n}\n"
    with pytest.raises(RefusedError) as refused:
        under_contract(tree(tmp_path, version="6.6.1", text=text))
    assert str(refused.value) == (
        "mm/migrate.c: Linux 6.6.1 migrates folios, which errpath does not model yet; it models "
        "the page-based kernels from 4.9 to 5.15; the tree has migrate_folio_unmap(), "
        "migrate_folio_move()"
    )
