# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from errpath.contracts import judge
from errpath.contracts.alike import Alike, alike
from errpath.contracts.events import Patterns
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lists import Lists, Over
from errpath.explore.merged.marks.mark import How, Mark
from errpath.explore.merged.on_lists import judged, lists_of
from errpath.kernel.run import Run
from errpath.kernel.target import Model
from errpath.spec.contract import Law
from tests.explore.merged.cut import ASKED, ENTRY, Cut
from tests.language.reading import load_spec

PASSES = 3

OF_TWO = {
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
    "after": "never PageTransHuge(b) after list_del(b)",
    "while": "never get_new_page(b) while PG_locked(b) never list_del(a) while from_list(a)",
    "while, at its ends": (
        "never list_del(a) | trylock_page(a) fails while from_list(a) "
        "never trylock_page(b) = 1 | PageWriteback(b) = 1 while PG_locked(b)"
    ),
    "a setting": (
        "when mode is MIGRATE_ASYNC and not returns 0 "
        "calls wait_on_page_writeback(a) at most once "
        'except when PF_MEMALLOC is set and not get_new_page(b) fails because "it is in reclaim"'
    ),
    "a flag of the thread": (
        "when PF_SWAPWRITE is set never split_huge_page_to_list(b) "
        'except when returns 0 | 1 because "B."'
    ),
    "precedes and leads to": (
        "trylock_page(a) = 1 leads to unlock_page(a) get_new_page(b) precedes list_del(b)"
    ),
}
OF_EACH = {
    "any page": "when get_new_page() fails returns -ENOMEM | -EBUSY",
    "each page": (
        "when get_new_page(page) fails never list_del(page) "
        'except post when get_new_page(page) fails because "it is taken for permanent"'
    ),
    "each page and any": "when not get_new_page() fails calls trylock_page(page)",
    "while": (
        "when get_new_page(page) calls move_to_new_page(page) at most once while PG_locked(page) "
        "calls unlock_page(page_new) at least once while page_ref(page_new) "
        'except post when get_new_page(page) fails because "it is not moved"'
    ),
    "settings": (
        "when not mode is MIGRATE_SYNC | MIGRATE_SYNC_NO_COPY and PF_MEMALLOC is clear "
        "never wait_on_page_writeback(page) calls get_new_page(page) at most once "
        'except when mode is MIGRATE_ASYNC because "nobody waits"'
    ),
    "order": (
        "order trylock_page(page) = 1 < unlock_page(page) "
        "calls trylock_page(page) at most 2 times before get_new_page(page)"
    ),
}
RUN = {
    "two": ("run migrate_pages(a, b)", OF_TWO),
    "each": ("run migrate_pages(each page)", OF_EACH),
}
CASES = {
    f"{run}: {name}": (said, lines) for run, (said, of) in RUN.items() for name, lines in of.items()
}


def _law(root: Path, run: str, lines: str) -> Law:
    for word in (
        " keeps ",
        " calls ",
        " never ",
        " returns 1",
        " returns -ENOMEM |",
        " except ",
        " get_new_page(b) precedes ",
    ):
        lines = lines.replace(word, f"\n{word.strip()}{' ' if word.endswith(' ') else ''}")
    text = f'law "a law" {{\nbecause "B."\n{run}\n{lines}\n}}\n'
    return load_spec(root, text).laws[0]


@cache
def _lists(asked: str) -> Lists:
    cut = Cut(passes=PASSES, asked=ASKED[asked])
    return Lists(cut.model(), ENTRY, target_on=cut.target, passes=cut.passes)


@cache
def _runs(asked: str, semantics: str, pages: tuple[str, ...]) -> list[Alike]:
    cut = Cut(passes=PASSES, asked=ASKED[asked])
    return alike(cut.runs(pages, semantics), cut.model().at(ENTRY, pages))


def _placed(over: Over) -> Iterator[tuple[str, ...]]:
    """
    Give the lists on which a page is picked, for each of its places.
    """
    for place in range(len(over.pages)) if over.pick else ():
        yield (*over.pages[:place], str(over.pick), *over.pages[place + 1 :])
    if not over.pick:
        yield over.pages


def _walked(law: Law, asked: str, semantics: str) -> tuple[Counter[int], Counter[int], list[str]]:
    """
    Judge a law on every path, one by one: what is bound and broken, by length; the excuses.
    """
    bound: Counter[int] = Counter()
    broken: Counter[int] = Counter()
    said: Counter[str] = Counter()
    for pages in (pages for over in lists_of(law, (1, 2)) for pages in _placed(over)):
        entry = law.entry and law.entry.model_copy(update={"pages": pages, "each": False})
        own = law.model_copy(update={"entry": entry})
        model = _lists(asked).model(pages)
        runs, patterns = _runs(asked, semantics, pages), Patterns(model.vocabulary)
        one, excuses = judge.judged(own, semantics, runs, model=model, patterns=patterns)
        bound[len(pages)] += one.bound
        broken[len(pages)] += one.broken_paths
        for excuse in excuses:
            said[f"{excuse.at}: {{}} excused"] += excuse.excused
            said[f"{excuse.at}: {{}} kept"] += excuse.kept
    return bound, broken, [text.format(number) for text, number in said.items()]


