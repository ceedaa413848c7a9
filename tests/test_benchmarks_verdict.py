# SPDX-License-Identifier: GPL-2.0-only
"""
What the benchmark of the verdict rests on, without the peers themselves.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from errpath.migrate.words import VOCABULARY
from errpath.vocabulary.choice import Value
from errpath.vocabulary.errno import spell

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

# The same pairs, as each peer's model prints them: a huge page that cannot be migrated, no
# memory for a page whose lock is then busy, and a new page that is given back.
SPIN = """\
pair 1 12 2004 1 12 2004
pair 2 22 132 1082 2004 2 22 51 1001 62 74 82 2002
pair 2 22 131 1081 32 51 1001 62 74 82 221 1230 2002 2 22 51 1001 62 74 82 2002

(Spin Version 6.5.2 -- 6 December 2019)
"""
TLC = r"""
Computing initial states...
"<<\"pair\", <<\"thp_migration_supported(): 0\", \"PageTransHuge(src): 1\">>, \"-ENOMEM\", <<\"thp_migration_supported(): 0\", \"PageTransHuge(src): 1\">>, \"-ENOMEM\">>"
"<<\"pair\", <<\"thp_migration_supported(): 1\", \"page_count(src): 2\", \"get_new_page(src): NULL\", \"get_new_page(src) = NULL\">>, \"-ENOMEM\", <<\"thp_migration_supported(): 1\", \"page_count(src): 2\", \"trylock_page(src): 0\", \"trylock_page(src) = 0\", \"force: yes\", \"mode: MIGRATE_SYNC_NO_COPY\", \"PF_MEMALLOC: set\">>, \"-EAGAIN\">>"
"<<\"pair\", <<\"thp_migration_supported(): 1\", \"page_count(src): 2\", \"get_new_page(src): dst\", \"get_new_page(src) = dst\", \"__PageMovable(src): 1\", \"trylock_page(src): 0\", \"trylock_page(src) = 0\", \"force: yes\", \"mode: MIGRATE_SYNC_NO_COPY\", \"PF_MEMALLOC: set\", \"put_new_page: given\", \"put_new_page(dst)\">>, \"-EAGAIN\", <<\"thp_migration_supported(): 1\", \"page_count(src): 2\", \"trylock_page(src): 0\", \"trylock_page(src) = 0\", \"force: yes\", \"mode: MIGRATE_SYNC_NO_COPY\", \"PF_MEMALLOC: set\">>, \"-EAGAIN\">>"
Model checking completed. No error has been found.
"""  # noqa: E501 - TLC's lines

COUNTS = (
    "3,277 pairs; "
    "pre 3,151 paths (632 -EAGAIN, 356 -EBUSY, 320 -EINVAL, 320 -EIO, 323 -ENOMEM, 1,200 0), "
    "411 distinct; "
    "post 3,185 paths (590 -EAGAIN, 338 -EBUSY, 320 -EINVAL, 320 -EIO, 417 -ENOMEM, 1,200 0), "
    "422 distinct"
)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_pairs_that_peers_print_are_errpath_s() -> None:
    """
    What Spin's and TLC's model print is read as the pairs of paths that errpath has too.
    """
    of_errpath = import_module("histories").of_errpath()
    of_spin = import_module("with_spin").read(SPIN)
    of_tlc = import_module("with_tlc").read(TLC)

    assert of_spin == of_tlc
    assert of_spin.total() == 3
    assert of_spin <= of_errpath


def test_line_that_is_no_pair_is_told() -> None:
    """
    A history without its end is not taken for a path.
    """
    measure = import_module("measure")
    with pytest.raises(measure.Unmeasured, match=r"^no pair of histories: 2 22 2004$"):
        import_module("with_spin").read("pair 2 22 2004\n")


def test_models_that_are_the_same_are_compared() -> None:
    """
    Nothing is said of a peer that has each pair once, and the counts are the model's.
    """
    histories = import_module("histories")
    expected = histories.of_errpath()

    histories.same("Spin", Counter(expected), expected)

    assert histories.counts(expected) == COUNTS


def test_models_that_differ_are_not_compared() -> None:
    """
    What only one of them has is told, with one path of each side.
    """
    histories, measure = import_module("histories"), import_module("measure")
    one, other = (
        histories.path([f"trylock_page(src): {answer}", "list_del(src)"], "-EAGAIN")
        for answer in "01"
    )
    counts = "1 pairs; pre 1 paths (1 -EAGAIN), 1 distinct; post 1 paths (1 -EAGAIN), 1 distinct"

    with pytest.raises(measure.Unmeasured) as found:
        histories.same("TLC", Counter([(one, one)]), Counter([(one, other)]))

    assert str(found.value).splitlines() == [
        "TLC's model is not errpath's: different models are not compared",
        f"TLC: {counts}",
        f"errpath: {counts}",
        "1 pairs are TLC's alone; one of them:",
        "  -EAGAIN: trylock_page(src): 0",
        "  -EAGAIN: trylock_page(src): 0",
        "1 pairs are errpath's alone; one of them:",
        "  -EAGAIN: trylock_page(src): 0",
        "  -EAGAIN: trylock_page(src): 1",
    ]


def test_models_without_a_pair_are_not_the_same() -> None:
    """
    A peer that printed nothing is not compared, whatever it is compared with.
    """
    histories, measure = import_module("histories"), import_module("measure")
    with pytest.raises(measure.Unmeasured, match="different models are not compared"):
        histories.same("Spin", Counter(), Counter())


def test_questions_of_the_promela_model_are_the_vocabulary_s() -> None:
    """
    Each choice has its number there, with its answers and no others.
    """
    table = import_module("with_spin")._QUESTIONS

    def spelled(value: Value) -> str:
        return spell(value) if isinstance(value, int) and value < 0 else str(value)

    assert {question: set(answers) for question, answers in table} == {
        text: set(map(spelled, choice.values)) for text, choice in VOCABULARY.choices.items()
    }


def test_questions_of_the_tla_model_are_the_vocabulary_s() -> None:
    """
    Each choice is named among its questions, and nothing else is.
    """
    text = import_module("with_tlc").MODEL.read_text(encoding="utf-8")
    named = re.search(r"Questions == \{(.*?)\}", text, flags=re.DOTALL)
    assert named is not None
    assert set(re.findall(r'"(.*?)"', named[1])) == VOCABULARY.choices.keys()


def test_each_law_of_the_peers_has_a_mutant() -> None:
    """
    TLC's invariants, the assertions of the Promela model and the mutants are of the same laws.
    """
    laws = [mutant.law for mutant in import_module("mutants").MUTANTS]
    invariants = import_module("with_tlc").CONFIGURATION.read_text(encoding="utf-8")
    asserted = import_module("with_spin").MODEL.read_text(encoding="utf-8")

    assert len(laws) == len(set(laws))
    assert set(invariants.partition("INVARIANTS")[2].split()) == set(laws)
    assert set(re.findall(r"\bLAW\((\w+), ", asserted)) - {"law"} == set(laws)


def test_each_mutant_is_a_change_of_both_models() -> None:
    """
    Its place is there once, and the law is not what it changes.
    """
    spin = import_module("with_spin").MODEL.read_text(encoding="utf-8")
    tla = import_module("with_tlc").MODEL.read_text(encoding="utf-8")

    for mutant in import_module("mutants").MUTANTS:
        assert mutant.of_spin(spin) != spin
        assert mutant.of_tlc(tla) != tla
        assert "LAW(" not in "".join(mutant.spin)
        assert tla.index(mutant.tlc[0]) < tla.index("\\* The laws.")


def test_mutant_whose_place_is_gone_is_told() -> None:
    """
    A model that is changed and its mutants not is noticed.
    """
    mutants, measure = import_module("mutants"), import_module("measure")
    mutant = mutants.Mutant("C1", "a bug", spin=("list_del()", ""), tlc=("", ""))
    with pytest.raises(measure.Unmeasured) as found:
        mutant.of_spin("put_page()")
    assert str(found.value) == "a mutant's place is there 0 times: list_del()"


def test_tool_that_cannot_be_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Where there is no apt-get, what to install is said.
    """
    environment, measure = import_module("environment"), import_module("measure")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(measure.Unmeasured) as found:
        environment.system("spin", "spin")

    assert str(found.value) == "there is no spin here; as root, on Debian: apt-get install spin"


def test_tool_that_is_there_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nothing is installed over it.
    """
    tool = tmp_path / "spin"
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    import_module("environment").system("spin", "spin")

    assert [file.name for file in tmp_path.iterdir()] == ["spin"]


def test_memory_that_grows_is_seen(tmp_path: Path) -> None:
    """
    The peak at the first words is apart from the peak of the whole; the starter is in neither.
    """
    words = "sys.stdout.write('x' * 200_000); sys.stdout.flush()"
    flat = [sys.executable, "-I", "-S", "-c", f"import sys; {words}"]
    grows = [*flat[:-1], f"import sys; {words}; kept = bytes(range(256)) * 200_000"]

    steady, growing = import_module("memory").peaks(flat, grows, folder=tmp_path, rounds=1)

    assert growing.whole > growing.early + 40
    assert steady.whole < steady.early + 10


def test_memory_of_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    """
    What it exits with is told.
    """
    measure = import_module("measure")
    argv = [sys.executable, "-c", "raise SystemExit(3)"]
    with pytest.raises(measure.Unmeasured, match=r": exit 3$"):
        import_module("memory").peaks(argv, folder=tmp_path, rounds=1)
