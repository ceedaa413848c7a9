# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from errpath.language import Code, load
from errpath.language.syntax.source import LARGEST
from errpath.migrate.words import VOCABULARY
from tests.language.reading import load_texts, problems

LAW: Final = 'law "a" {\n    because "A reason."\n    returns 0\n}\n'


def _missing(root: Path) -> Path:
    return root / "missing.errpath"


def _device(root: Path) -> Path:
    os.mkfifo(root / "pipe.errpath")
    return root / "pipe.errpath"


def _large(root: Path) -> Path:
    with (root / "large.errpath").open("wb") as file:
        file.truncate(LARGEST + 1)
    return root / "large.errpath"


def _empty_folder(root: Path) -> Path:
    (root / "folder").mkdir()
    return root / "folder"


def _outside(root: Path) -> Path:
    return root / ".." / "elsewhere.errpath"


BUILT: Final[dict[Code, Callable[[Path], Path]]] = {
    Code.UNREADABLE_FILE: _missing,
    Code.FILE_TOO_LARGE: _large,
    Code.NO_SPEC_FILE: _empty_folder,
    Code.FILE_OUTSIDE_ROOT: _outside,
}
"""Problems of files that cannot be kept in a repository, and how to make one."""

MESSAGES: Final = {
    Code.UNREADABLE_FILE: (
        "missing.errpath: E001 `missing.errpath` cannot be read: no such file or directory"
    ),
    Code.FILE_TOO_LARGE: "large.errpath: E004 `large.errpath` has 10,000,001 bytes",
    Code.NO_SPEC_FILE: "folder: E006 `folder` holds no spec file",
    Code.FILE_OUTSIDE_ROOT: (
        "{root}/../elsewhere.errpath: E007 `{root}/../elsewhere.errpath` lies outside the project"
    ),
}


@pytest.mark.parametrize("code", BUILT, ids=lambda code: code.code)
def test_files_that_cannot_be_read_are_reported(code: Code, tmp_path: Path) -> None:
    """
    What cannot be read is a problem of its own, and never passed over.
    """
    loaded = load([BUILT[code](tmp_path)], root=tmp_path, vocabulary=VOCABULARY)

    assert problems(loaded) == MESSAGES[code].format(root=tmp_path)
    assert [d.code for d in loaded.diagnostics] == [code]
    assert loaded.specs == ()


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    """
    Reading a pipe would wait for ever.
    """
    loaded = load([_device(tmp_path)], root=tmp_path, vocabulary=VOCABULARY)

    assert problems(loaded) == (
        "pipe.errpath: E001 `pipe.errpath` cannot be read: it is not a regular file"
    )


def test_a_folder_gives_its_spec_files_in_order(tmp_path: Path) -> None:
    """
    All of them, in subfolders too, but neither other files nor hidden folders.
    """
    texts = dict.fromkeys(
        ["b.errpath", "c/a.errpath", "a.errpath", "c/notes.txt", ".venv/d.errpath"], LAW
    )
    loaded = load_texts(tmp_path, texts, ".")

    assert [spec.file for spec in loaded.specs] == ["a.errpath", "b.errpath", "c/a.errpath"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    """
    A file and the folder that it is in are no two specs.
    """
    loaded = load_texts(tmp_path, {"a.errpath": LAW}, "a.errpath", ".", "./a.errpath")

    assert [spec.file for spec in loaded.specs] == ["a.errpath"]


def test_hashes_and_texts_are_those_of_every_file_read(tmp_path: Path) -> None:
    """
    Included files are among them; the hash is of the bytes.
    """
    texts = {
        "a.errpath": f'include "b.errpath"\n{LAW}',
        "b.errpath": 'situation "s" {\n  src: file\n}',
    }
    loaded = load_texts(tmp_path, texts, "a.errpath")

    assert loaded.sources == texts
    assert loaded.files == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()
    }
    assert loaded.specs[0].sha256 == loaded.files["a.errpath"]


def test_a_byte_order_mark_and_carriage_returns_are_no_part_of_the_text(tmp_path: Path) -> None:
    """
    A file that an editor on another system wrote means the same.
    """
    other = "\ufeff" + LAW.replace("\n", "\r\n")
    loaded = load_texts(tmp_path, {"a.errpath": LAW, "b.errpath": other})

    assert problems(loaded) == ""
    one, two = (spec.laws[0].model_dump_json() for spec in loaded.specs)
    assert two.replace("b.errpath", "a.errpath") == one


