# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

import errpath
from errpath import cache
from errpath.cache import Cache, digest_of
from tests.shell import BUSY, CLAIM, SLIP, Said, Shell

CLEAN = Said(0, "1 spec: no problem\n")
STORE = ".errpath_cache/clean.json"


def _noted(root: Path) -> Cache:
    (root / "a").write_text("one")
    cache = Cache(root)
    cache.note("is it?", {"a": sha256(b"one").hexdigest()}, "it is")
    return cache


def test_answer_is_kept(tmp_path: Path) -> None:
    """
    What was said of files is said again, as long as they are what they were.
    """
    _noted(tmp_path)
    assert [Cache(tmp_path).clean("is it?"), Cache(tmp_path).clean("is it not?")] == ["it is", None]


def test_touched_file(tmp_path: Path) -> None:
    """
    It is the content that counts, not the time.
    """
    _noted(tmp_path)
    os.utime(tmp_path / "a", (0, 0))
    assert Cache(tmp_path).clean("is it?") == "it is"


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.write_text("two"),
        lambda file: file.unlink(),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["edited", "removed", "replaced by a folder"],
)
def test_changed_file(tmp_path: Path, change: Callable[[Path], object]) -> None:
    """
    A file that is not what it was makes the answer void.
    """
    _noted(tmp_path)
    change(tmp_path / "a")
    assert Cache(tmp_path).clean("is it?") is None


def test_changed_errpath(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What another errpath said is not known.
    """
    _noted(tmp_path)
    monkeypatch.setattr(cache, "_fingerprint", lambda: "another")
    assert Cache(tmp_path).clean("is it?") is None


def test_fingerprint_has_every_source() -> None:
    """
    What makes errpath itself is every module, the grammar and the templates.
    """
    package = Path(errpath.__file__).parent
    rows = "\n".join(cache._stats(package)) + "\n".join(
        cache._stats(package.parents[1] / "grammar")
    )
    sources = [*package.rglob("*.py"), *package.rglob("*.jinja")]
    assert [file for file in sources if f"{file} " not in rows] == []
    assert "errpath.lark " in rows


def test_answers_on_nothing(tmp_path: Path) -> None:
    """
    An answer that rests on no file is none.
    """
    Cache(tmp_path).note("is it?", {}, "it is")
    assert Cache(tmp_path).clean("is it?") is None


def test_oldest_answers_go(tmp_path: Path) -> None:
    """
    The cache does not grow for ever.
    """
    digest = sha256(b"one").hexdigest()
    store = _noted(tmp_path)
    for number in range(64):
        store.note(f"question {number}", {"a": digest}, "yes")
    answers = [store.clean("is it?"), store.clean("question 0"), store.clean("question 63")]
    assert answers == [None, "yes", "yes"]


def test_git_does_not_see_it(tmp_path: Path) -> None:
    """
    The folder ignores itself.
    """
    _noted(tmp_path)
    found = sorted(file.name for file in (tmp_path / ".errpath_cache").iterdir())
    assert (found, (tmp_path / ".errpath_cache/.gitignore").read_text()) == (
        [".gitignore", "clean.json"],
        "*\n",
    )


GARBAGE = [
    b"",
    b"\xff\x00",
    b"[" * 100_000,
    b"null",
    b"[]",
    b"{}",
    b'{"errpath": "FINGERPRINT"}',
    b'{"errpath": "FINGERPRINT", "clean": []}',
    b'{"errpath": "FINGERPRINT", "clean": {"QUESTION": 1}}',
    b'{"errpath": "FINGERPRINT", "clean": {"QUESTION": {"files": 1, "says": "clean"}}}',
    b'{"errpath": "FINGERPRINT", "clean": {"QUESTION": {"files": {}, "says": "clean"}}}',
    b'{"errpath": "FINGERPRINT", "clean": {"QUESTION": {"files": {"a\\u0000": 1}, "says": "x"}}}',
    b'{"errpath": "FINGERPRINT", "clean": {"QUESTION": {"files": {"a": null}, "says": 1}}}',
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage(shell: Shell, garbage: bytes) -> None:
    """
    A cache that holds something else is an empty one, and is written anew.
    """
    shell.write("specs/a.errpath", SLIP)
    question = json.dumps("lint ['specs/a.errpath']").encode()[1:-1]
    known = garbage.replace(b"FINGERPRINT", cache._fingerprint().encode())
    shell.write(STORE, known.replace(b"QUESTION", question))
    found = shell("lint")
    shell.write("specs/a.errpath", CLAIM)
    assert (found.status, shell("lint"), shell("lint")) == (1, CLEAN, CLEAN)
    assert len(json.loads(shell.read(STORE))["clean"]) == 1


@pytest.mark.parametrize("place", [".errpath_cache", STORE, ".errpath_cache/.gitignore"])
def test_cache_that_cannot_be_written(shell: Shell, place: str) -> None:
    """
    Something else in its place costs time and nothing else, and nothing is left behind.
    """
    shell.write("specs/a.errpath", CLAIM)
    if place == ".errpath_cache":
        shell.write(place, "mine")
    else:
        (shell.folder / place).mkdir(parents=True)
    assert [shell("lint"), shell("generate").status, shell("lint")] == [CLEAN, 0, CLEAN]
    inside = list((shell.folder / ".errpath_cache").glob("tmp*"))
    assert inside == []


def test_second_look_reads_no_spec(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A second look at the same files is taken without the language.
    """
    shell.write("specs/a.errpath", CLAIM)
    assert shell("lint") == CLEAN
    monkeypatch.setattr("errpath.commands.loading.read", None)
    assert shell("lint") == CLEAN


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("specs/a.errpath", BUSY.replace("-EAGAIN", "-EAGIAN")),
        ("specs/shared/b.errpath", SLIP),
        ("specs/new.errpath", SLIP),
    ],
    ids=["edited", "included and edited", "new"],
)
def test_changed_specs(shell: Shell, name: str, text: str) -> None:
    """
    A spec that changes, one that it includes, and one that comes to be, are looked at.
    """
    shell.write("specs/a.errpath", f'include "shared/b.errpath"\n{CLAIM}')
    shell.write(
        "specs/shared/b.errpath", '# Shared.\n\ncontract "c" {\n    never put_page(dst)\n}\n'
    )
    assert shell("lint").status == 0
    shell.write(name, text)
    assert shell("lint").status == 1


