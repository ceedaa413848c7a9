# SPDX-License-Identifier: GPL-2.0-only
"""
What the benchmark of lists of pages rests on, without the peers themselves.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from errpath.explore.paths.enumerate import paths
from errpath.language import load
from errpath.migrate.migration import MIGRATE
from errpath.migrate.words import VOCABULARY

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

# The same outcomes, as each peer's model prints them: the page was migrated, and freed; there is
# no memory, and head and tail of a huge page are put back; the walk takes a list head for a page.
SPIN = """\
outcome 1 1 0 1 1 6 4 1 0 0 0
      outcome 0 3 1 0 0 4 0 0 4 9 0
outcome 1 7 0 0 0 5 0 0 5 0 0

(Spin Version 6.5.2 -- 6 December 2019)
"""
TLC = r"""
Computing initial states...
"<<\"outcome\", \"post\", \"over\", \"count\", 0, 1, 1, <<<<\"free\", \"pagevec\", TRUE>>, <<\"absent\", \"absent\", FALSE>>>>>>"
"<<\"outcome\", \"pre\", \"over\", \"-ENOMEM\", 1, 0, 0, <<<<\"pagevec\", \"absent\", FALSE>>, <<\"pagevec\", \"caller\", FALSE>>>>>>"
"<<\"outcome\", \"post\", \"list-head-as-page\", \"?\", 0, 0, 0, <<<<\"lru\", \"absent\", FALSE>>, <<\"lru\", \"absent\", FALSE>>>>>>"
Model checking completed. No error has been found.
"""  # noqa: E501 - TLC's lines

PAN = """\
State-vector 52 byte, depth reached 1215, errors: 0
     6720 states, stored
