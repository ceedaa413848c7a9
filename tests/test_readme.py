# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from errpath.commands.help import COMMANDS
from errpath.native.record.certificate import read
from errpath.project import Project, project
from tests.shell import ERRPATH, Said, Shell

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
LIMITATIONS = README.partition("## Limitations\n")[2].partition("\n## ")[0]

FIRST = "specs/claim.errpath"
SECOND = "specs/mine.errpath"


def blocks(language: str) -> list[str]:
    """
    Give the code blocks of a language, in their order.
    """
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


CLAIM, MINE = blocks("errpath")
TRACE, FIRST_SPEC = blocks("console")
DIFF, LOCKS, BROKEN, SLIP = blocks("text")
MAKE, GATE = blocks("sh")
(SETTINGS,) = blocks("toml")
(PRE_COMMIT,) = blocks("yaml")


def commands(console: str) -> list[tuple[tuple[str, ...], str]]:
    """
    Give each command of a console, with the output that stands below it.
    """
    found = []
    for part in console.removeprefix("$ ").split("\n$ "):
        line, _, output = part.partition("\n")
        name, *arguments = shlex.split(line)
        assert name == "errpath"
        found.append((tuple(arguments), output if output.endswith("\n") else f"{output}\n"))
    return found


@pytest.mark.parametrize("block", [CLAIM, MINE])
def test_specs_have_no_problem(shell: Shell, block: str) -> None:
    """
    What README shows of the language is right, and in the one layout.
    """
    shell.write("specs/a.errpath", block)
    assert [shell("lint"), shell("format", "--check")] == [
        Said(0, "1 spec: no problem\n"),
        Said(0, "1 spec: nothing to change\n"),
    ]