@pytest.mark.parametrize("semantics", ["pre", "post"])
@pytest.mark.parametrize("asked", ["a split", "a busy lock"])
@pytest.mark.parametrize(("run", "lines"), CASES.values(), ids=CASES)
def test_law_on_merged_paths_is_the_law_on_each(
    tmp_path: Path, run: str, lines: str, asked: str, semantics: str
) -> None:
    """
    As many paths are bound, break the law, and are excused, as when every path is walked.

    Where the law names a page, they are as many as on the lists where it has each place.
    """
    law = _law(tmp_path, run, lines)
    found, excuses = judged(law, semantics, _lists(asked), (1, 2))
    bound: Counter[int] = Counter()
    broken: Counter[int] = Counter()
    for part in found.parts:
        bound[len(part.pages)] += part.law.bound
        broken[len(part.pages)] += part.law.broken_paths
    said = [
        text
        for excuse in excuses
        for text in (f"{excuse.at}: {excuse.excused} excused", f"{excuse.at}: {excuse.kept} kept")
    ]
    assert (bound, broken, said) == _walked(law, asked, semantics)
    assert found.bound == bound.total()


def test_smallest_path_has_the_page_in_its_place(tmp_path: Path) -> None:
    """
    The path that is shown is one of the list on which the page has that name.
    """
    law = _law(tmp_path, "run migrate_pages(each page)", "when get_new_page(page) fails returns 1")
    found, _ = judged(law, "pre", _lists("a busy lock"), (3,))
    places = {part.pages.index("page") for part in found.parts if part.law.broken}
    assert places
    for part in found.parts:
        assert sorted(part.pages) == sorted({"page", *part.pages})
        for run, _ in part.law.broken:
            assert "get_new_page(page) = NULL" in map(str, run.trace)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("a is anon", "a.errpath:1: the situation of a page"),
        ("returns 0", ""),
    ],
)
def test_law_that_needs_more_of_the_history_is_refused(
    tmp_path: Path, lines: str, says: str
) -> None:
    """
    What the classes do not tell is not judged, and the message says where it is asked.
    """
    text = (
        f'law "a law" {{\nbecause "B."\nrun migrate_pages(a)\nwhen {lines}\n'
        "finally a on from_list\nkeeps locks\nnever list_del(a) in pass 2\n}\n"
    )
    law = load_spec(tmp_path, text).laws[0]
    with pytest.raises(EntangledError) as caught:
        judged(law, "pre", _lists("a busy lock"), (1,))
    refused = [one for one in str(caught.value).split("; ") if says in one]
    assert refused
    assert str(caught.value).endswith(
        "a.errpath:5: what becomes of a page in the end is not judged where paths are merged; "
        "a.errpath:7: a part of the trace that a pass bounds, or one call and the next is not "
        "judged where paths are merged"
    )


def test_what_cannot_be_followed_is_found_out_once() -> None:
    """
    Who asks again for marks that were refused is given the same error.
    """
    lists = _lists("a busy lock")
    marks = (Mark(How.COUNT, ("cond_resched()",)),)
    errors = []
    for _ in range(2):
        with pytest.raises(EntangledError) as caught:
            lists.merged(("a", "b"), "pre", marks)
        errors.append(caught.value)
    assert errors[0] is errors[1]


def _faults(run: Run, model: Model) -> int:
    choices = model.vocabulary.choices
    return sum(v in choices[t.partition("#")[0]].faults for t, v in run.choices.items())


@pytest.mark.parametrize("asked", ["a split", "a busy lock"])
@pytest.mark.parametrize(
    "lines",
    [
        "never get_new_page(b) keeps ownership",
        "when mode is MIGRATE_ASYNC | MIGRATE_SYNC calls trylock_page(a) at most once",
        "when PF_SWAPWRITE is clear never list_del(b) after trylock_page(b)",
    ],
)
def test_shown_path_is_one_of_the_smallest_that_break_the_law(
    tmp_path: Path, lines: str, asked: str
) -> None:
    """
    No walked path that breaks it has fewer faults than the one that is shown.
    """
    law = _law(tmp_path, "run migrate_pages(a, b)", lines)
    found, _ = judged(law, "post", _lists(asked), (2,))
    model = _lists(asked).model(("a", "b"))
    runs, patterns = _runs(asked, "post", ("a", "b")), Patterns(model.vocabulary)
    walked, _ = judge.judged(law, "post", runs, model=model, patterns=patterns)
    assert walked.broken
    least = min(_faults(run, model) for run, _ in walked.broken)
    assert _faults(found.smallest()[0], model) == least
