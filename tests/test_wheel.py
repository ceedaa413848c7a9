# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from email.parser import Parser
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from errpath import __version__
from tests.shell import BUSY, CLAIM

ROOT = Path(__file__).parent.parent
INFO = f"errpath-{__version__}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Build the wheel, as `make dist` does.
    """
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True,
        check=True,
    )
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Install the wheel into an environment of its own, and give the folder of its commands.

    What errpath depends on is lent by the environment of the tests, by a path that is read
    after the wheel's: nothing is downloaded, and the checkout is not on it.
    """
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, symlinks=True)
    python = place / "bin" / "python"
    uv = Path(sys.executable).with_name("uv")
    install = [
        str(uv),
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--no-deps",
        "--python",
        str(python),
    ]
    subprocess.run([*install, str(wheel)], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


def _names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_name(wheel: Path) -> None:
    """
    The wheel is for every machine, in the version of the package.
    """
    assert wheel.name == f"errpath-{__version__}-py3-none-any.whl"


def test_content(wheel: Path) -> None:
    """
    The wheel has every module, the stub's C, grammar, templates and licence, and nothing else.
    """
    package = ROOT / "generator" / "errpath"
    sources = (*package.rglob("*.py"), *(package / "native" / "stub").glob("*.[ch]"))
    modules = {f"errpath/{file.relative_to(package).as_posix()}" for file in sources}
    about = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
    assert _names(wheel) == {
        *modules,
        *(f"{INFO}/{name}" for name in about),
        "errpath/emit/templates/module.py.jinja",
        "errpath/explore/edges/templates/edges.dot.jinja",
        "errpath/explore/edges/templates/edges.svg.jinja",
        "errpath/grammar/README.md",
        "errpath/grammar/errpath.lark",
        "errpath/py.typed",
    }


def test_no_tests(wheel: Path) -> None:
    """
    Neither the project's own tests nor its specs are installed.
    """
    roots = {PurePosixPath(name).parts[0] for name in _names(wheel)}
    assert roots == {"errpath", INFO}


def test_metadata(wheel: Path) -> None:
    """
    The wheel names its licence, and the Python that it needs.
    """
    with ZipFile(wheel) as archive:
        found = Parser().parsestr(archive.read(f"{INFO}/METADATA").decode())
    said = {name: found[name] for name in ("Name", "License-Expression", "Requires-Python")}
    assert said == {
        "Name": "errpath",
        "License-Expression": "GPL-2.0-only",
        "Requires-Python": ">=3.11",
    }


def _run(command: Path, *arguments: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    """
    What is imported in that environment is the wheel's code, not the checkout's.
    """
    code = "import errpath; print(errpath.__file__)"
    status, out = _run(installed / "python", "-c", code, folder=tmp_path)
    file = Path(out.strip())
    assert (status, file.is_relative_to(installed.parent), ROOT in file.parents) == (0, True, False)


def test_on_a_users_own_specs(installed: Path, tmp_path: Path) -> None:
    """
    Outside the checkout, the main job is done on a user's own folder of specs.
    """
    (tmp_path / "pyproject.toml").write_text(
        '[tool.errpath]\nspecs = "contracts"\ntests = "contracts/tests"\n'
    )
    spec = tmp_path / "contracts" / "mine.errpath"
    spec.parent.mkdir()
    spec.write_text(BUSY)
    errpath = installed / "errpath"
    said = [_run(errpath, name, folder=tmp_path) for name in ("lint", "generate", "check")]
    assert said == [
        (0, "1 spec: no problem\n"),
        (0, "wrote contracts/tests/test_mine.py\ncontracts/tests: 1 file is current\n"),
        (
            0,
            """\
......                                                              [100%]

spec                       pre    post
contracts/mine.errpath  3 kept  3 kept
all                     3 kept  3 kept
""",
        ),
    ]
    spec.write_text(CLAIM)
    said = [_run(errpath, name, folder=tmp_path) for name in ("check", "generate", "check")]
    assert [status for status, _ in said] == [1, 0, 1]
    assert "contract broken in post: no memory, no change\n" in said[-1][1]