def test_trace_of_the_projects_own(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The picture at the top is what this repository's specs give.
    """
    monkeypatch.chdir(ROOT)
    ((arguments, output),) = commands(TRACE)
    assert shell(*arguments) == Said(0, output)


@pytest.mark.parametrize("block", [DIFF, LOCKS])
def test_answer_at_the_top(shell: Shell, monkeypatch: pytest.MonkeyPatch, block: str) -> None:
    """
    What decides the patch's claim, and the reviewer's question, begins as README shows it.
    """
    monkeypatch.chdir(ROOT)
    command, _, shown = block.partition("\n")
    prompt, name, *arguments = shlex.split(command)
    said = shell(*arguments)
    assert (prompt, name, said.status, said.err) == ("$", "errpath", 0, "")
    assert shown.endswith("\n...\n")
    assert said.out.startswith(shown.removesuffix("...\n"))


def test_contract_that_breaks(shell: Shell) -> None:
    """
    The broken contract is told as README tells it.
    """
    shell.write(FIRST, CLAIM)
    said = [shell("generate"), shell("check")]
    assert (said[0].out.splitlines()[0], said[1].status, BROKEN in said[1].out) == (
        "wrote generated_tests/test_claim.py",
        1,
        True,
    )


def test_first_spec(shell: Shell) -> None:
    """
    The first spec in five minutes is accepted, and kept.
    """
    shell.write(SECOND, MINE)
    steps = commands(FIRST_SPEC)
    assert [shell(*arguments) for arguments, _ in steps] == [Said(0, out) for _, out in steps]
    (name,) = re.findall(r'`errpath trace "(.*)"` shows', README)
    assert [shell("check").status, shell("trace", name).status] == [0, 0]


def test_slip_of_the_pen(shell: Shell) -> None:
    """
    The slip of the pen is told as README tells it.
    """
    wrong, right = re.findall(r"`(\w+)`", SLIP)
    assert MINE.count(f"fail {right}(dst)") == 1
    shell.write(SECOND, MINE.replace(f"fail {right}(dst)", f"fail {wrong}(dst)"))
    said = shell("lint")
    assert (said.status, SLIP in said.out) == (1, True)


def test_gate(shell: Shell) -> None:
    """
    The lines of CI end as README says, for kept contracts and for broken ones.
    """
    _, *lines = [shlex.split(line, comments=True) for line in GATE.splitlines()]
    shell.write(SECOND, MINE)
    shell("generate")
    kept = [shell(*arguments).status for _, *arguments in lines]
    (shell.folder / SECOND).unlink()
    shell.write(FIRST, CLAIM)
    stale = [shell(*arguments).status for _, *arguments in lines]
    shell("generate")
    broken = [shell(*arguments) for _, *arguments in lines]
    assert (kept, stale, [said.status for said in broken]) == ([0, 0], [1, 1], [0, 1])
    assert f"::error file={FIRST},line=9," in broken[1].out


def test_junit_has_the_place(shell: Shell) -> None:
    """
    JUnit XML has the spec's place of every broken promise as a property.
    """
    shell.write(FIRST, CLAIM)
    shell("generate")
    shell("check", "--", "--junitxml=errpath.xml")
    tree = ET.parse(shell.folder / "errpath.xml")  # noqa: S314 - it is our own
    values = [it.get("value", "") for it in tree.iter("property") if it.get("name") == "errpath"]
    assert [value.partition(" ")[0] for value in values] == [f"{FIRST}:9", f"{FIRST}:3"]


def test_settings(tmp_path: Path) -> None:
    """
    The settings that README shows are those that there are.
    """
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    said = tomllib.loads(SETTINGS)["tool"]["errpath"]
    assert project(tmp_path) == Project(root=tmp_path, **said)


def test_hooks() -> None:
    """
    The pre-commit hooks that README shows are those that there are, and run what there is.
    """
    named = re.findall(r"- id: (\S+)", PRE_COMMIT)
    entries = re.findall(r"^  entry: errpath (\S+)", HOOKS, re.MULTILINE)
    assert (named, set(entries) <= set(COMMANDS)) == (
        re.findall(r"^- id: (\S+)", HOOKS, re.MULTILINE),
        True,
    )


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_make_targets(name: str) -> None:
    """
    Every make target that is named exists.
    """
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^ *|`)make ([a-z]+)\b", text, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert (bool(named), named - targets) == (True, set())


def test_markers(shell: Shell) -> None:
    """
    The markers that README selects by are listed by pytest, and select.
    """
    (expression,) = re.findall(r'`pytest generated_tests -m "(.*)"`', README)
    shell.write(FIRST, CLAIM)
    shell("generate")
    pytest_ = str(Path(ERRPATH).with_name("pytest"))
    run = [
        subprocess.run(
            [pytest_, *arguments], cwd=shell.folder, capture_output=True, text=True, check=False
        ).stdout
        for arguments in (["--markers"], ["generated_tests", "-m", expression, "--co"])
    ]
    assert ("@pytest.mark.enomem:" in run[0], "@pytest.mark.post:" in run[0]) == (True, True)
    assert "1/2 tests collected (1 deselected)" in run[1]


def test_limitations_are_numbered() -> None:
    """
    Limitations have numbers from 1, in the order in which they stand.
    """
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", LIMITATIONS, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 5


def test_counts_of_paths(shell: Shell) -> None:
    """
    The numbers of certified paths are those of the model, and of the certificates.
    """
    said = re.search(r"(\d,\d{3}) paths of 5\.8\.18 before the patch and (\d,\d{3})", LIMITATIONS)
    assert said is not None
    found = []
    for semantics in ("pre", "post"):
        file = ROOT / "certificates" / "5.8.18" / semantics / "unmap_and_move.json.gz"
        runs = shell("paths", semantics, "--json").out.splitlines()
        found.append((len(runs), read(file).count))
    assert found == [(int(number.replace(",", "")),) * 2 for number in said.groups()]


def test_links_lead_somewhere() -> None:
    """
    Files that README links to exist, and it links to nothing else.
    """
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert (bool(links), [link for link in links if not (ROOT / link).exists()]) == (True, [])
    assert re.findall(r"^\[.*\]: ", README, re.MULTILINE) == []
