# SPDX-License-Identifier: GPL-2.0-only
"""
Laws on every path of the function that the model is of.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from errpath.contracts.alike import alike, named_by
from errpath.contracts.events import Patterns
from errpath.contracts.judge import judged
from errpath.contracts.law import unchecked_law
from errpath.explore.paths.enumerate import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.contracts.alike import Alike
    from errpath.contracts.law import Excuse
    from errpath.contracts.law import Law as Judged
    from errpath.explore.difference.pair_claim import PairClaim
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Law, Spec

_NOTHING = "-"


class Laws:
    """
    The laws of all specs that are about no list, judged on every path.

    `rows` are those of the table, `messages` what is broken or not checked, `objects` the JSON.
    """

    def __init__(self, specs: Sequence[Spec], model: Model, compared: Sequence[PairClaim]) -> None:
        laws = [law for spec in specs for law in spec.laws if not law.entry]
        self._model = model
        self._patterns = Patterns(model.vocabulary)
        self.messages: list[str] = []
        self.objects: list[dict[str, Any]] = []
        named = named_by(laws, self._patterns)
        cells: dict[str, list[str]] = {str(law.at): [law.name] for law in laws}
        for semantics in model.vocabulary.semantics if laws else ():
            classes = alike(self._paths(semantics, compared), model, named)
            for law in laws:
                said = self._cell(law, semantics, classes)
                cells[str(law.at)].append(said)
        self.rows = list(cells.values())

    def _paths(self, semantics: str, compared: Sequence[PairClaim]) -> list[Run]:
        """
        Take the paths from a comparison that had them all, or enumerate them.
        """
        for claim in compared:
            if semantics in (claim.old, claim.new):
                return claim.paths(semantics)
        run = partial(self._model.reference().run, semantics)
        return list(paths(run, self._model.vocabulary.rules))

    def _cell(self, law: Law, semantics: str, classes: Sequence[Alike]) -> str:
        if semantics not in law.semantics:
            return _NOTHING
        found, excuses = judged(law, semantics, classes, model=self._model, patterns=self._patterns)
        messages = list(_messages(law, semantics, found, excuses))
        excused = sum(excuse.excused for excuse in excuses)
        self.objects.append(
            {
                "law": law.name,
                "at": str(law.at),
                "run": None,
                "semantics": semantics,
                "binds": found.bound,
                "kept": found.bound - excused - len(found.broken),
                "excused": excused,
                "broken": len(found.broken),
                "checked": not messages or bool(found.broken),
            }
        )
        self.messages += messages
        if messages:
            return f"{len(found.broken)} BROKEN of {found.bound}" if found.broken else "UNCHECKED"
        return f"{found.bound - excused} kept" + (f", {excused} excused" if excused else "")


def _messages(law: Law, semantics: str, found: Judged, excuses: Sequence[Excuse]) -> Iterator[str]:
    at = str(law.at)
    if found.broken:
        yield found.explained(
            law.name, at=at, semantics=semantics, target="reference model", again="errpath verify"
        )
    else:
        unchecked = found.unchecked(excuses)
        if unchecked:
            yield unchecked_law(law.name, at=at, semantics=semantics, unchecked=unchecked)