"""
TLC_ENDED = "19,544 distinct states found, 0 states left.\nNo error has been found.\n"


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


@pytest.fixture
def outcomes() -> ModuleType:
    """
    Give what outcomes are made of.
    """
    return import_module("outcomes")


def _said(text: str, status: int | None = 0) -> object:
    return import_module("bounded").Bounded(seconds=1, peak=1, status=status, said=text)


def test_outcomes_that_peers_print_are_read(outcomes: ModuleType) -> None:
    """
    What Spin's and TLC's model print is the same, and a run that is stopped is its bug alone.
    """
    place = outcomes.Place
    of_spin = list(import_module("driver_spin").read(SPIN))

    assert of_spin == list(import_module("driver_tlc").read(TLC))
    assert of_spin == [
        outcomes.Outcome(
            "post",
            returns="0",
            succeeded=1,
            poisoned=1,
            places=(
                place("free", "pagevec", migrated=True),
                place("absent", "absent", migrated=False),
            ),
        ),
        outcomes.Outcome(
            "pre",
            returns="-ENOMEM",
            failed=1,
            places=(
                place("pagevec", "absent", migrated=False),
                place("pagevec", "caller", migrated=False),
            ),
        ),
        outcomes.Outcome("post", bug="list-head-as-page"),
    ]


def test_counts_that_are_printed_without_places_are_read(outcomes: ModuleType) -> None:
    """
    An outcome of Spin's model that remembers no places has what is returned and counted.
    """
    found = list(import_module("driver_spin").read("outcome 0 1 2 1\n"))
    assert found == [outcomes.Outcome("pre", returns="2", failed=2, succeeded=1)]


def test_walked_outcomes_are_those_of_all_paths() -> None:
    """
    Going on once from runs that agree loses no outcome and adds none.
    """
    walked = import_module("walked")
    pages = ("a",)
    reference = walked.reference(pages, passes=1, forced_from=4)
    every = paths(
        lambda environment: walked.outcome(reference.run("post", environment), reference.machine),
        MIGRATE.at(walked.ENTRY, pages).vocabulary.rules,
    )

    found = set(walked.walked("post", pages, passes=1, forced_from=4))

    assert found == set(every)
    assert len(found) == 109


def test_models_that_differ_are_not_compared(outcomes: ModuleType) -> None:
    """
    What only one of them has is told, with the first of each side.
    """
    measure = import_module("measure")
    one, other = (outcomes.Outcome("pre", returns=code) for code in ("0", "1"))

    outcomes.same("Spin", "1 page", {one}, {one})
    with pytest.raises(measure.Unmeasured) as found:
        outcomes.same("Spin", "1 page", {one}, {other})

    rest = "failed=0, succeeded=0, poisoned=0, places=())"
    assert str(found.value).splitlines() == [
        "Spin's model is not errpath's: different models are not compared",
        "1 page: 1 outcomes, and errpath has 1",
        "1 outcomes are Spin's alone; the first is",
        f"  Outcome(semantics='pre', bug='', returns='0', {rest}",
        "1 outcomes are errpath's alone; the first is",
        f"  Outcome(semantics='pre', bug='', returns='1', {rest}",
    ]


def test_models_without_an_outcome_are_not_the_same(outcomes: ModuleType) -> None:
    """
    A peer that printed nothing is not compared, whatever it is compared with.
    """
    measure = import_module("measure")
    with pytest.raises(measure.Unmeasured, match="different models are not compared"):
        outcomes.same("TLC", "1 page", set(), set())


def test_choices_of_both_models_are_the_vocabulary_s() -> None:
    """
    Each choice that a list of pages puts is named in each model.
    """
    choices = MIGRATE.at("migrate_pages_and_putback", ("a",)).vocabulary.choices.values()
    for model in ("driver_spin", "driver_tlc"):
        text = import_module(model).MODEL.read_text(encoding="utf-8")
        named = set(re.findall(r"\w+", text))
        assert {choice.name for choice in choices} - named == set(), model


def test_each_contract_of_the_peers_has_a_mutant() -> None:
    """
    TLC's invariants, the assertions of the Promela model and the mutants are of the same contracts.
    """
    laws = [mutant.law for mutant in import_module("driver_mutants").MUTANTS]
    invariants = import_module("driver_tlc").configured()
    asserted = import_module("driver_spin").MODEL.read_text(encoding="utf-8")

    assert len(laws) == len(set(laws))
    assert set(invariants.partition("INVARIANTS")[2].split()) == set(laws)
    assert set(re.findall(r"\bLAW\((\w+), ", asserted)) - {"law"} == set(laws)


def test_each_mutant_is_a_change_of_both_models() -> None:
    """
    Its place is there once, and the contract is not what it changes.
    """
    spin = import_module("driver_spin").MODEL.read_text(encoding="utf-8")
    tla = import_module("driver_tlc").MODEL.read_text(encoding="utf-8")

    for mutant in import_module("driver_mutants").MUTANTS:
        assert mutant.of_spin(spin) != spin
        assert mutant.of_tlc(tla) != tla
        assert "LAW(" not in "".join(mutant.spin)
        assert tla.index(mutant.tlc[0]) < tla.index("\\* The contracts.")


def test_constant_that_the_model_has_not_is_told() -> None:
    """
    A configuration is never left as it was without a word.
    """
    measure, tlc = import_module("measure"), import_module("driver_tlc")
    assert "CONSTANT Places = TRUE\n" in tlc.configured(Places=True)
    with pytest.raises(measure.Unmeasured) as found:
        tlc.configured(Pages=2)
    assert str(found.value) == "the model has 0 constants Pages"


@pytest.mark.parametrize(
    ("peer", "said", "status", "states"),
    [
        ("driver_spin", PAN, 0, (6720, True)),
        ("driver_spin", f"{PAN}Warning: Search not completed\n", 0, (6720, False)),
        ("driver_spin", f"{PAN}Interrupted\n", None, (6720, False)),
        ("driver_spin", "", None, (0, False)),
        ("driver_tlc", TLC_ENDED, 0, (19544, True)),
        ("driver_tlc", "7 states generated, 6 distinct states found (6 ds/min)", None, (6, False)),
    ],
)
def test_search_that_did_not_go_through_all_states_is_known(
    peer: str, said: str, status: int | None, states: tuple[int, bool]
) -> None:
    """
    Who is stopped, or gives up, has not ended, and what it has seen so far is counted.
    """
    assert import_module(peer).states(_said(said, status)) == states


@pytest.mark.parametrize(
    ("peer", "said", "status"),
    [
        ("driver_spin", PAN.replace("errors: 0", "errors: 1"), 0),
        ("driver_spin", "sh: 1: gcc: not found", 127),
        ("driver_tlc", "Invariant C2 is violated", 12),
        ("driver_tlc", "Error: out of memory", 0),
    ],
)
def test_search_that_fails_is_not_measured(peer: str, said: str, status: int) -> None:
    """
    An error is told with what the peer says.
    """
    measure = import_module("measure")
    with pytest.raises(measure.Unmeasured, match=re.escape(said)):
        import_module(peer).states(_said(said, status))


LAWS = """\
# Laws of lists.

