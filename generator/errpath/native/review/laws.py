# SPDX-License-Identifier: GPL-2.0-only
"""
Laws of the specs on C that is none of the semantics that they are written for.

What a law says of every semantics is judged on both sides of the patch. What it says of one
of them only - a clause, or an exception - is about a version of the code that this C need not
be: it is not judged, and excuses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from errpath.contracts.alike import alike, named_by
from errpath.contracts.events import Patterns
from errpath.contracts.judge import judged
from errpath.native.review.sides import SIDES

if TYPE_CHECKING:
    from errpath.contracts.law import Law as Found
    from errpath.explore.difference.pair_claim import PairClaim
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.clause import Clause
    from errpath.spec.contract import Exception_, Law

_Key: TypeAlias = "tuple[tuple[str, object], ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    What comes of a law on both sides.

    `newly` is the number of pairs on which the patched code breaks it and the base does not,
    `fresh` what was found on the patched paths of those pairs alone, `idle` what is not checked
    there. `declared` are the exceptions that the specs make for one semantics, `left` the number of
    clauses that are for one semantics only: neither is applied.
    """

    law: Law
    base: Found
    patched: Found
    newly: int
    fresh: Found
    idle: tuple[str, ...]
    declared: tuple[Exception_, ...]
    left: int

    @property
    def broken(self) -> bool:
        """
        Whether the patched code breaks it where the base does not.
        """
        return self.newly > 0 and not self.stopped

    @property
    def stopped(self) -> bool:
        """
        Whether nothing newly breaks it but paths on which the kernel would stop.
        """
        return self.newly > 0 and all(run.bug for run, _ in self.fresh.broken)

    @property
    def repaired(self) -> bool:
        """
        Whether the base breaks it, and the patched code does not.
        """
        return bool(self.base.broken) and not self.patched.broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """
    The laws that were judged, and those that could not be, each with the reason.
    """

    judged: tuple[Verdict, ...]
    unjudged: tuple[tuple[Law, str], ...]


def verdicts(laws: Iterable[Law], claim: PairClaim, model: Model) -> Verdicts:
    """
    Judge laws on every path of both sides.
    """
    every = frozenset(model.vocabulary.semantics)
    told: list[Verdict] = []
    unjudged: list[tuple[Law, str]] = []
    neutral = []
    for law in laws:
        clauses = tuple(clause for clause in law.clauses if every <= set(clause.semantics or every))
        if law.entry:
            unjudged.append((law, "about lists of pages"))
        elif not every <= set(law.semantics):
            unjudged.append((law, f"for {', '.join(law.semantics)} only"))
        elif not clauses:
            unjudged.append((law, "each clause is for one semantics only"))
        else:
            neutral.append((law, law.model_copy(update=_both(law, clauses, every))))
    patterns = Patterns(model.vocabulary)
    named = named_by([law for _, law in neutral], patterns)
    classes = {side: alike(claim.paths(side), model, named) for side in SIDES} if neutral else {}
    for law, said in neutral:
        base, patched = (
            judged(said, side, classes[side], model=model, patterns=patterns)[0] for side in SIDES
        )
        newly = _newly(base, patched, claim)
        told.append(
            Verdict(
                law=law,
                base=base,
                patched=patched,
                newly=sum(newly.values()),
                fresh=_among(patched, newly),
                idle=tuple(patched.unchecked(())) if not patched.broken else (),
                declared=tuple(one for one in law.exceptions if not every <= set(one.semantics)),
                left=len(law.clauses) - len(said.clauses),
            )
        )
    return Verdicts(judged=tuple(told), unjudged=tuple(unjudged))


def _both(law: Law, clauses: Sequence[Clause], every: frozenset[str]) -> dict[str, object]:
    return {
        "semantics": SIDES,
        "clauses": tuple(clause.model_copy(update={"semantics": ()}) for clause in clauses),
        "exceptions": tuple(
            one.model_copy(update={"semantics": SIDES})
            for one in law.exceptions
            if every <= set(one.semantics)
        ),
    }


def _among(found: Found, keys: Collection[_Key]) -> Found:
    """
    Give what was found on some of the paths only.
    """
    fresh = copy(found)
    fresh.broken = [row for row in found.broken if _key(row[0]) in keys]
    return fresh


def _newly(base: Found, patched: Found, claim: PairClaim) -> Counter[_Key]:
    """
    Count the pairs on which only the patched side breaks a law, by its paths.
    """
    if not patched.broken:
        return Counter()
    was, now = ({_key(run) for run, _ in side.broken} for side in (base, patched))
    keys = ((_key(pair.old), _key(pair.new)) for pair in claim.differences.pairs)
    return Counter(new for old, new in keys if new in now and old not in was)


def _key(run: Run) -> _Key:
    return tuple(run.choices.items())
