# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from itertools import product

import pytest

from errpath.kernel.calls.page_tests import MAPPING
from errpath.migrate import model
from errpath.migrate.migration import MIGRATE
from errpath.migrate.reference import Reference
from errpath.migrate.words import VOCABULARY
from tests.runs import SITUATIONS, run


def test_model_is_the_entry_point_s() -> None:
    """
    The object of the entry point is the one model, with its reference and its obligation.
    """
    assert (model() is MIGRATE, MIGRATE.vocabulary is VOCABULARY, MIGRATE.reference) == (
        True,
        True,
        Reference,
    )


def test_words_answer_declared_choices() -> None:
    """
    Each word answers choices of the vocabulary, with values that these have.
    """
    unknown = [
        (word.name, text, value)
        for aspect in VOCABULARY.aspects
        for word in aspect.words
        for text, value in word.answers.items()
        if value not in VOCABULARY.choices[text].values
    ]
    assert unknown == []


@pytest.mark.parametrize("aspect", VOCABULARY.aspects, ids=lambda aspect: aspect.name)
def test_words_of_an_aspect_tell_each_other_apart(aspect: object) -> None:
    """
    The words of an aspect answer the same choices, no two of them alike.
    """
    found = next(a for a in VOCABULARY.aspects if a is aspect)
    answers = [dict(word.answers) for word in found.words]
    assert all(row.keys() == answers[0].keys() for row in answers)
    assert all(one != other for one, other in product(answers, answers) if one is not other)


def test_every_setting_is_a_choice() -> None:
    """
    What the caller decides is set by a line of its own, each value by a word.
    """
    assert {
        name: [word.name for word in aspect.words] for name, aspect in VOCABULARY.settings.items()
    } == {
        "mode": ["MIGRATE_SYNC", "MIGRATE_ASYNC", "MIGRATE_SYNC_LIGHT", "MIGRATE_SYNC_NO_COPY"],
        "force": ["no", "yes"],
        "reason": [
            "MR_COMPACTION",
            "MR_MEMORY_FAILURE",
            "MR_MEMORY_HOTPLUG",
            "MR_SYSCALL",
            "MR_MEMPOLICY_MBIND",
            "MR_NUMA_MISPLACED",
            "MR_CONTIG_RANGE",
        ],
        "put_new_page": ["given", "NULL"],
        "PF_MEMALLOC": ["clear", "set"],
        "thp_migration": ["supported", "unsupported"],
    }


def test_every_choice_has_a_text_of_its_own() -> None:
    """
    The choices are the calls that give a result, page->mapping and the parameters.
    """
    answering = {call for p in VOCABULARY.primitives.values() if p.answers for call in p.calls()}
    parameters = {"mode", "force", "reason", "put_new_page", "PF_MEMALLOC"}
    assert set(VOCABULARY.choices) == answering | parameters | {MAPPING.text}


def test_markers_of_the_faults() -> None:
    """
    Each kind of fault has a marker, and the marker one meaning.
    """
    assert VOCABULARY.markers == {
        "trylock": "trylock_page: another thread holds the lock",
        "writeback": "PageWriteback: the page is under writeback",
        "anon_vma": "page_get_anon_vma: the anon_vma is gone",
        "unmap": "try_to_unmap: some page table still maps the page",
        "enomem": "get_new_page: no memory is left",
        "move": "move_to_new_page: the page cannot be moved: -EAGAIN",
        "hwpoison": "set_hwpoison_free_buddy_page: the page is not free in the buddy system",
    }


def test_cleanup_is_about_rows_that_there_can_be() -> None:
    """
    Each row that a cleanup contract is about is a hold on a subject, and in one contract.
    """
    rows = [text for contract in VOCABULARY.cleanup.values() for text in contract.items]
    known = {f"{hold}({subject})" for hold in VOCABULARY.holds for subject in VOCABULARY.subjects}
    assert (len(rows), set(rows) - known) == (len(set(rows)), set())


def test_final_state_words_every_state() -> None:
    """
    A run's final state has a fact for each word of the vocabulary, and no other.
    """
    final = run("pre").final
    assert {subject: sorted(state) for subject, state in final.items()} == {
        "src": sorted(["on", *(s.name for s in VOCABULARY.states if "src" in s.subjects)]),
        "dst": sorted(["on", *(s.name for s in VOCABULARY.states if "dst" in s.subjects)]),
        "counters": sorted(VOCABULARY.counters),
    }


def test_default_situation_is_that_of_the_default_words() -> None:
    """
    What a scenario does not mention is so as the first word of its aspect says.
    """
    environment = SITUATIONS.situation({}).environment()
    wrong = [
        (aspect.name, text)
        for aspect in VOCABULARY.aspects
        for text, value in aspect.default.answers.items()
        if environment(VOCABULARY.choices[text]) != value
    ]
    assert (wrong, environment(VOCABULARY.choices["mode"])) == ([], "MIGRATE_SYNC")
