# SPDX-License-Identifier: GPL-2.0-only
"""
What `generate` and `check` can find beside the problems of the specs themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from errpath.language.report.annotation import annotation


class Code(Enum):
    """
    One kind of finding: its code, and what it means in a line.
    """

    MISSING = "E601", "a spec has no generated file"
    STALE = "E602", "a generated file is not what its spec gives now"
    ORPHAN = "E603", "a generated file comes from no spec"
    FOREIGN = "E604", "a file that errpath did not write stands in the way"
    NOT_RUN = "E605", "a case did not run, so its contracts are not checked"
    CLASH = "E606", "two spec files would give the same generated file"
    NOTHING_TO_RUN = "E607", "no spec has a scenario or a law, so there is nothing to run"
    UNDECLARED = "E608", "a difference between two semantics that no delta declares"
    UNTRUE_DELTA = "E609", "a delta says what is not so"
    UNEXERCISED = "E610", "an exit or a fault that no scenario exercises"
    BROKEN_CASE = "E611", "a case whose contract is broken exercises nothing"
    NOT_JUDGED = "E612", "a law or delta about a list of pages, which is not judged here"

    def __init__(self, code: str, says: str) -> None:
        self.code = code
        self.says = says


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One thing that is found: its kind, what is said of its place, and a `help`.

    The message goes on from the name of the file, if there is one. The help states a fact.
    """

    code: Code
    message: str
    file: str | None = None
    line: int = 0
    help: str | None = None

    @property
    def place(self) -> str:
        """
        The file and its line, as far as there are any.
        """
        return f"{self.file or ''}:{self.line}" if self.line else self.file or ""

    @property
    def sentence(self) -> str:
        """
        The place and the message.
        """
        return f"{self.place} {self.message}" if self.file else self.message


def object_of(finding: Finding) -> dict[str, str | None]:
    """
    Give a finding as JSON has it.
    """
    return {
        "finding": finding.code.code,
        "at": finding.place or None,
        "says": finding.message,
        "help": finding.help,
    }


def render(findings: Iterable[Finding], output_format: str) -> str:
    """
    Word findings in the format `full`, `concise` or `github`.
    """
    found = list(findings)
    if output_format == "github":
        return "\n".join(map(_github, found))
    if output_format == "concise":
        return "\n".join(map(_concise, found))
    lines = [f"error[{one.code.code}]: {one.sentence}" for one in found]
    helps = dict.fromkeys(one.help for one in found if one.help)
    return "\n".join([*lines, *(f"  = help: {text}" for text in helps)])


def _concise(finding: Finding) -> str:
    place = f"{finding.place}: " if finding.file else ""
    return f"{place}{finding.code.code} {finding.message}"


def _github(finding: Finding) -> str:
    properties = {"file": finding.file} if finding.file else {}
    if finding.line:
        properties["line"] = str(finding.line)
    message = finding.sentence
    message += f"\nhelp: {finding.help}" if finding.help else ""
    return annotation(message, **properties, title=finding.code.code)
