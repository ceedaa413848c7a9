# SPDX-License-Identifier: GPL-2.0-only
"""
errpath's own C, compiled once for all builds by one compiler for one kernel version.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from errpath.native.build.numbers import header
from errpath.native.build.private import filling
from errpath.native.stub import FOLDER, HEADERS, PROGRAM, SOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from errpath.native.build.compiler import Compiler

_OBJECT: Final = "own.o"
_SOURCE: Final = "own.c"
_NUMBERS: Final = "numbers.h"
RUNNER: Final = "runner"


@dataclass(frozen=True, slots=True)
class Own:
    """
    What errpath's own C gives, or will give, in a folder: an object, and a program.

    `digest` tells it from what another version of it gives, or another compiler.
    """

    folder: Path
    digest: str

    @property
    def object(self) -> Path:
        """
        What a library is linked with.
        """
        return self.folder / _OBJECT

    @property
    def runner(self) -> Path:
        """
        The program that runs a library.
        """
        return self.folder / RUNNER


def own(root: Path, compiler: Compiler, linux: int) -> Own:
    """
    Say where the C is, for a kernel version as the kernel counts them.
    """
    digest = sha256(f"{compiler.says}\0{linux}\0{header()}".encode())
    for name in (*HEADERS, *SOURCES, PROGRAM):
        digest.update((FOLDER / name).read_bytes())
    key = digest.hexdigest()[:20]
    return Own(root / f"stub-{key}", key)


def compiled(what: Own, compiler: Compiler, linux: int) -> Own:
    """
    Compile it, unless it is there already.
    """
    if not what.runner.is_file():
        with filling(what.folder, complete=RUNNER) as new:
            (new / _NUMBERS).write_text(header(), encoding="ascii")
            includes = "".join(f'#include "{name}"\n' for name in SOURCES)
            (new / _SOURCE).write_text(includes, encoding="ascii")
            compiler.plain(new / _SOURCE, FOLDER, to=new / _OBJECT, linux=linux)
            compiler.program(FOLDER / PROGRAM, to=new / RUNNER)
    return what
