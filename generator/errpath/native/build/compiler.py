# SPDX-License-Identifier: GPL-2.0-only
"""
The system's C compiler.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errpath.native.refusal import Problem, RefusedError

# A distribution's hardening takes a jump from one stack to another for an attack.
_STACKS: Final = ("-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=0")
_PLAIN: Final = (
    *_STACKS,
    "-std=gnu11",
    "-D_GNU_SOURCE",
    "-O1",
    "-g",
    "-fPIC",
    "-w",
    "-fvisibility=hidden",
)
_UNIT: Final = (
    *_STACKS,
    "-std=gnu11",
    # Nothing is read earlier, later or once instead of twice, and calls come back.
    "-O0",
    "-g",
    "-fPIC",
    "-ffreestanding",
    "-fno-strict-aliasing",
    "-fwrapv",
    "-fno-common",
    "-fvisibility=hidden",
    "-ftrivial-auto-var-init=pattern",
    # The outline instrumentation of the kernel's own KASAN: a call before each access.
    "-fsanitize=kernel-address",
    *("--param", "asan-instrumentation-with-call-threshold=0"),
    *("--param", "asan-stack=0"),
    *("--param", "asan-globals=0"),
    # What points to no object is told by who uses it, as the model tells it.
    "-fsanitize=undefined",
    "-fno-sanitize=null,alignment,object-size",
    "-Werror=implicit-function-declaration",
    "-Werror=incompatible-pointer-types",
    "-Werror=int-conversion",
    "-Wno-unused-value",
    "-ftrack-macro-expansion=0",
    *("-fno-diagnostics-show-caret", "-fno-diagnostics-show-option"),
    *("-fdiagnostics-color=never", "-fmax-errors=0", "-fno-show-column"),
)
_LINK: Final = ("-shared", "-Wl,-Bsymbolic", "-Wl,--no-undefined")
_ENDLESS: Final = 120
_ERROR: Final = re.compile(
    r"^(?P<file>[^:\n]+):(?P<line>\d+): (?:fatal )?error: (?P<says>.*)$", re.MULTILINE
)
_UNKNOWN: Final = re.compile(r"implicit declaration of function .(\w+).")
_MEMBER: Final = re.compile(r".(struct \w+). has no member named .(\w+).")
_UNDECLARED: Final = re.compile(r".(\w+). undeclared")
_NOT_STUBBED: Final = "errpath does not guess what it does"


@dataclass(frozen=True, slots=True)
class Compiler:
    """
    A compiler by the file that is started; `says` tells it, and its flags, from another one.
    """

    path: str
    says: str

    def plain(self, source: Path, folder: Path, *, to: Path, linux: int) -> None:
        """
        Compile a file of errpath's own; what goes wrong there is an error of errpath's.
        """
        where = _where(source, folder, linux)
        done = self._start(*_PLAIN, *where, "-c", str(source), "-o", str(to))
        if done.returncode:
            raise RefusedError(_own_error(self.path, done))

    def program(self, source: Path, *, to: Path) -> None:
        """
        Compile and link a program of errpath's own.
        """
        done = self._start("-std=gnu11", "-O2", "-w", "-o", str(to), str(source), "-ldl")
        if done.returncode:
            raise RefusedError(_own_error(self.path, done))

    def unit(self, source: Path, folder: Path, to: Path, linux: int, file: str) -> None:
        """
        Compile the C of a tree; RefusedError has every error, at its line of the tree.
        """
        done = self._start(*_UNIT, *_where(source, folder, linux), "-c", str(source), "-o", str(to))
        if done.returncode:
            raise RefusedError(*_problems(done, file))

    def link(self, *objects: Path, to: Path) -> None:
        """
        Make a library of what was compiled.
        """
        done = self._start(*_LINK, "-o", str(to), *map(str, objects))
        if done.returncode:
            raise RefusedError(_own_error(self.path, done))

    def _start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603 - the compiler, with errpath's own arguments
                [self.path, *arguments],
                capture_output=True,
                check=False,
                encoding="utf-8",
                errors="replace",
                timeout=_ENDLESS,
                env={**os.environ, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RefusedError(Problem("", f"{self.path} cannot be run: {error}")) from None


def compiler() -> Compiler:
    """
    Find the compiler: what CC names, or gcc, or cc; RefusedError if there is none.
    """
    named = os.environ.get("CC", "")
    for name in (named,) if named else ("gcc", "cc"):
        path = shutil.which(name)
        if path:
            stat = Path(path).resolve().stat()
            flags = " ".join((*_PLAIN, *_UNIT, *_LINK))
            return Compiler(path, f"{path} {stat.st_size} {stat.st_mtime_ns} {flags}")
    says = f"CC names {named}, which is not on PATH" if named else "there is neither gcc nor cc"
    raise RefusedError(Problem("", says, "errpath compiles the kernel's C with gcc"))


def _own_error(path: str, done: subprocess.CompletedProcess[str]) -> Problem:
    says = f"{path} stops at errpath's own C: {_first(done)}"
    return Problem("", says, "errpath needs gcc 12 or later, and the headers of the C library")


def _where(source: Path, folder: Path, linux: int) -> tuple[str, ...]:
    return f"-DLINUX_VERSION_CODE={linux}", f"-I{source.parent}", f"-I{folder}"


def _first(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line]
    return (errors or lines or [f"status {done.returncode}"])[0].strip()


def _problems(done: subprocess.CompletedProcess[str], file: str) -> Iterator[Problem]:
    seen = set()
    for found in _ERROR.finditer(done.stderr):
        place = f"{file}:{found['line']}" if found["file"] == file else file
        problem = _worded(place, found["says"])
        if problem not in seen:
            seen.add(problem)
            yield problem
    if not seen:
        yield _own_error("the C compiler", done)


def _worded(place: str, message: str) -> Problem:
    if unknown := _UNKNOWN.search(message):
        says = f"{unknown[1]}() is called, and no primitive of that name is modelled"
        return Problem(place, says, _NOT_STUBBED)
    if member := _MEMBER.search(message):
        says = f"{member[1]} has a member {member[2]}, which is not modelled"
        return Problem(place, says, "errpath does not guess what it holds")
    if undeclared := _UNDECLARED.search(message):
        return Problem(place, f"{undeclared[1]} is not known to errpath's own header", _NOT_STUBBED)
    return Problem(place, f"the C compiler says: {message}")
