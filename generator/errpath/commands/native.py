# SPDX-License-Identifier: GPL-2.0-only
"""
The commands under `errpath native`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

_COMMANDS: Final = ("build", "conform", "record")


class _Native(click.Group):
    """
    A command's module is imported when it runs.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """
        Name the commands, in the order in which they are used.
        """
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """
        Import a command.
        """
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"errpath.commands.native_{cmd_name}").command
        return command


@click.group("native", cls=_Native)
def command() -> None:
    """
    Run the kernel's own C as a target.

    The functions under contract are taken out of mm/migrate.c of a Linux tree, unchanged, and
    compiled behind errpath's own stub header: each primitive calls back into the little
    kernel, so that ledger, debug checks, choices and trace are those of the model.

    `errpath check --target native:BUILD` runs the generated tests on a build.
    """