law "C1, who has the page" {
    keeps ownership
}

law "C2, nobody looks" {
    keeps touch
}

law "C2, nobody splits" {
    keeps walk
}

law "a list is given up" {
    returns -ENOMEM
}
"""
MORE = """
law "C3, new pages" {
    keeps new_page
}

law "C4, locks" {
    keeps locks
}

law "C5, the putback" {
    keeps balanced
}

law "C8, the counts" {
    keeps counts
}
"""
C2 = """\
# SPDX-License-Identifier: GPL-2.0-only

law "C2, nobody looks" {
    keeps touch
}

law "C2, nobody splits" {
    keeps walk
}
"""


def test_laws_of_the_contracts_alone_are_judged() -> None:
    """
    A law about a list that the peers' models do not have is left out.
    """
    assert import_module("driver_errpath").laws(LAWS + MORE) == C2 + MORE


def test_each_contract_of_the_peers_has_a_law_of_errpath(tmp_path: Path) -> None:
    """
    The project that is measured has the specs' own laws, and each is read.
    """
    errpath = import_module("driver_errpath")

    errpath.set_up(tmp_path / "project")

    loaded = load([tmp_path / "project" / "specs"], root=tmp_path, vocabulary=VOCABULARY)
    laws = [law.name for spec in loaded.specs for law in spec.laws]
    assert loaded.diagnostics == ()
    assert {name.partition(",")[0] for name in laws} == set(errpath.CONTRACTS)


def test_contract_without_a_law_is_told() -> None:
    """
    A verdict that judges less than the peers do is not compared with them.
    """
    measure = import_module("measure")
    with pytest.raises(measure.Unmeasured) as found:
        import_module("driver_errpath").laws(LAWS)
    assert str(found.value) == "no law about lists is of C3, C4, C5, C8"


@pytest.mark.parametrize(
    ("said", "status", "states"),
    [
        ("all paths over these lists are judged", 0, (0, True)),
        ("all paths over these lists are judged", None, (0, False)),
        ("", None, (0, False)),
    ],
)
def test_verdict_of_errpath_is_one_on_all_paths(
    said: str, status: int | None, states: tuple[float, bool]
) -> None:
    """
    One that was stopped has not ended.
    """
    assert import_module("driver_errpath").states(_said(said, status)) == states


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("all paths over these lists are judged, 3 BROKEN of 4", 1),
        ("all paths over these lists are judged", 2),
        ("not all paths were judged", 0),
    ],
)
def test_verdict_that_is_none_is_not_measured(said: str, status: int) -> None:
    """
    What errpath says is told.
    """
    measure = import_module("measure")
    with pytest.raises(measure.Unmeasured) as found:
        import_module("driver_errpath").states(_said(said, status))
    assert str(found.value) == f"errpath verify: {said}"
