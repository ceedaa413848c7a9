# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "errpath"

GROUND = {"vocabulary"}
MIDDLE = {"spec", "kernel", "vocabulary"}
ANYTHING = {
    *{"cache", "commands", "contracts", "emit", "explore", "kernel", "language", "models"},
    *{"native", "project", "spec", "tally", "vocabulary"},
}

# What each room, and each module beside the rooms, may import of the project.
MAY_IMPORT: dict[str, set[str]] = {
    "vocabulary": set(),
    "spec": set(),
    "project": set(),
    "cache": set(),
    "tally": set(),
    "room": set(),
    "kernel": GROUND,
    "migrate": {"kernel", *GROUND},
    "language": {"spec", *GROUND},
    "emit": {"spec", *GROUND},
    "contracts": MIDDLE,
    "explore": {"contracts", "room", *MIDDLE},
    "native": {"contracts", "explore", "migrate", *MIDDLE},
    "models": {"kernel"},
    "testing": {"contracts", "explore", "models", "native", *MIDDLE},
    "pytest_plugin": {"kernel", "models", "tally", "testing"},
    "commands": ANYTHING,
    "cli": {"commands", "room"},
}

# The same of the rooms of explore/merged; what is beside them is above them.
MERGED: dict[str, set[str]] = {
    "entangled": set(),
    "lone": {"entangled"},
    "marks": {"entangled", "lone"},
    "ways": {"entangled", "lone", "marks"},
}

SKIPPED = {"dist", "htmlcov", "node_modules", "__pycache__"}
KEPT = {".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore"}

SPDX = "SPDX-License-Identifier: GPL-2.0-only"
SOURCES = {".py", ".toml", ".sh", ".lark", ".jinja", ".errpath", ".vim", ".in", ".c", ".h"}
NAMED = {"Makefile", "run"}

# Folders that exist on somebody's machine; written so that this line has none of them.
ABSOLUTE = re.compile(r"(?<![\w.$}])/(?:home|work|root|tmp|Users)(?:/|\b)")


def _room(file: Path) -> str:
    part = file.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _imports(file: Path) -> Iterator[str]:
    """
    Name what a module imports, also for the type checker and inside functions.
    """
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            # `from errpath import models` imports errpath.models.
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names]
            yield from names if module == "errpath" else [module]


def _rooms_of(file: Path) -> set[str]:
    parts = [name.split(".") for name in _imports(file)]
    rooms = {part[1] for part in parts if part[0] == "errpath" and len(part) > 1}
    return {room for room in rooms if not room.startswith("__")}


def _files() -> list[Path]:
    """
    Find every file of the project, and none that a tool has made beside them.
    """
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in (SKIPPED | {"build"} if folder == str(ROOT) else SKIPPED)
            and (name in KEPT or not name.startswith("."))
        ]
        found += [Path(folder, name) for name in names if name in KEPT or name[0] != "."]
    return sorted(found)


def _texts() -> Iterator[tuple[str, str]]:
    for file in _files():
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_imports_run_one_way() -> None:
    """
    Each room imports those below it and no other, for types as well as at run time.
    """
    wrong = [
        f"{file.relative_to(PACKAGE)} imports {room}"
        for file in _modules()
        for room in sorted(_rooms_of(file) - {_room(file)})
        if room not in MAY_IMPORT.get(_room(file), set())
    ]
    assert wrong == []


def test_imports_run_one_way_where_paths_are_merged() -> None:
    """
    What a page does knows nothing of what is watched, and that nothing of how ways are counted.
    """
    folder = PACKAGE / "explore" / "merged"
    wrong = [
        f"{file.relative_to(folder)} imports {part[3]}"
        for room, below in MERGED.items()
        for file in sorted([*(folder / room).glob("*.py"), *folder.glob(f"{room}.py")])
        for part in (name.split(".") for name in _imports(file))
        if part[:3] == ["errpath", "explore", "merged"] and part[3] not in below | {room}
    ]
    assert {path.name for path in folder.iterdir() if path.is_dir()} - {"__pycache__"} <= set(
        MERGED
    )
    assert wrong == []


def test_every_room_has_its_row() -> None:
    """
    The table of import directions has a row for each room that there is.
    """
    rooms = {_room(file) for file in _modules()} - {"__init__"}
    assert rooms - MAY_IMPORT.keys() == set()


def test_table_has_no_circle() -> None:
    """
    The rooms can be put in one line, in which each imports only what stands before it.
    """
    left = {room: needs - {room} for room, needs in MAY_IMPORT.items()}
    while ready := {room for room, needs in left.items() if not needs & left.keys()}:
        left = {room: needs for room, needs in left.items() if room not in ready}
    assert left == {}


def test_pytest_stays_on_its_side() -> None:
    """
    Only what runs inside a pytest session, or starts one, imports pytest.
    """
    found = {
        _room(file)
        for file in _modules()
        if any(name.split(".")[0] in {"pytest", "_pytest"} for name in _imports(file))
    }
    assert found <= {"commands", "pytest_plugin", "tally", "testing"}


def test_sources_carry_their_licence() -> None:
    """
    The first line of every source file, or the second under a #!, is its licence.
    """
    bare = [
        name
        for name, text in _texts()
        if (Path(name).suffix in SOURCES or Path(name).name in NAMED)
        # What tests feed to the language is exactly what it says, and no source of ours.
        and not (name.startswith("tests/") and not name.endswith(".py"))
        and SPDX not in "".join(text.splitlines()[: 2 if text.startswith("#!") else 1])
    ]
    assert bare == []


def test_no_module_is_too_long() -> None:
    """
    A file over 400 lines holds more than one noun.
    """
    lengths = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in _modules()
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_path_of_a_machine() -> None:
    """
    No file names a folder that exists only where it was written.
    """
    found = [
        f"{name}:{number}: {line.strip()}"
        for name, text in _texts()
        for number, line in enumerate(text.splitlines(), 1)
        if ABSOLUTE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cd /{}/main", True),
        ('"/{}/a"', True),
        ("see /{}", True),
        ("src/{}/a", False),
        ("$HOME/{}/a", False),
        ("https://example.org/{}s", False),
    ],
)
@pytest.mark.parametrize("folder", ["home", "tmp"])
def test_what_a_path_of_a_machine_is(line: str, expected: bool, folder: str) -> None:  # noqa: FBT001
    """
    A path counts if it begins at the root of a file system, and only then.
    """
    assert bool(ABSOLUTE.search(line.format(folder))) is expected


def _asserts(function: ast.FunctionDef) -> bool:
    """
    Tell whether a test can fail by what it finds: it asserts, or calls what does.
    """
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = [getattr(call, "attr", getattr(call, "id", "")) for call in called]
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
        name.startswith(("assert_", "check")) or name in {"raises", "fnmatch_lines"}
        for name in names
    )


def test_every_test_asserts() -> None:
    """
    No test passes whatever it finds.
    """
    idle = [
        f"{file.relative_to(ROOT)}::{node.name}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not _asserts(node)
    ]
    assert idle == []
