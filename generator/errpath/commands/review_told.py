# SPDX-License-Identifier: GPL-2.0-only
"""
What one part of a review has found, ready to be printed: it comes from another process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from errpath.commands.reviewed import answers, crashed, folded, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.kernel.target import Model
    from errpath.native.review.guard import Crash
    from errpath.native.walk.part import Part
    from errpath.spec.contract import Law


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """
    In which form it is wanted: as objects, or as text with "all" examples or "none".
    """

    examples: str
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What is said first, what behind it, and the same as objects.

    `changes` is whether a reviewer has to look at something, `whole` whether all was judged.
    """

    changes: bool
    answers: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    objects: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    whole: bool = True


def of_page(target: Any, *, laws: Sequence[Law], model: Model, form: Form) -> Told:
    """
    Judge every pair of paths of one page.
    """
    from errpath.native.review.review import Review  # noqa: PLC0415 - its process alone needs it

    review = Review(target, laws, model=model)
    if form.as_json:
        from errpath.commands.review_objects import counts, objects  # noqa: PLC0415

        return Told(changes=review.changes, objects=list(objects(review)), counts=counts(review))
    return Told(
        changes=review.changes,
        answers=list(answers(review)),
        text=list(report(review, form.examples)),
    )


def of_lists(base: Any, patched: Any, *, part: Part, form: Form) -> Told:
    """
    Judge what runs over a list of pages.
    """
    from errpath.commands.reviewed_lists import list_answer, list_report  # noqa: PLC0415
    from errpath.native.review.lists import list_review  # noqa: PLC0415

    found = list_review(base, patched, part)
    if form.as_json:
        from errpath.commands.review_objects import list_object  # noqa: PLC0415

        return Told(changes=found.changes, objects=[list_object(found)], whole=found.whole)
    return Told(
        changes=found.changes,
        answers=list_answer(found),
        text=list(list_report(found, form.examples)),
        whole=found.whole,
    )


def of_crash(crash: Crash, name: str) -> Told:
    """
    Tell a part that did not come to its end.
    """
    from errpath.commands.review_objects import crash_object  # noqa: PLC0415

    says = f"The {crash.side or 'built'} code {crash.says}: nothing else is judged of {name}."
    return Told(
        changes=crash.changes,
        answers=folded(says),
        text=list(crashed(crash)),
        objects=[crash_object(crash)],
        whole=False,
    )
