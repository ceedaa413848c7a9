# SPDX-License-Identifier: GPL-2.0-only
"""
How errpath ends, and what it says when it cannot do its work.
"""

from __future__ import annotations

import click

CLEAN, FINDINGS, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def complain(message: str) -> None:
    """
    Say on standard error what keeps errpath from its work.
    """
    click.echo(f"errpath: {message}", err=True)


def unusable(message: str) -> SystemExit:
    """
    Complain, and give what ends errpath with status 2.
    """
    complain(message)
    return SystemExit(UNUSABLE)
