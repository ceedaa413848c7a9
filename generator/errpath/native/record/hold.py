# SPDX-License-Identifier: GPL-2.0-only
"""
Holding a target against a certificate: what the C did, it is to do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from errpath.native.conform.conformity import Divergence
from errpath.native.conform.told import Told, first_other
from errpath.native.record.row import Row, rows

if TYPE_CHECKING:
    from errpath.native.record.certificate import Certificate
    from errpath.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    How many rows agree, up to the first that does not: `recorded` beside what is `found`.

    One of the two is None where the other side has a row more. Behind the first difference
    nothing was compared.
    """

    agree: int
    recorded: Row | None = None
    found: Row | None = None

    @property
    def holds(self) -> bool:
        """
        Tell whether all rows agree.
        """
        return self.recorded is None and self.found is None


def hold(certificate: Certificate, target: Any) -> Held:
    """
    Walk a target as the C was walked, and compare row by row.
    """
    agree = 0
    walk = certificate.part.walk(target, certificate.semantics)
    for recorded, found in zip_longest(certificate.rows(), rows(walk)):
        if recorded != found:
            return Held(agree=agree, recorded=recorded, found=found)
        agree += 1
    return Held(agree=agree)


def divergence_of(held: Held, vocabulary: Vocabulary) -> Divergence | None:
    """
    Give two rows that differ as a divergence; None where one side has no row.
    """
    if held.recorded is None or held.found is None:
        return None
    found, expected = _told(held.found, vocabulary), _told(held.recorded, vocabulary)
    return Divergence(
        aspects=found.differs_from(expected) or ("state",),
        found=found,
        expected=expected,
        index=first_other(found.trace, expected.trace),
    )


def _told(row: Row, vocabulary: Vocabulary) -> Told:
    trace = row.trace + row.after
    primitives = vocabulary.primitives
    return Told(
        choices=dict(row.choices),
        trace=trace,
        calls=tuple(made for made in trace if not primitives[made.partition("(")[0]].test),
        returns=row.returns,
        bug=row.bug,
        final=json.loads(row.final),
    )
