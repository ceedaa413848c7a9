# SPDX-License-Identifier: GPL-2.0-only
"""
The commands under one name, and how errors of use are told.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import Any

import click

from errpath import __version__
from errpath.commands.help import COMMANDS, HELP, VERSION
from errpath.commands.status import CLEAN, INTERRUPTED, UNUSABLE, complain

DEBUG = "ERRPATH_DEBUG"
"""The environment variable that, if set, shows where errpath itself failed."""


class Commands(click.Group):
    """
    Names and one-line helps are at hand; a command's module is imported when it runs.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """
        Name the commands, in the order in which they are learned.
        """
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """
        Import a command.
        """
        del ctx
        if cmd_name not in COMMANDS:
            return None
        # What is imported stays: there is no garbage among it to look for, now or later.
        gc.disable()
        command: click.Command = import_module(f"errpath.commands.{cmd_name}").command
        gc.freeze()
        gc.enable()
        return command

    def get_help(self, ctx: click.Context) -> str:
        """
        Give the help, the same on every terminal.
        """
        del ctx
        return HELP

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """
        Run a command, and end with its status; what goes wrong is told in one line.
        """
        try:
            status = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            status = UNUSABLE
        except click.ClickException as error:
            complain(_worded(error))
            status = UNUSABLE
        except click.Abort:
            complain("interrupted")
            status = INTERRUPTED
        except OSError as error:
            complain(_about(error))
            status = UNUSABLE
        except Exception as error:
            if os.environ.get(DEBUG):
                raise
            kind = type(error).__name__
            complain(f"a bug in errpath, not in your specs: {kind}: {error}")
            complain(f"please report it with what {DEBUG}=1 shows")
            status = UNUSABLE
        raise SystemExit(status or CLEAN)


def _worded(error: click.ClickException) -> str:
    message = error.format_message().replace("\n", " ").removesuffix(".")
    message = message[:1].lower() + message[1:]
    context = getattr(error, "ctx", None)
    return f"{message} (see `{context.command_path} --help`)" if context else message


def _about(error: OSError) -> str:
    why = (error.strerror or str(error)).lower()
    if error.filename is None:
        return why
    name = os.path.relpath(os.fsdecode(error.filename))
    # What is not finished yet has a name that says nothing to anybody.
    return f"`{name.partition('/.errpath-')[0]}`: {why}"


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message=VERSION)
def group() -> None:
    """
    Do nothing: its commands do.
    """
