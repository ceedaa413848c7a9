# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.native.refusal import RefusedError
from errpath.native.tree.tree import MIGRATE, tree_at
from tests.native.trees import MAKEFILE, SOURCE, tree


def _refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        tree_at(path)
    return str(refused.value).replace(str(path), "LINUX")


def test_version_is_what_the_top_makefile_says(tmp_path: Path) -> None:
    """
    A version is what the top makefile says.
    """
    assert tree(tmp_path, version="5.8.18").version == "5.8.18"


def test_version_without_a_third_number_has_two(tmp_path: Path) -> None:
    """
    A version without a third number has two.
    """
    assert tree(tmp_path, version="5.8.0").version == "5.8"


def test_version_ends_with_its_extra_part(tmp_path: Path) -> None:
    """
    A version ends with its extra part.
    """
    found = tree(tmp_path)
    makefile = found.folder / "Makefile"
    makefile.write_text(MAKEFILE.format(6, 1, 0).replace("EXTRAVERSION =", "EXTRAVERSION = -rc3"))
    assert tree_at(found.folder).version == "6.1-rc3"


def test_text_of_a_file_is_unchanged(tmp_path: Path) -> None:
    """
    A text of a file is unchanged.
    """
    assert tree(tmp_path).text() == SOURCE.read_text(encoding="utf-8")


def test_bytes_that_are_no_utf8_are_kept(tmp_path: Path) -> None:
    """
    Bytes that are no UTF-8 are kept.
    """
    found = tree(tmp_path)
    (found.folder / MIGRATE).write_bytes(b"/* caf\xe9 */\n")
    assert found.text().encode("utf-8", "surrogateescape") == b"/* caf\xe9 */\n"


def test_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """
    A folder that is not there is refused.
    """
    assert _refusal(tmp_path / "none") == (
        "LINUX: is not there; --tree takes the top folder of a Linux source tree"
    )


def test_file_is_no_tree(tmp_path: Path) -> None:
    """
    A file is no tree.
    """
    (tmp_path / "file").touch()
    assert _refusal(tmp_path / "file") == (
        "LINUX: is no folder; --tree takes the top folder of a Linux source tree"
    )


def test_folder_without_a_makefile_is_refused(tmp_path: Path) -> None:
    """
    A folder without a makefile is refused.
    """
    assert _refusal(tmp_path) == (
        "LINUX: has no Makefile; --tree takes the top folder of a Linux source tree"
    )


def test_makefile_without_a_version_is_refused(tmp_path: Path) -> None:
    """
    A makefile without a version is refused.
    """
    (tmp_path / "Makefile").write_text("all:\n\ttrue\n")
    assert _refusal(tmp_path) == (
        "LINUX/Makefile: tells no kernel version; --tree takes the top folder of a Linux source "
        "tree"
    )


def test_tree_without_the_file_is_refused(tmp_path: Path) -> None:
    """
    A tree without the file is refused.
    """
    (tmp_path / "Makefile").write_text(MAKEFILE.format(5, 8, 18))
    assert _refusal(tmp_path) == (
        "LINUX: has no mm/migrate.c; --tree takes the top folder of a Linux source tree"
    )


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "mm/../../secret"])
def test_file_outside_the_tree_is_not_read(tmp_path: Path, name: str) -> None:
    """
    A file outside the tree is not read.
    """
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(RefusedError, match="is outside the tree; name a file in the tree"):
        tree(tmp_path).text(name)


def test_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """
    A file that is too large is not read.
    """
    found = tree(tmp_path)
    with (found.folder / MIGRATE).open("r+b") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(RefusedError) as refused:
        found.text()
    assert str(refused.value) == (
        f"{found.folder}/mm/migrate.c: is too large; no source file of Linux has more than 4 MiB"
    )
