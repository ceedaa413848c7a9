# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.events import Patterns
from errpath.contracts.situation import Situations
from errpath.kernel.pages.listed_page import ENDINGS
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.reference import ListReference
from tests.migrate.pages.running import SEMANTICS, run

ENTRIES = ("migrate_pages", "migrate_pages_and_putback")
VOCABULARY = MIGRATE.at("migrate_pages", ("a", "b")).vocabulary


def test_entries_of_the_model() -> None:
    """
    The model of one page offers the functions above it, by their names and what they take.
    """
    assert (MIGRATE.vocabulary.entry, MIGRATE.vocabulary.pages) == ("unmap_and_move", ())
    assert [*MIGRATE.vocabulary.entries] == [*MIGRATE.entries] == [*ENTRIES]
    for name, entry in MIGRATE.vocabulary.entries.items():
        found = entry.on(("a", "b"))
        assert found is MIGRATE.at(name, ("a", "b")).vocabulary
        assert (found.entry, found.pages) == (name, ("a", "b"))
        assert (entry.most, entry.passes, entry.counts, entry.endings) == (16, 10, True, ENDINGS)
    with pytest.raises(KeyError):
        MIGRATE.at("no_such_entry", ("a",))


def test_largest_list_runs() -> None:
    """
    A list of as many pages as an entry takes can be run.
    """
    most = MIGRATE.vocabulary.entries["migrate_pages"].most
    pages = " ".join(f"p{number}" for number in range(most))
    found = run("post", pages)
    assert (found.returns, found.final["counters"]["PGMIGRATE_SUCCESS"]) == (0, most)


def test_subjects() -> None:
    """
    What belongs to a page is named after it.
    """
    assert VOCABULARY.subjects == (
        *("a", "b", "a_tail", "b_tail"),
        *("a_new", "b_new", "a_tail_new", "b_tail_new"),
        *("a_anon_vma", "b_anon_vma", "a_tail_anon_vma", "b_tail_anon_vma"),
        *("a_mapping", "b_mapping", "current"),
    )


def test_aspects_have_names_of_their_own_and_labels() -> None:
    """
    The aspects of two pages have two names, and on their lines the same label.
    """
    names = [aspect.name for aspect in VOCABULARY.aspects]
    assert len(set(names)) == len(names)
    labels = {name: [a.short for a in VOCABULARY.aspects_of(name)] for name in ("a", "b", "a_tail")}
    assert labels["a"] == labels["b"]
    assert labels["a_tail"] == ["mapping", "mapped", "private", "writeback", "lock", "count"]
    assert [a.name for a in VOCABULARY.aspects_of("a")][:2] == ["a_kind", "a_mapping"]
    assert [*VOCABULARY.settings] == [
        *("mode", "reason", "put_new_page", "PF_MEMALLOC", "thp_migration", "PF_SWAPWRITE")
    ]


def test_words_on_a_line_differ() -> None:
    """
    On the line of a page each word stands for one thing.
    """
    for page in ("a", "a_tail"):
        words = [word.name for aspect in VOCABULARY.aspects_of(page) for word in aspect.words]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("page", ["a", "b", "a_tail", "b_tail"])
def test_words_answer_choices_of_their_page(page: str) -> None:
    """
    Each word of a page answers choices that there are, about that page or about none.
    """
    texts = {
        text
        for aspect in VOCABULARY.aspects_of(page)
        for word in aspect.words
        for text in word.answers
    }
    assert texts <= set(VOCABULARY.choices)
    assert {VOCABULARY.choices[text].subject for text in texts} <= {page, None}


def test_rules_name_choices() -> None:
    """
    What a rule excludes is a choice, and one of its answers.
    """
    for rule in VOCABULARY.rules.rules:
        for text, value in rule.excludes.items():
            assert value in VOCABULARY.choices[text].values


def test_each_page_has_the_rules_of_one_page() -> None:
    """
    The rules of a page are those of unmap_and_move()'s, and those of lists beside them.
    """
    says = [rule.says for rule in VOCABULARY.rules.rules]
    for rule in MIGRATE.vocabulary.rules.rules:
        assert says.count(rule.says) in {2, 4}


def test_rules_of_a_tail_ask_its_head_for_the_kind() -> None:
    """
    Nobody asks a tail what kind it is: it is what its head is, and no KSM page.
    """
    excludes = [
        dict(rule.excludes)
        for rule in VOCABULARY.rules.rules
        if any("a_tail" in text for text in rule.excludes)
    ]
    assert excludes == [
        {"PageAnon(a)": 1, "a_tail->mapping": "NULL"},
        {"a_tail->mapping": "NULL", "page_mapped(a_tail)": 1},
        {"page_count(a_tail)": 1, "page_mapped(a_tail)": 1},
        {"PageAnon(a)": 1, "page_get_anon_vma(a_tail)": "NULL", "page_mapped(a_tail)": 1},
    ]


def test_default_situation_breaks_no_rule() -> None:
    """
    What a scenario gets when it says nothing can be.
    """
    answers = Situations(VOCABULARY).situation({}).answers
    assert VOCABULARY.rules.broken_by({c.text: value for c, value in answers.items()}) is None


def test_machine_asks_the_vocabulary_s_choices() -> None:
    """
    What a run asks is what the vocabulary declares, the same object and not one like it.
    """
    answers = Situations(VOCABULARY).situation({"a": "thp", "b": "hugetlb"}).answers
    for semantics in SEMANTICS:
        found = ListReference(("a", "b")).run(semantics, answers.__getitem__)
        assert found.returns == 0


@pytest.mark.parametrize("entry", ENTRIES)
def test_final_state_has_every_place_and_state(entry: str) -> None:
    """
    What a `finally` clause can say is in the final state, and the other way round.
    """
    vocabulary = MIGRATE.at(entry, ("a", "b")).vocabulary
    final = run("post", "a b").final
    counters = final.pop("counters")
    said = {(subject, s.name) for s in vocabulary.states for subject in s.subjects}
    found = {(subject, name) for subject, state in final.items() for name in state if name != "on"}
    assert (found, [*counters]) == (said, [*vocabulary.counters])
    assert {state["on"] for state in final.values()} <= set(vocabulary.places)


def test_each_row_of_the_ledger_has_one_contract() -> None:
    """
    What can be held is the business of one cleanup contract.
    """
    items = [text for contract in VOCABULARY.cleanup.values() for text in contract.items]
    assert len(set(items)) == len(items)
    declared = {
        f"{p.takes.name}({p.taken_on(names)})"
        for p in VOCABULARY.primitives.values()
        if p.takes
        for names in p.named()
    }
    assert declared <= set(items)


def test_every_call_can_be_written_in_a_pattern() -> None:
    """
    The events of a run are among those that patterns mean.
    """
    patterns = Patterns(VOCABULARY)
    for words in ({"a": "thp", "thp_migration": "unsupported"}, {"a": "hugetlb"}):
        for event in run("pre", "a b", words).trace:
            assert event in patterns.meant_by(event.call)
    assert {event.text for event in patterns.meant_by("split_huge_page_to_list(a) fails")} == {
        "split_huge_page_to_list(a) = -EBUSY"
    }
