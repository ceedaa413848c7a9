# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
from pathlib import Path

import pytest

from errpath.native.build.build import Build, build, load
from errpath.native.refusal import RefusedError
from errpath.native.tree.functions import UNDER_CONTRACT, all_functions
from errpath.native.tree.tree import MIGRATE
from tests.native.conftest import BuildOf
from tests.native.trees import SOURCE, changed, tree

REPORT = "	tally.lost += tally.again;\n"
UNLOCK = "	unlock_page(page);\n	if (rc)\n"


def _refusals(built: BuildOf, *changes: tuple[str, str]) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        built(*changes)
    return [str(problem) for problem in refused.value.problems]


def _at(text: str, *changes: tuple[str, str]) -> str:
    line = changed(*changes).split(text)[0].count("\n") + 1
    return f"mm/migrate.c:{line}"


def test_functions_under_contract_and_their_helpers_are_built(built: BuildOf) -> None:
    """
    Functions under contract and their helpers are built.
    """
    assert [function.name for function in built().functions] == [
        "waits_for_writeback",
        "lock_source",
        "account",
        "return_to_driver",
        "putback_movable_pages",
        "move_lru_page",
        "__unmap_and_move",
        "forget_freed",
        "unmap_and_move",
        "move_huge_page",
        "unmap_and_move_huge_page",
        "migrate_pages",
    ]


def test_what_is_compiled_is_the_text_of_the_tree(built: BuildOf) -> None:
    """
    What is compiled is the text of the tree.
    """
    unit = (built().folder / "unit.c").read_text()
    text = SOURCE.read_text()
    for function in built().functions:
        assert f"{function.text}\n" in unit
        assert function.text in text


def test_hashes_are_those_of_the_functions(built: BuildOf) -> None:
    """
    Hashes are those of the functions.
    """
    every = all_functions(SOURCE.read_text())
    hashes = built().hashes()
    assert set(UNDER_CONTRACT) <= hashes.keys()
    assert all(found == every[name][0].sha256 for name, found in hashes.items())


def test_build_knows_its_tree(built: BuildOf) -> None:
    """
    A build knows its tree.
    """
    found = built(version="5.8.18")
    assert (found.version, found.file, found.patched, found.hunks) == ("5.8.18", MIGRATE, False, ())


def test_text_in_place_of_the_file_is_a_patched_build(tmp_path: Path, builds: Path) -> None:
    """
    A text in place of the file is a patched build.
    """
    text = changed(("int pass, rc;", "int rc, pass;"))
    found = build(tree(tmp_path), text, hunks=["hunk 1"], folder=builds)
    assert (found.patched, found.hunks) == (True, ("hunk 1",))


def test_build_is_loaded_from_its_folder(built: BuildOf) -> None:
    """
    A build is loaded from its folder.
    """
    found = built()
    assert load(found.folder) == found


def test_folder_that_no_build_wrote_is_refused(tmp_path: Path) -> None:
    """
    A folder that no build wrote is refused.
    """
    with pytest.raises(RefusedError) as refused:
        load(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}: is no build of this errpath; `errpath native build` makes one"
    )


def test_same_text_is_compiled_once(built: BuildOf) -> None:
    """
    The same text is compiled once.
    """
    first = built()
    when = first.library.stat().st_mtime_ns
    assert built() == first
    assert first.library.stat().st_mtime_ns == when


def test_build_that_lost_its_library_is_made_again(tmp_path: Path) -> None:
    """
    A build that lost its library is made again.
    """
    ours = tree(tmp_path)
    first = build(ours, folder=tmp_path / "builds")
    first.library.unlink()
    assert build(ours, folder=tmp_path / "builds") == first
    assert first.library.is_file()