def test_include_outside_of_what_is_named(shell: Shell) -> None:
    """
    What a spec includes is looked at wherever it lies.
    """
    shared = '# Shared.\n\ncontract "c" {\n    never put_page(dst)\n}\n'
    shell.write("more/b.errpath", shared)
    shell.write("specs/a.errpath", f'include "../more/b.errpath"\n{CLAIM}')
    assert shell("lint") == CLEAN
    shell.write("more/b.errpath", shared.replace("put_page", "putt_page"))
    assert shell("lint").status == 1


@pytest.mark.parametrize("change", ["spec", "edited", "removed", "added"])
def test_changed_tests(shell: Shell, change: str) -> None:
    """
    Generated tests are current only as long as they and their specs are what they were.
    """
    shell.write("specs/a.errpath", CLAIM)
    assert [shell("generate").status, shell("generate", "--check").status] == [0, 0]
    test = "generated_tests/test_a.py"
    text = shell.read(test)
    if change == "spec":
        shell.write("specs/a.errpath", BUSY)
    elif change == "edited":
        shell.write(test, text.replace("ENOMEM", "EAGAIN"))
    elif change == "removed":
        (shell.folder / test).unlink()
    else:
        shell.write("generated_tests/deep/test_b.py", text)
    assert shell("generate", "--check").status == 1


def test_digest_of_what_cannot_be_read(tmp_path: Path) -> None:
    """
    What cannot be read has no digest.
    """
    names = ["nothing", ".", "a\0b"]
    assert [digest_of(tmp_path / name) for name in names] == [None, None, None]
