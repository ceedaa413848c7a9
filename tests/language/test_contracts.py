# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import pytest

from errpath.spec.clause import FinallyOn, FinallyState, Never, Returns
from errpath.spec.condition import All, Condition, Is, Made, Not, Returned, Some
from errpath.spec.contract import Change, Changed, Commit, Delta, Law, Scenario, Spec
from errpath.spec.node import Location
from errpath.spec.pattern import Call, Outcome, Pattern
from errpath.spec.situation import Injection, Setting, Situation
from tests.language.reading import load_spec, load_texts, problems


def at(line: int, column: int) -> Location:
    """
    Give a place in the spec of a test.
    """
    return Location(file="a.errpath", line=line, column=column)


WHOLE: Final = """\
# SPDX-License-Identifier: GPL-2.0-only
# What a failed get_new_page()
# leaves behind.
#
#   An example.

# No part of it.

situation "an orphan" {
    src: file, no_mapping
}

contract "it stays" {
    finally src on from_list
    pre: finally src isolated
}

scenario "no memory" {
    because "Without memory, nothing moves."
    commit 32665f2bbfed "mm, migrate: \\"title\\""
    commit dd4ae78a21fc "mm: migrate"
    use "an orphan"
    mode: MIGRATE_SYNC | MIGRATE_ASYNC
    fail get_new_page(src)

    returns -ENOMEM
    pre {
        use "it stays"
    }
}

law "a law" {
    because "A reason."
    when trylock_page(src) fails and not force is yes
    post: never get_new_page(src)
}

delta pre -> post "a delta" {
    because "A reason."
    changes holds PG_locked(src)
    changes returns
    when get_new_page(src) fails
    pre: returns -ENOMEM
    post: returns -EAGAIN
}
"""

MADE: Final = Made(
    at=at(34, 10),
    pattern=Pattern(
        calls=(Call(primitive="trylock_page", subjects=("src",), result=Outcome.FAILS),)
    ),
)

SPEC: Final = Spec(
    file="a.errpath",
    sha256=hashlib.sha256(WHOLE.encode()).hexdigest(),
    model="migrate",
    says="What a failed get_new_page()\nleaves behind.\n\n  An example.",
    scenarios=(
        Scenario(
            at=at(18, 1),
            name="no memory",
            identifier="no_memory",
            because="Without memory, nothing moves.",
            commits=(
                Commit(id="32665f2bbfed", title='mm, migrate: "title"'),
                Commit(id="dd4ae78a21fc", title="mm: migrate"),
            ),
            clauses=(
                Returns(at=at(26, 5), codes=(-12,)),
                FinallyOn(at=at(14, 5), semantics=("pre",), subject="src", place="from_list"),
                FinallyState(at=at(15, 10), semantics=("pre",), subject="src", state="isolated"),
            ),
            semantics=("pre", "post"),
            situation=Situation(
                settings=(
                    Setting(aspect="kind", subject="src", words=("file",)),
                    Setting(aspect="mapping", subject="src", words=("no_mapping",)),
                    Setting(aspect="mode", subject=None, words=("MIGRATE_SYNC", "MIGRATE_ASYNC")),
                    Setting(aspect="mapped", subject="src", words=("unmapped",), stated=False),
                ),
                faults=(Injection(at=at(24, 5), call="get_new_page(src)", results=("NULL",)),),
            ),
            parameters=("mode",),
            cases=(("MIGRATE_SYNC",), ("MIGRATE_ASYNC",)),
        ),
    ),
    laws=(
        Law(
            at=at(32, 1),
            name="a law",
            identifier="a_law",
            because="A reason.",
            clauses=(
                Never(
                    at=at(35, 11),
                    semantics=("post",),
                    pattern=Pattern(calls=(Call(primitive="get_new_page", subjects=("src",)),)),
                ),
            ),
            when=All(
                at=at(34, 10),
                conditions=(
                    MADE,
                    Not(
                        at=at(34, 42),
                        condition=Is(at=at(34, 42), aspect="force", words=("yes",)),
                    ),
                ),
            ),
            semantics=("post",),
        ),
    ),
    deltas=(
        Delta(
            at=at(38, 1),
            name="a delta",
            identifier="a_delta",
            because="A reason.",
            clauses=(
                Returns(at=at(43, 10), semantics=("pre",), codes=(-12,)),
                Returns(at=at(44, 11), semantics=("post",), codes=(-11,)),
            ),
            old="pre",
            new="post",
            when=Made(
                at=at(42, 10),
                pattern=Pattern(
                    calls=(Call(primitive="get_new_page", subjects=("src",), result=Outcome.FAILS),)
                ),
            ),
            changes=(
                Change(
                    at=at(40, 5),
                    kind="holds",
                    of=(Changed(text="PG_locked(src)", means=("PG_locked(src)",)),),
                ),
                Change(at=at(41, 5), kind="returns"),
            ),
        ),
    ),
)


