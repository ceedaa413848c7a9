# SPDX-License-Identifier: GPL-2.0-only
"""
One text of mm/migrate.c, compiled.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from errpath.native.build.compiler import compiler
from errpath.native.build.numbers import primitives
from errpath.native.build.order import with_helpers
from errpath.native.build.own import RUNNER, compiled, own
from errpath.native.build.plain import not_plain
from errpath.native.build.private import default_folder, filling
from errpath.native.build.unit import unit
from errpath.native.refusal import Problem, RefusedError
from errpath.native.stub import FOLDER
from errpath.native.tree.declarations import used
from errpath.native.tree.functions import Function, all_functions, under_contract
from errpath.native.tree.parse import ENCODING
from errpath.native.tree.tree import MIGRATE, Tree

if TYPE_CHECKING:
    from errpath.native.target.target import Native

_LIBRARY: Final = "unit.so"
_UNIT: Final = "unit.c"
_OBJECT: Final = "unit.o"
_DATA: Final = "build.json"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """
    What `build` made: the library, and of which text.

    `functions` are those that were compiled, in the order of the file; `hunks` says where a
    patch went, a line each, and is empty if there was none.
    """

    folder: Path
    version: str
    file: str
    patched: bool
    functions: tuple[Function, ...]
    hunks: tuple[str, ...]

    @property
    def release(self) -> tuple[int, int]:
        """
        The first two numbers of the version.
        """
        major, minor = self.version.split(".")[:2]
        return int(major), int(re.split(r"\D", minor, maxsplit=1)[0])

    @property
    def library(self) -> Path:
        """
        The library that a target loads.
        """
        return self.folder / _LIBRARY

    def target(self, entry: str = "unmap_and_move", pages: tuple[str, ...] = ()) -> Native:
        """
        Give the target that runs this C, in this process, under whatever name.
        """
        from errpath.native.target.target import Native  # noqa: PLC0415 - it rests on this

        return Native(self, entry, pages)

    @property
    def runner(self) -> Path:
        """
        The program that runs a library in a process of its own.
        """
        return self.folder / RUNNER

    def hashes(self) -> dict[str, str]:
        """
        Give the sha256 of each function's text.
        """
        return {function.name: function.sha256 for function in self.functions}


def build(
    tree: Tree,
    text: str | None = None,
    *,
    hunks: Sequence[str] = (),
    folder: Path | None = None,
) -> Build:
    """
    Compile the functions under contract of a tree, or of `text` in the place of its file.

    The library comes into a private folder of its own below `folder`, which holds no other
    build; the same text gives the same folder, and is compiled once. RefusedError tells why
    the tree cannot be built, all of it at once.
    """
    with_ = compiler()
    root = folder or default_folder()
    patched = text is not None
    text = tree.text() if text is None else text
    found = under_contract(tree, text)
    ordered = with_helpers(found, all_functions(text), primitives())
    declarations = used(text, [function.text for function in ordered])
    problems = tuple(not_plain(ordered, declarations, MIGRATE))
    if problems:
        raise RefusedError(*dict.fromkeys(problems))
    source = unit(ordered, declarations, MIGRATE)
    release = tree.release
    linux = (release.major << 16) + (release.minor << 8) + min(release.patch, 255)
    ours = own(root, with_, linux)
    made = Build(
        folder=root,
        version=tree.version,
        file=MIGRATE,
        patched=patched,
        functions=tuple(sorted(ordered, key=lambda one: one.line)),
        hunks=tuple(hunks),
    )
    data = json.dumps(_data(made), indent=1)
    key = sha256(f"{ours.digest}\0{source}\0{data}".encode(*ENCODING)).hexdigest()[:20]
    made = replace(made, folder=root / key)
    if not made.library.is_file():
        compiled(ours, with_, linux)
        with filling(made.folder, complete=_LIBRARY) as new:
            (new / _UNIT).write_bytes(source.encode(*ENCODING))
            with_.unit(new / _UNIT, FOLDER, new / _OBJECT, linux, MIGRATE)
            with_.link(new / _OBJECT, ours.object, to=new / _LIBRARY)
            shutil.copy2(ours.runner, new / RUNNER)
            (new / _DATA).write_text(data, encoding="ascii")
    return made


def load(folder: str | Path) -> Build:
    """
    Give the build that is in a folder; RefusedError if `build` did not write it.
    """
    place = Path(folder)
    try:
        data = json.loads((place / _DATA).read_bytes())
        if data.pop("format") != _FORMAT or not (place / _LIBRARY).is_file():
            raise ValueError  # noqa: TRY301 - it is told as the others are
        functions = tuple(Function(**one) for one in data.pop("functions"))
        return Build(folder=place, functions=functions, **_tuples(data))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        help_ = "`errpath native build` makes one"
        raise RefusedError(Problem(str(folder), "is no build of this errpath", help_)) from None


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _data(made: Build) -> dict[str, Any]:
    names = ("name", "text", "line", "sha256")
    return {
        "format": _FORMAT,
        "version": made.version,
        "file": made.file,
        "patched": made.patched,
        "hunks": made.hunks,
        "functions": [{name: getattr(one, name) for name in names} for one in made.functions],
    }
