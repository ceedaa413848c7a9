# SPDX-License-Identifier: GPL-2.0-only
"""
A scenario and a case of it: by what somebody types, and as a situation to run.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from errpath.commands.status import unusable

if TYPE_CHECKING:
    from errpath.spec.contract import Scenario, Spec

_MOST_SHOWN = 5


def find(specs: Sequence[Spec], text: str) -> tuple[Spec, Scenario] | None:
    """
    Find the one scenario of that name, place or test; None if there is none.

    Ends with status 2 if there are several.
    """
    function = text.rpartition("::")[2].partition("[")[0]
    found = [
        (spec, scenario)
        for spec in specs
        for scenario in spec.scenarios
        if text in {scenario.name, scenario.identifier, str(scenario.at)}
        or function in {f"test_{scenario.identifier}__{name}" for name in scenario.semantics}
    ]
    if len(found) > 1:
        places = ", ".join(str(scenario.at) for _, scenario in found)
        raise unusable(f"{len(found)} scenarios are meant by `{text}`; each has a place: {places}")
    return found[0] if found else None


def hint(specs: Sequence[Spec], text: str) -> str:
    """
    Say which scenarios somebody may have meant.
    """
    names = [scenario.name for spec in specs for scenario in spec.scenarios]
    wanted = text.casefold()
    folded = {name.casefold(): name for name in names}
    inside = [name for name in names if wanted and wanted in name.casefold()]
    close = [folded[name] for name in get_close_matches(wanted, folded, n=1)]
    meant = list(dict.fromkeys([*close, *inside]))[:_MOST_SHOWN]
    if not meant:
        return ""
    listed = ", ".join(f"`{name}`" for name in meant)
    return f"; {listed} exist{'s' if len(meant) == 1 else ''}"


def case_of(scenario: Scenario, wanted: str | None) -> tuple[str, ...]:
    """
    Give the case of that id, as a test's brackets have it; the first one without an id.
    """
    by_id = {"-".join(case): case for case in scenario.cases}
    if wanted is None:
        return scenario.cases[0]
    if wanted in by_id and wanted:
        return by_id[wanted]
    if not scenario.parameters:
        raise unusable(f"the scenario has no case `{wanted}`: it has one case only")
    close = get_close_matches(wanted, by_id, n=1)
    shown = [*close, *(name for name in by_id if name not in close)][:_MOST_SHOWN]
    more = f" and {len(by_id) - len(shown)} more" if len(by_id) > len(shown) else ""
    listed = ", ".join(f"`{name}`" for name in shown)
    raise unusable(f"the scenario has no case `{wanted}`; it has {listed}{more}")