def test_a_file_becomes_its_spec(tmp_path: Path) -> None:
    """
    Every construct, to the last field.
    """
    assert load_spec(tmp_path, WHOLE) == SPEC


def is_(column: int, aspect: str, *words: str) -> Is:
    """
    Give a condition on a word.
    """
    return Is(at=at(3, column), aspect=aspect, words=words)


def returned(column: int, *codes: int) -> Returned:
    """
    Give a condition on the return code.
    """
    return Returned(at=at(3, column), codes=codes)


CONDITIONS: dict[str, Condition] = {
    "src is anon | ksm": is_(10, "kind", "anon", "ksm"),
    "mode is MIGRATE_ASYNC": is_(10, "mode", "MIGRATE_ASYNC"),
    "returns -EAGAIN | 0": returned(10, -11, 0),
    "not returns 0": Not(at=at(3, 14), condition=returned(14, 0)),
    "(returns 0)": returned(11, 0),
    "returns 0 and force is no or src is file": Some(
        at=at(3, 10),
        conditions=(
            All(at=at(3, 10), conditions=(returned(10, 0), is_(24, "force", "no"))),
            is_(39, "kind", "file"),
        ),
    ),
    "returns 0 and (force is no or src is file)": All(
        at=at(3, 10),
        conditions=(
            returned(10, 0),
            Some(at=at(3, 25), conditions=(is_(25, "force", "no"), is_(40, "kind", "file"))),
        ),
    ),
    "get_new_page(src) = NULL | trylock_page(dst)": Made(
        at=at(3, 10),
        pattern=Pattern(
            calls=(
                Call(primitive="get_new_page", subjects=("src",), result="NULL"),
                Call(primitive="trylock_page", subjects=("dst",)),
            )
        ),
    ),
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_becomes_its_model(text: str, tmp_path: Path) -> None:
    """
    `not` binds before `and`, `and` before `or`.
    """
    spec = load_spec(
        tmp_path, f'law "a" {{\n    because "A reason."\n    when {text}\n    returns 0\n}}\n'
    )

    assert spec.laws[0].when == CONDITIONS[text]


@pytest.mark.parametrize(
    ("body", "semantics"),
    [
        ("returns 0", ("pre", "post")),
        ("post: returns 0", ("post",)),
        ("post: returns 0\npre: returns 0", ("pre", "post")),
        ("returns 0\npost: never get_new_page(src)", ("pre", "post")),
        ("only post\nreturns 0", ("post",)),
        ("only post, pre\nreturns 0", ("pre", "post")),
    ],
)
def test_a_law_holds_where_it_says_something(
    body: str, semantics: tuple[str, ...], tmp_path: Path
) -> None:
    """
    It need not say which semantics it is about, if its clauses do.
    """
    spec = load_spec(tmp_path, f'law "a" {{\nbecause "A reason."\n{body}\n}}\n')

    assert spec.laws[0].semantics == semantics


def test_a_scenario_runs_in_every_semantics_or_only_in_those_it_names(tmp_path: Path) -> None:
    """
    `only` is the one way to leave a semantics out.
    """
    spec = load_spec(
        tmp_path,
        'scenario "a" {\nbecause "A reason."\nreturns 0\n}\n'
        'scenario "b" {\nbecause "A reason."\nonly pre\npre: returns 0\n}\n',
    )

    assert [scenario.semantics for scenario in spec.scenarios] == [("pre", "post"), ("pre",)]


def test_a_used_contract_brings_the_clauses_of_the_semantics(tmp_path: Path) -> None:
    """
    In a block only those that hold there; what is left of none of them is the author's.
    """
    spec = load_spec(
        tmp_path,
        'contract "a" {\n'
        "returns 0\n"
        "pre: never get_new_page(src)\n"
        "post: never put_page(dst)\n"
        "}\n"
        'scenario "b" {\nbecause "A reason."\nonly post\nuse "a"\n}\n'
        'law "c" {\nbecause "A reason."\npre: use "a"\n}\n',
    )

    def lines(contract: Scenario | Law) -> list[tuple[int, tuple[str, ...]]]:
        return [(clause.at.line, clause.semantics) for clause in contract.clauses]

    assert lines(spec.scenarios[0]) == [(2, ()), (4, ("post",))]
    assert lines(spec.laws[0]) == [(2, ("pre",)), (3, ("pre",))]


def test_a_file_of_definitions_is_a_library(tmp_path: Path) -> None:
    """
    It gives a spec without contracts, from which nothing is generated.
    """
    loaded = load_texts(
        tmp_path,
        {
            "a.errpath": 'situation "s" {\n  src: file\n}\n',
            "b.errpath": 'include "a.errpath"\n',
            "c.errpath": 'include "a.errpath"\nlaw "l" {\n  because "x"\n  returns 0\n}\n',
        },
    )

    assert problems(loaded) == ""
    assert [(spec.file, spec.is_library) for spec in loaded.specs] == [
        ("a.errpath", True),
        ("b.errpath", True),
        ("c.errpath", False),
    ]
