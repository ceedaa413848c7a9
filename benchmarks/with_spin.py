# SPDX-License-Identifier: GPL-2.0-only
"""
Spin, on the same model: spin/unmap_and_move.pml.

Spin is Debian's package `spin`. Its whole way is spin -a, which writes a verifier in C, gcc -O2,
and the verifier's run. -DSAFETY is what Spin's manual says for a model without cycles.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import histories
from environment import system
from histories import ANSWER, Pair, path, split
from measure import Command, Unmeasured
from mutants import Mutant

MODEL: Final = Path(__file__).parent / "spin" / "unmap_and_move.pml"

TRANSLATE: Final = "spin -a unmap_and_move.pml"
COMPILE: Final = "gcc -O2 -DSAFETY -o pan pan.c"
# pan's exit status is 0 whatever it finds.
VERIFY: Final = "./pan > said && grep -q 'errors: 0$' said && ! grep -q 'not completed' said"

_BIT: Final = ("0", "1")
_TIB: Final = ("1", "0")
_MOVED: Final = ("0", "-EAGAIN", "-EBUSY", "-ENOMEM", "-EIO", "-EINVAL")

# Questions by their number in the model, with the answers from 1.
_QUESTIONS: Final = (
    ("thp_migration_supported()", _BIT),
    ("PageTransHuge(src)", _BIT),
    ("page_count(src)", ("1", "2")),
    ("__PageMovable(src)", _BIT),
    ("PageMovable(src)", _BIT),
    ("trylock_page(src)", _BIT),
    ("force", ("no", "yes")),
    ("mode", ("MIGRATE_ASYNC", "MIGRATE_SYNC_LIGHT", "MIGRATE_SYNC", "MIGRATE_SYNC_NO_COPY")),
    ("PF_MEMALLOC", ("clear", "set")),
    ("PageWriteback(src)", _BIT),
    ("PageAnon(src)", _BIT),
    ("PageKsm(src)", _BIT),
    ("page_get_anon_vma(src)", ("anon_vma", "NULL")),
    ("get_new_page(src)", ("dst", "NULL")),
    ("trylock_page(dst)", _BIT),
    ("src->mapping", ("NULL", "set")),
    ("page_has_private(src)", _BIT),
    ("page_mapped(src)", _BIT),
    ("try_to_unmap(src)", ("false", "true")),
    ("move_to_new_page(dst, src)", _MOVED),
    (
        "reason",
        (
            "MR_COMPACTION",
            "MR_MEMORY_FAILURE",
            "MR_MEMORY_HOTPLUG",
            "MR_SYSCALL",
            "MR_MEMPOLICY_MBIND",
            "MR_NUMA_MISPLACED",
            "MR_CONTIG_RANGE",
        ),
    ),
    ("set_hwpoison_free_buddy_page(src)", ("false", "true")),
    ("put_new_page", ("given", "NULL")),
)
# Calls by their bit in the model, with the results from 1 where there are any.
_CALLS: Final = (
    ("trylock_page(src)", _BIT),
    ("trylock_page(dst)", _BIT),
    ("lock_page(src)", ()),
    ("unlock_page(src)", ()),
    ("unlock_page(dst)", ()),
    ("wait_on_page_writeback(src)", ()),
    ("page_get_anon_vma(src)", ("anon_vma", "NULL")),
    ("put_anon_vma(anon_vma)", ()),
    ("get_new_page(src)", ("dst", "NULL")),
    ("move_to_new_page(dst, src)", _MOVED),
    ("try_to_unmap(src)", ("false", "true")),
    ("remove_migration_ptes(src, src)", ()),
    ("remove_migration_ptes(src, dst)", ()),
    ("try_to_free_buffers(src)", ()),
    ("ClearPageActive(src)", ()),
    ("ClearPageUnevictable(src)", ()),
    ("__ClearPageIsolated(src)", ()),
    ("set_page_owner_migrate_reason(dst)", ()),
    ("put_page(src)", ()),
    ("put_page(dst)", ()),
    ("putback_lru_page(src)", ()),
    ("putback_lru_page(dst)", ()),
    ("putback_movable_page(src)", ()),
    ("put_new_page(dst)", ()),
    ("list_del(src)", ()),
    ("mod_node_page_state(src)", ()),
    ("set_hwpoison_free_buddy_page(src)", ("false", "true")),
    ("num_poisoned_pages_inc()", ()),
)
_CALL: Final = 1000
_RETURN: Final = 2000


def set_up(root: Path) -> None:
    """
    Install what is missing, and lay the model into a folder.
    """
    system("spin", "spin")
    system("gcc", "gcc libc6-dev")
    root.mkdir(parents=True)
    (root / MODEL.name).write_text(MODEL.read_text(encoding="utf-8"), encoding="utf-8")


def whole(root: Path) -> Command:
    """
    Give the whole way, as one command.
    """
    return step(root, TRANSLATE, COMPILE, VERIFY)


def step(root: Path, *steps: str) -> Command:
    """
    Give some steps of the way, as one command.
    """
    return Command(argv=["sh", "-c", " && ".join(steps)], folder=root)


def pairs(root: Path) -> Counter[Pair]:
    """
    Have the model print every pair of paths, and read them.
    """
    folder = _built(root / "histories", MODEL.read_text(encoding="utf-8"), "-DHISTORY", "-DPRINTF")
    return read(_run(["./pan"], folder))


def read(said: str) -> Counter[Pair]:
    """
    Read what the model prints with -DHISTORY.
    """
    lines = [line.split()[1:] for line in said.splitlines() if line.startswith("pair ")]
    return Counter(_pair(line) for line in lines)


def _pair(line: list[str]) -> Pair:
    old, new = split(line, lambda one: int(one) >= _RETURN)
    return _path(*old), _path(*new)


def _path(noted: Sequence[str], returns: str) -> histories.Path:
    return path(map(_entry, noted), _MOVED[int(returns) - _RETURN - 1])


def _entry(noted: str) -> str:
    number, value = divmod(int(noted) % _CALL, 10)
    if int(noted) < _CALL:
        question, answers = _QUESTIONS[number]
        return f"{question}{ANSWER}{answers[value - 1]}"
    call, results = _CALLS[number]
    return f"{call} = {results[value - 1]}" if results else call


def refuses(root: Path, mutant: Mutant) -> bool:
    """
    Tell whether the verifier of a mutant finds that the mutant's law is broken.
    """
    text = mutant.of_spin(MODEL.read_text(encoding="utf-8"))
    folder = _built(root / mutant.law, text, f"-DONLY={mutant.law}")
    said = _run(["./pan"], folder)
    return "assertion violated" in said and "errors: 1" in said


def _built(folder: Path, text: str, translating: str, compiling: str = "-DSAFETY") -> Path:
    folder.mkdir(parents=True)
    (folder / MODEL.name).write_text(text, encoding="utf-8")
    _run(["spin", "-a", translating, MODEL.name], folder)
    _run(["gcc", "-O0", compiling, "-o", "pan", "pan.c"], folder)
    return folder


def _run(argv: list[str], folder: Path) -> str:
    ended = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Unmeasured(f"{' '.join(argv)}: {ended.stdout[-1000:]}{ended.stderr[-1000:]}")
    return ended.stdout
