# SPDX-License-Identifier: GPL-2.0-only
"""
GitHub's workflow commands: a line of output that is shown beside a line of a file.
"""

from __future__ import annotations


def annotation(message: str, **properties: str) -> str:
    """
    Write an error with its properties (`file`, `line`, `title` ...), in the order given.
    """
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {shown}::{_data(message)}"


def _data(text: str) -> str:
    # https://docs.github.com/actions, workflow commands: what the runner decodes.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