def test_nothing_is_written_but_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Nothing is written but in the folder.
    """
    ours = tree(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    before = sorted(ours.folder.rglob("*"))
    found = build(ours)
    assert found.folder.parent == tmp_path / "home" / ".cache" / "errpath" / "native"
    assert found.folder.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(ours.folder.rglob("*")) == before
    assert {one.name for one in tmp_path.iterdir()} == {"home", "linux"}
    assert not [one for one in found.folder.parent.iterdir() if one.name.startswith("new-")]


def test_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """
    A folder that cannot be made is refused.
    """
    (tmp_path / "file").touch()
    with pytest.raises(RefusedError) as refused:
        build(tree(tmp_path), folder=tmp_path / "file")
    assert str(refused.value).startswith(f"{tmp_path}/file: cannot be written: ")


def test_failed_build_leaves_nothing(tmp_path: Path) -> None:
    """
    A failed build leaves nothing.
    """
    with pytest.raises(RefusedError):
        build(tree(tmp_path, (UNLOCK, "	unlock_page(\n")), folder=tmp_path / "builds")
    left = (
        [one.name for one in (tmp_path / "builds").iterdir()]
        if (tmp_path / "builds").exists()
        else []
    )
    assert [name for name in left if not name.startswith("stub-")] == []


def test_every_call_that_is_not_modelled_is_told_with_its_line(built: BuildOf) -> None:
    """
    Every call that is not modelled is told with its line.
    """
    more = (UNLOCK, f"	kick_reclaim(page);\n{UNLOCK}"), (REPORT, f"	poke(from);\n{REPORT}")
    guess = "no primitive of that name is modelled; errpath does not guess what it does"
    assert _refusals(built, *more) == [
        f"{_at('	kick_reclaim', *more)}: kick_reclaim() is called, and {guess}",
        f"{_at('	poke', *more)}: poke() is called, and {guess}",
    ]


def test_function_of_the_c_library_is_no_primitive(built: BuildOf) -> None:
    """
    A function of the C library is no primitive.
    """
    change = (UNLOCK, f"	memset(page, 0, 8);\n{UNLOCK}")
    (says,) = _refusals(built, change)
    assert says == (
        f"{_at('	memset', change)}: memset() is called, and no primitive of that name "
        "is modelled; errpath does not guess what it does"
    )


def test_member_that_is_not_modelled_is_told(built: BuildOf) -> None:
    """
    A member that is not modelled is told.
    """
    change = (UNLOCK, f"	page->index = 0;\n{UNLOCK}")
    (says,) = _refusals(built, change)
    assert says == (
        f"{_at('	page->index', change)}: struct page has a member index, which is not "
        "modelled; errpath does not guess what it holds"
    )


def test_name_that_is_not_known_is_told(built: BuildOf) -> None:
    """
    A name that is not known is told.
    """
    change = (
        "rc = -EBUSY;\n			goto",
        "rc = -EDEADLK;\n			rc = SOME_LIMIT;\n			goto",
    )
    (says,) = _refusals(built, change)
    assert says == (
        f"{_at('			rc = SOME_LIMIT', change)}: SOME_LIMIT is not known to "
        "errpath's own header; errpath does not guess what it does"
    )


def test_error_of_the_compiler_is_told_at_the_line_of_the_tree(built: BuildOf) -> None:
    """
    An error of the compiler is told at the line of the tree.
    """
    change = (UNLOCK, f"	page = rc;\n{UNLOCK}")
    (says,) = _refusals(built, change)
    assert says == (
        f"{_at('	page = rc', change)}: the C compiler says: assignment to 'struct page "
        "*' from 'int' makes pointer from integer without a cast"
    )


def test_text_that_cannot_be_parsed_is_not_compiled(built: BuildOf) -> None:
    """
    A text that cannot be parsed is not compiled.
    """
    (says,) = _refusals(built, (UNLOCK, "	unlock_page(page;\n	if (rc)\n"))
    assert says.endswith("cannot be parsed here; errpath takes no text that it cannot read")


def test_parameter_that_nobody_can_give_is_told(built: BuildOf) -> None:
    """
    A parameter that nobody can give is told.
    """
    change = ("reason reason)\n{\n	struct", "reason reason, long more)\n{\n	struct")
    (says,) = [one for one in _refusals(built, change) if "parameter" in one]
    assert says == (
        f"{_at('static int unmap_and_move(', change)}: unmap_and_move() has a "
        "parameter `long more`; errpath does not know what its callers give there"
    )


def test_compiler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A compiler that is not there is told.
    """
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusedError) as refused:
        build(tree(tmp_path), folder=tmp_path / "builds")
    assert (
        str(refused.value)
        == "there is neither gcc nor cc; errpath compiles the kernel's C with gcc"
    )


def test_compiler_that_cc_names_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A compiler that CC names is taken.
    """
    monkeypatch.setenv("CC", "gcc-of-nobody")
    with pytest.raises(RefusedError) as refused:
        build(tree(tmp_path), folder=tmp_path / "builds")
    assert str(refused.value) == (
        "CC names gcc-of-nobody, which is not on PATH; errpath compiles the kernel's C with gcc"
    )


def test_compiler_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A compiler that fails is told.
    """
    fake = tmp_path / "gcc"
    fake.write_text("#!/bin/sh\necho 'gcc: error: no room' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("CC", str(fake))
    with pytest.raises(RefusedError) as refused:
        build(tree(tmp_path), folder=tmp_path / "builds")
    assert str(refused.value) == (
        f"{fake} stops at errpath's own C: gcc: error: no room; errpath needs gcc 12 or later, and "
        "the headers of the C library"
    )


def test_working_directory_does_not_matter(
    tmp_path: Path, builds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The working directory does not matter.
    """
    ours = tree(tmp_path)
    monkeypatch.chdir(os.sep)
    assert isinstance(build(ours, folder=builds), Build)
