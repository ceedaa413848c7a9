# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from importlib import import_module

import click
import pytest

from errpath import __version__
from errpath.commands import lint
from errpath.commands.group import DEBUG, group
from errpath.commands.help import COMMANDS
from tests.shell import CLAIM, Said, Shell

HELP = """\
Usage: errpath [OPTIONS] COMMAND [ARGS]...

  Check that a kernel error path keeps its contracts.

  Specs say what must hold when a lock is busy or an allocation fails: which
  calls happen in which order, what is returned, and who owns every page, lock
  and reference afterwards. errpath turns them into pytest files, and runs
  those against a reference model of Linux page migration, before (pre) and
  after (post) a patch.

Options:
  -V, --version  Show the version and exit.
  -h, --help     Show this message and exit.

Commands:
  lint      Read the specs and report every problem.
  generate  Write the generated tests, or say what is stale.
  check     Check every contract in every semantics: the main job.
  trace     Show one scenario's run, event by event, pre beside post.
  paths     Enumerate every path of a semantics.
  diff      Show what changes between two semantics, and who declares it.
  locks     Show what is called while each lock or reference is held.
  verify    Judge every law and every difference, on every path.
  coverage  Show what the scenarios exercise, and what they miss.
  mutate    Score the specs by the mutants that they kill.
  format    Lay out spec files in the one canonical way.
  native    Run the kernel's own C: build it, compare it with the model.
  review    Judge what a patch mail changes, on the kernel's own C.

  First steps:
    errpath check                     lint, compare, run; one table
    errpath trace "SCENARIO"          what happens, and what is held when
    errpath lint specs/new.errpath    after each edit

  Exit status: 0 clean, 1 findings, 2 wrong usage or unreadable input.
  The language is described in grammar/README.md.
"""


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(shell: Shell, option: str) -> None:
    """
    The help says what errpath is for, and with what to begin.
    """
    assert shell(option) == Said(0, HELP)


def test_no_command(shell: Shell) -> None:
    """
    Without a command it is the same help, as a complaint.
    """
    assert shell() == Said(2, "", HELP)


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(shell: Shell, option: str) -> None:
    """
    The version is the package's.
    """
    assert shell(option) == Said(0, f"errpath, version {__version__}\n")


@pytest.mark.parametrize("option", ["-h", "--help", "-V", "--version"])
def test_option_that_stands_alone(shell: Shell, option: str) -> None:
    """
    The process answers it at once, with what the commands would have answered.
    """
    assert shell.process(option) == shell(option)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(shell: Shell, name: str) -> None:
    """
    Each command's own help says more than its line in the list, in lines that fit a terminal.
    """
    said = shell(name, "--help")
    lines = said.out.splitlines()
    assert (said.status, lines[0].startswith(f"Usage: errpath {name} ")) == (0, True)
    assert (len(lines) > 8, max(map(len, lines)) <= 80, said.out.isascii()) == (True, True, True)


def test_every_command_is_there() -> None:
    """
    The commands of the list are those that can be called, and their modules exist.
    """
    context = click.Context(group)
    names = group.list_commands(context)
    found = [group.get_command(context, name) for name in names]
    assert [command.name for command in found if command] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_options_have_their_help(name: str) -> None:
    """
    No option goes without an explanation.
    """
    command: click.Command = import_module(f"errpath.commands.{name}").command
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("chekc",), "no such command 'chekc' (see `errpath --help`)"),
        (("lint", "--bogus"), "no such option '--bogus' (see `errpath lint --help`)"),
        (("check", "-k", "pre"), "no such option '-k' (see `errpath check --help`)"),
        (("trace",), "missing argument 'SCENARIO' (see `errpath trace --help`)"),
        (("paths",), "missing argument 'SEMANTICS' (see `errpath paths --help`)"),
        (
            ("lint", "--output-format", "xml"),
            (
                "invalid value for '--output-format': 'xml' is not one of 'full', 'concise',"
                " 'github', 'json' (see `errpath lint --help`)"
            ),
        ),
    ],
)
def test_wrong_usage(shell: Shell, arguments: tuple[str, ...], complaint: str) -> None:
    """
    Wrong usage is told in one line that says where to look, with status 2.
    """
    assert shell(*arguments) == Said(2, "", f"errpath: {complaint}\n")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "[tool.errpath]\nspec = 1\n",
            "[tool.errpath] has no key `spec`; it has `specs` and `tests`",
        ),
        ("[tool]\nerrpath = 1\n", "tool.errpath is not a table"),
    ],
)
@pytest.mark.parametrize("command", ["lint", "generate", "check", "format"])
def test_settings_that_are_wrong(shell: Shell, command: str, text: str, complaint: str) -> None:
    """
    Settings that errpath does not understand end every command with status 2.
    """
    shell.write("pyproject.toml", text)
    assert shell(command) == Said(2, "", f"errpath: pyproject.toml: {complaint}\n")


def _broken(*_: object) -> None:
    raise RuntimeError("no such luck")


def test_bug_in_errpath(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A bug in errpath is called one, and looks like nothing that is wrong with a spec.
    """
    shell.write("specs/a.errpath", CLAIM)
    monkeypatch.setattr(lint, "listing", _broken)
    assert shell("lint") == Said(
        2,
        "",
        """\
errpath: a bug in errpath, not in your specs: RuntimeError: no such luck
errpath: please report it with what ERRPATH_DEBUG=1 shows
""",
    )


def test_bug_is_shown(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whoever looks for the bug sees where it is.
    """
    monkeypatch.setenv(DEBUG, "1")
    monkeypatch.setattr(lint, "listing", _broken)
    with pytest.raises(RuntimeError, match="no such luck"):
        shell("lint")


@pytest.mark.parametrize(
    ("error", "complaint"),
    [
        (
            PermissionError(13, "Permission denied", "specs/a.errpath"),
            "`specs/a.errpath`: permission denied",
        ),
        (
            PermissionError(13, "Permission denied", "generated_tests/.errpath-x1y2"),
            "`generated_tests`: permission denied",
        ),
        (OSError(28, "No space left on device"), "no space left on device"),
        (OSError("something else"), "something else"),
    ],
)
def test_what_the_system_refuses(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, error: OSError, complaint: str
) -> None:
    """
    What the system refuses is told with the file that it is about, and no file of errpath's own.
    """

    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(lint, "listing", refused)
    assert shell("lint") == Said(2, "", f"errpath: {complaint}\n")
