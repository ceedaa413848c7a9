# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.project import Project, ProjectError, project


def _write(root: Path, text: str) -> None:
    (root / "pyproject.toml").write_text(text, encoding="utf-8")


def test_without_pyproject(tmp_path: Path) -> None:
    """
    A folder without pyproject.toml is a project with the usual folders.
    """
    assert project(tmp_path) == Project(root=tmp_path, specs="specs", tests="generated_tests")


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'\n", "[tool.other]\nspecs = 1\n"])
def test_pyproject_that_says_nothing_of_errpath(tmp_path: Path, text: str) -> None:
    """
    What other tools keep in pyproject.toml does not matter.
    """
    _write(tmp_path, text)
    assert project(tmp_path) == Project(root=tmp_path, specs="specs", tests="generated_tests")


def test_folders_of_pyproject(tmp_path: Path) -> None:
    """
    The two keys name the folders, from the root on.
    """
    _write(tmp_path, '[tool.errpath]\nspecs = "mm/contracts"\ntests = "mm/tests"\n')
    assert project(tmp_path) == Project(root=tmp_path, specs="mm/contracts", tests="mm/tests")


def test_arguments_win(tmp_path: Path) -> None:
    """
    What the command line says goes before what pyproject.toml says.
    """
    _write(tmp_path, '[tool.errpath]\nspecs = "a"\ntests = "b"\n')
    assert project(tmp_path, tests="c") == Project(root=tmp_path, specs="a", tests="c")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[tool.errpath]\nspec = "a"\n',
            "pyproject.toml: [tool.errpath] has no key `spec`; it has `specs` and `tests`",
        ),
        (
            '[tool.errpath]\nz = 1\nspecs = "a"\nb = 2\n',
            "pyproject.toml: [tool.errpath] has no key `b`; it has `specs` and `tests`",
        ),
        ("[tool]\nerrpath = 1\n", "pyproject.toml: tool.errpath is not a table"),
        ("[tool.errpath]\nspecs = 1\n", "specs: `1` is not a folder inside the project"),
        (
            '[tool.errpath]\ntests = ["a"]\n',
            "tests: `['a']` is not a folder inside the project",
        ),
        (
            '[tool.errpath]\ntests = "../a"\n',
            "tests: `../a` is not a folder inside the project",
        ),
        (
            '[tool.errpath]\nspecs = "a/../../b"\n',
            "specs: `a/../../b` is not a folder inside the project",
        ),
    ],
)
def test_pyproject_that_is_not_understood(tmp_path: Path, text: str, message: str) -> None:
    """
    A key or a value that errpath does not understand is told, not passed over.
    """
    _write(tmp_path, text)
    with pytest.raises(ProjectError) as found:
        project(tmp_path)
    assert str(found.value) == message


@pytest.mark.parametrize("content", [b"[tool.errpath", b"specs = \xff\n"])
def test_pyproject_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    """
    What is no TOML, or no text, is told with the file's name.
    """
    (tmp_path / "pyproject.toml").write_bytes(content)
    with pytest.raises(ProjectError, match=r"^pyproject\.toml: "):
        project(tmp_path)


def test_absolute_folder_outside(tmp_path: Path) -> None:
    """
    A folder outside the project is refused on the command line too.
    """
    root = tmp_path / "project"
    root.mkdir()
    with pytest.raises(ProjectError, match=r"is not a folder inside the project$"):
        project(root, specs=str(tmp_path))


def test_folder_is_named_from_the_root(tmp_path: Path) -> None:
    """
    However a folder inside the project is written, it is named relative to the root.
    """
    (tmp_path / "a").mkdir()
    found = project(tmp_path, specs=str(tmp_path / "a" / "b"), tests="a/../c/")
    assert found == Project(root=tmp_path, specs="a/b", tests="c")


def test_link_that_leads_out(tmp_path: Path) -> None:
    """
    A link inside the project that leads out of it is no folder of the project.
    """
    root = tmp_path / "project"
    root.mkdir()
    (root / "specs").symlink_to(tmp_path)
    with pytest.raises(ProjectError, match=r"^specs: `specs` is not a folder inside the project$"):
        project(root)
