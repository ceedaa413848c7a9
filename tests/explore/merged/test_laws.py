# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.contracts import judge
from errpath.contracts.alike import alike
from errpath.contracts.events import Patterns
from errpath.explore.merged.laws import judged, marks_of
from errpath.explore.merged.leaf import EntangledError
from errpath.explore.merged.merged import merged
from errpath.spec.contract import Law
from tests.explore.merged.cut import ASKED, ENTRY, Cut
from tests.language.reading import load_spec

LAWS = {
    "kept": "keeps locks keeps references keeps flags",
    "broken in post": "keeps ownership keeps counts keeps touch keeps walk",
    "bound by a call": "when get_new_page(b) fails calls put_new_page(b_new) at most once",
    "bound by a return code": "when returns -ENOMEM never split_huge_page_to_list(a)",
    "excused": (
        "when trylock_page(a) fails or get_new_page(a) fails "
        "calls get_new_page(a) at most once "
        'except when get_new_page(b) fails because "b stops it"'
    ),
    "not bound": "when not returns 0 and not get_new_page(a) fails returns 1 | 2 | -ENOMEM",
}


def _law(root: Path, lines: str) -> Law:
    for word in ("keeps", "calls", "never", "returns 1", "except"):
        lines = lines.replace(f" {word} ", f"\n{word} ")
    text = f'law "a law" {{\nbecause "B."\nrun migrate_pages(a, b)\n{lines}\n}}\n'
    return load_spec(root, text).laws[0]


@pytest.mark.parametrize("semantics", ["pre", "post"])
@pytest.mark.parametrize("asked", ["a split", "a busy lock"])
@pytest.mark.parametrize("lines", LAWS.values(), ids=LAWS)
def test_law_on_merged_paths_is_the_law_on_each(
    tmp_path: Path, lines: str, asked: str, semantics: str
) -> None:
    """
    As many paths are bound, break the law, and are excused, as when every path is walked.
    """
    law, cut = _law(tmp_path, lines), Cut(passes=3, asked=ASKED[asked])
    model = cut.model().at(ENTRY, ("a", "b"))
    patterns = Patterns(model.vocabulary)
    runs = alike(cut.runs(("a", "b"), semantics), model)
    plain, excuses = judge.judged(law, semantics, runs, model=model, patterns=patterns)
    found = merged(
        cut.model(),
        ENTRY,
        ("a", "b"),
        semantics,
        marks=marks_of([law], semantics),
        target_on=cut.target,
        passes=cut.passes,
    )
    verdict = judged(law, semantics, found, model=model, patterns=patterns)
    assert (verdict.bound, verdict.broken_paths) == (plain.bound, len(plain.broken))
    assert verdict.excused == [excuse.excused for excuse in excuses]
    assert verdict.kept == [excuse.kept for excuse in excuses]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            "unlock_page(a) precedes list_del(a)",
            "a.errpath:4: a clause about the order or the place of calls is not judged",
        ),
        (
            "when mode is MIGRATE_SYNC keeps locks",
            "a.errpath:4: a condition about the situation is not judged",
        ),
    ],
)
def test_law_that_needs_more_of_the_history_is_refused(
    tmp_path: Path, lines: str, says: str
) -> None:
    """
    What the classes do not tell is not judged, and the message says where it is asked.
    """
    law = _law(tmp_path, lines)
    with pytest.raises(EntangledError) as caught:
        marks_of([law], "pre")
    assert str(caught.value) == says
