# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from errpath.emit.plan import State
from errpath.emit.write import ForeignFileError, bring_up_to_date, replace
from tests.emit.folder import GENERATED, content_of, plan

OLD = f"{GENERATED}# old\n"
NEW = f"{GENERATED}# new\n"


def test_everything_is_written(tmp_path: Path) -> None:
    """
    A folder that is not there yet is made, with all its files in their places.
    """
    folder = tmp_path / "tests" / "generated"
    done = bring_up_to_date(plan(folder, {"test_a.py": NEW, "sub/test_b.py": OLD}))
    assert (content_of(folder), [(one.file.name, one.state) for one in done]) == (
        {"sub/test_b.py": OLD, "test_a.py": NEW},
        [("test_b.py", State.MISSING), ("test_a.py", State.MISSING)],
    )


def test_writing_again_does_nothing(tmp_path: Path) -> None:
    """
    A folder that is up to date is left alone, to the time stamp.
    """
    wanted = plan(tmp_path, {"test_a.py": NEW})
    bring_up_to_date(wanted)
    os.utime(tmp_path / "test_a.py", (1, 1))
    done = bring_up_to_date(wanted)
    assert (done, (tmp_path / "test_a.py").stat().st_mtime) == ([], 1)


def test_stale_file_is_replaced_and_orphan_removed(tmp_path: Path) -> None:
    """
    What differs is written anew; what errpath wrote and no spec asks for any more goes.
    """
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(OLD)
    (tmp_path / "test_mine.py").write_text("# mine\n")
    (tmp_path / "notes.txt").write_text(OLD)
    done = bring_up_to_date(plan(tmp_path, {"test_a.py": NEW}))
    assert (content_of(tmp_path), [one.state for one in done]) == (
        {"notes.txt": OLD, "test_a.py": NEW, "test_mine.py": "# mine\n"},
        [State.STALE, State.ORPHAN],
    )


def test_foreign_file_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """
    Where a file of somebody else's stands, nothing at all is written or removed.
    """
    (tmp_path / "test_b.py").write_text("# mine\n")
    (tmp_path / "test_c.py").write_text(OLD)
    before = content_of(tmp_path)
    with pytest.raises(ForeignFileError) as found:
        bring_up_to_date(plan(tmp_path, {"test_a.py": NEW, "test_b.py": NEW}))
    message = f"not written by errpath, so not overwritten: {tmp_path / 'test_b.py'}"
    assert (content_of(tmp_path), str(found.value)) == (before, message)


def test_leftovers_are_removed(tmp_path: Path) -> None:
    """
    What an errpath that was killed had not finished is removed by the next one.
    """
    (tmp_path / "sub").mkdir()
    for name in (".errpath-abc", "sub/.errpath-xyz"):
        (tmp_path / name).write_text("half")
    bring_up_to_date(plan(tmp_path, {"test_a.py": NEW}))
    assert content_of(tmp_path) == {"test_a.py": NEW}


def test_replacing_leaves_no_trace(tmp_path: Path) -> None:
    """
    A file is replaced whole, is readable by everybody, and leaves nothing beside it.
    """
    (tmp_path / "test_a.py").write_text(OLD)
    replace(tmp_path / "test_a.py", "caf\u00e9\n")
    mode = (tmp_path / "test_a.py").stat().st_mode & 0o777
    assert ((tmp_path / "test_a.py").read_bytes(), mode, [*content_of(tmp_path)]) == (
        "caf\u00e9\n".encode(),
        0o644,
        ["test_a.py"],
    )


def test_bytecode_of_the_old_file_is_forgotten(tmp_path: Path) -> None:
    """
    The bytecode of a file that is replaced goes with it, and no other.
    """
    cache = tmp_path / "__pycache__"
    cache.mkdir()
    for name in ("test_a", "test_ab"):
        (cache / f"{name}.cpython-311.pyc").write_text("old")
        (tmp_path / f"{name}.py").write_text(OLD)
    bring_up_to_date(plan(tmp_path, {"test_a.py": NEW, "test_ab.py": OLD}))
    assert [file.name for file in cache.iterdir()] == ["test_ab.cpython-311.pyc"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_stop_in_the_middle_leaves_whole_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    """
    If writing stops between two files, each is the old one or the new one, and whole.
    """
    names = ["test_a.py", "test_b.py", "test_c.py"]
    for name in names:
        (tmp_path / name).write_text(OLD)
    right = Path.replace

    def stopping(self: Path, other: Path) -> Path:
        if other.name == "test_b.py":
            raise stop
        return right(self, other)

    monkeypatch.setattr(Path, "replace", stopping)
    with pytest.raises(stop):
        bring_up_to_date(plan(tmp_path, dict.fromkeys(names, NEW)))
    assert content_of(tmp_path) == {"test_a.py": NEW, "test_b.py": OLD, "test_c.py": OLD}


def test_kill_in_the_middle_leaves_whole_files(tmp_path: Path) -> None:
    """
    An errpath that is killed while it writes leaves whole files; the next one tidies up.
    """
    (tmp_path / "test_a.py").write_text(OLD)
    script = f"""
        import os, signal
        from pathlib import Path
        from errpath.emit.write import replace
        Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        replace(Path("test_a.py"), {NEW!r})
    """
    killed = subprocess.run([sys.executable, "-c", dedent(script)], cwd=tmp_path, check=False)
    left = [name for name in content_of(tmp_path) if name.startswith(".errpath-")]
    kept = (tmp_path / "test_a.py").read_text()
    bring_up_to_date(plan(tmp_path, {"test_a.py": NEW}))
    assert (killed.returncode, len(left), kept, content_of(tmp_path)) == (
        -9,
        1,
        OLD,
        {"test_a.py": NEW},
    )


def test_two_writers_leave_a_whole_folder(tmp_path: Path) -> None:
    """
    Two that write one folder at the same time wait for each other.
    """
    script = """
        import sys
        from pathlib import Path
        from errpath.emit.plan import Plan
        from errpath.emit.write import bring_up_to_date
        folder, text = Path(sys.argv[1]), sys.argv[2]
        names = [f"test_{n}.py" for n in range(40)]
        for turn in range(4):
            texts = {folder / name: f"{text}# {turn}\\n" * 50 for name in names}
            bring_up_to_date(Plan(folder=folder, texts=texts, specs=dict.fromkeys(texts, "")))
    """
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", dedent(script), str(tmp_path), f"{GENERATED}# {n}\n"]
        )
        for n in range(2)
    ]
    codes = [writer.wait() for writer in writers]
    texts = set(content_of(tmp_path).values())
    last = {f"{GENERATED}# {n}\n# 3\n" * 50 for n in range(2)}
    assert (codes, len(content_of(tmp_path)), len(texts), texts <= last) == ([0, 0], 40, 1, True)