def test_a_lone_carriage_return_is_a_control_character(tmp_path: Path) -> None:
    """
    It would hide what stands before it.
    """
    loaded = load_texts(tmp_path, {"a.errpath": f"# one\rtwo\n{LAW}"})

    assert problems(loaded) == "a.errpath:1:6: E104 the file holds the control character U+000D"


def test_the_problems_of_all_files_come_in_one_go(tmp_path: Path) -> None:
    """
    A file with an error gives no spec; the others do.
    """
    loaded = load_texts(
        tmp_path,
        {
            "c.errpath": 'law "a" {\n  nothing\n}\n\nlaw "b" {\n  because "x"\n  calls x()\n}\n',
            "b.errpath": LAW,
            "a.errpath": "",
        },
    )

    assert problems(loaded).splitlines() == [
        "a.errpath: E005 the file says nothing",
        "c.errpath:2:10: E101 expected `(`, `:` or `{`, found the end of the line",
        "c.errpath:7:9: E203 no primitive is named `x`",
    ]
    assert [spec.file for spec in loaded.specs] == ["b.errpath"]


def test_a_symlink_out_of_the_project_is_outside(tmp_path: Path) -> None:
    """
    What a name says inside is not always there.
    """
    (tmp_path / "elsewhere.errpath").write_text(LAW)
    project = tmp_path / "project"
    project.mkdir()
    (project / "a.errpath").symlink_to(tmp_path / "elsewhere.errpath")
    (project / "b.errpath").write_text('include "a.errpath"\n')
    loaded = load([project], root=project, vocabulary=VOCABULARY)

    assert problems(loaded) == (
        f"{project}/a.errpath: E007 `{project}/a.errpath` lies outside the project\n"
        "b.errpath:1:9: E503 `a.errpath` lies outside the project"
    )


def test_paths_are_relative_to_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The project may be above; names stay relative to it.
    """
    load_texts(
        tmp_path, {"specs/a.errpath": 'include "b.errpath"\n' + LAW, "specs/b.errpath": "# b"}
    )
    (tmp_path / "specs" / "b.errpath").write_text('situation "s" {\n  src: file\n}\n')
    monkeypatch.chdir(tmp_path / "specs")
    loaded = load([Path("a.errpath"), Path()], root=Path(".."), vocabulary=VOCABULARY)

    assert problems(loaded) == ""
    assert [spec.file for spec in loaded.specs] == ["specs/a.errpath", "specs/b.errpath"]


def test_a_project_may_be_reached_through_a_symlink(tmp_path: Path) -> None:
    """
    By either name.
    """
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.errpath").write_text(LAW)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for path, root in (("real", "link"), ("link", "real"), ("link", "link")):
        loaded = load([tmp_path / path], root=tmp_path / root, vocabulary=VOCABULARY)
        assert [spec.file for spec in loaded.specs] == ["a.errpath"]


def test_what_the_file_system_cannot_give_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Symlinks in circles, names that are too long or no text, folders that are closed.
    """
    (tmp_path / "circle.errpath").symlink_to(tmp_path / "circle.errpath")
    odd = os.fsdecode(b"odd\xff.errpath")
    (tmp_path / odd).write_text(LAW)
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    include = f'include "{"x" * 300}"\n'
    loaded = load_texts(tmp_path, {"a.errpath": include}, ".", "x" * 300)

    name = "x" * 300
    assert problems(loaded).splitlines() == [
        f"a.errpath:1:9: E501 `{name}` does not exist",
        "circle.errpath: E001 `circle.errpath` cannot be read: too many levels of symbolic links",
        "closed: E001 `closed` cannot be read: permission denied",
        "odd\\udcff.errpath: E001 `odd\\udcff.errpath` cannot be read: its name is not UTF-8",
        f"{name}: E001 `{name}` cannot be read: file name too long",
    ]


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_collection_is_left_as_it_was(enabled: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    """
    Loading pauses it, and somebody else may have done so before.
    """
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        load_texts(tmp_path, {"a.errpath": LAW})
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
