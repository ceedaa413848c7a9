# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.emit.render import HEADER, render
from errpath.migrate.words import VOCABULARY as MIGRATE
from errpath.spec import clause, condition
from errpath.spec.contract import Entry, Exception_, Spec
from errpath.spec.scope import After, Before, Between, InPass, While
from tests.emit.specs import at, fault, law, pattern, scenario, setting, spec
from tests.golden import check_golden
from tests.serving import VOCABULARY

FOLDER = Path(__file__).parent / "modules"

EVERY_CLAUSE = scenario(
    clause.Returns(at=at(8), codes=(0, -12, -16)),
    clause.Never(at=at(9), pattern=pattern("a()", "try(x) fails")),
    clause.Never(at=at(10), pattern=pattern("a()"), scope=Before(end=pattern("b()"))),
    clause.Calls(at=at(11), pattern=pattern("a()")),
    clause.Calls(at=at(12), pattern=pattern("a()"), at_least=2, at_most=2),
    clause.Calls(
        at=at(13),
        pattern=pattern("a()"),
        at_least=0,
        at_most=1,
        scope=While(hold="LOCK", subject="x"),
    ),
    clause.Precedes(
        at=at(14),
        first=(pattern("a()"), pattern("b()")),
        then=(pattern("copy(x, y) = -EBUSY"),),
        scope=After(start=pattern("c()")),
    ),
    clause.LeadsTo(
        at=at(15),
        cause=(pattern("a()"),),
        effect=(pattern("b()"), pattern("c()")),
        scope=Between(start=pattern("get(x)"), end=pattern("put(x)")),
    ),
    clause.Order(at=at(16), patterns=(pattern("a()"), pattern("b()", "c()"), pattern("d()"))),
    clause.FinallyOn(at=at(17), subject="x", place="shelf"),
    clause.FinallyOn(at=at(18), subject="y", place="shelf", negated=True),
    clause.FinallyState(at=at(19), subject="x", state="sold"),
    clause.FinallyState(at=at(20), subject="y", state="sold", negated=True),
    clause.FinallyCount(at=at(21), counter="STOCK", change=-1),
    clause.Breaks(at=at(22), contract="locks", because="It is known to leak."),
    name='every "clause" there is',
    identifier="every_clause",
    because='Each clause is one call: `run.never(...)`, and so on, "as written".',
)

BY_SEMANTICS = scenario(
    clause.Returns(at=at(30), codes=(-12,), semantics=("old",)),
    clause.Returns(at=at(31), codes=(-16,), semantics=("new",)),
    clause.Never(at=at(32), pattern=pattern("a()")),
    name="the two differ",
    identifier="the_two_differ",
    because="What holds in one semantics only stands in its test only.",
    semantics=("old", "new"),
    settings=(setting("fill", "full", subject="x"),),
    faults=(fault("copy(x, y)", "-EBUSY"), fault("try(x)", "0", on_call=2, times=1)),
)

MARKED = scenario(
    name="some cases are faults",
    identifier="some_cases_are_faults",
    because="A case carries the markers of its own faults.",
    settings=(
        setting("fill", "empty", "full", subject="x"),
        setting("colour", "red", "blue"),
    ),
    parameters=("fill", "colour"),
    cases=(("empty", "red"), ("empty", "blue"), ("full", "red"), ("full", "blue")),
)
RENAMED = scenario(
    name="a parameter is named like something else",
    identifier="renamed",
    because="A parameter that would hide a name of the module gets an underscore.",
    faults=(fault("copy(x, y)", "-ENOMEM", "-EBUSY", parameter="run"),),
    parameters=("run",),
    cases=(("-ENOMEM",), ("-EBUSY",)),
)

PRODUCT = scenario(
    clause.Returns(at=at(7), codes=(0,)),
    name="all combinations",
    identifier="all_combinations",
    because="A full product is written as one.",
    semantics=("post",),
    settings=(
        setting("force", "no", "yes"),
        setting("mode", "MIGRATE_SYNC", "MIGRATE_ASYNC"),
    ),
    parameters=("force", "mode"),
    cases=(
        ("no", "MIGRATE_SYNC"),
        ("no", "MIGRATE_ASYNC"),
        ("yes", "MIGRATE_SYNC"),
        ("yes", "MIGRATE_ASYNC"),
    ),
)

ONE_COLUMN = scenario(
    name="one parameter",
    identifier="one_parameter",
    because="One parameter is a column.",
    semantics=("pre",),
    settings=(setting("force", "no", "yes"),),
    parameters=("force",),
    cases=(("no",), ("yes",)),
)
PLAIN_LAW = law(
    clause.Never(at=at(13), pattern=pattern("a()")),
    name="a is never called",
    identifier="a_is_never_called",
    because="A law without a condition binds every path.",
)

BOUND_LAW = law(
    clause.Returns(at=at(23), codes=(-16,), semantics=("new",)),
    clause.Calls(at=at(24), pattern=pattern("b()")),
    name='what is "busy" stays so',
    identifier="busy",
    because="A law binds the paths that meet its condition.",
    semantics=("old", "new"),
    when=condition.All(
        at=at(20),
        conditions=(
            condition.Made(at=at(20), pattern=pattern("try(x) fails", "try(y) fails")),
            condition.Not(
                at=at(20), condition=condition.Is(at=at(20), aspect="colour", words=("red",))
            ),
            condition.Some(
                at=at(20),
                conditions=(
                    condition.Returned(at=at(20), codes=(0, -12)),
                    condition.Is(at=at(20), aspect="fill", words=("full", "empty")),
                ),
            ),
        ),
    ),
    exceptions=(
        Exception_(
            at=at(26),
            semantics=("old",),
            when=condition.Returned(at=at(26), codes=(-11,)),
            because="It was known to.",
        ),
    ),
)

EXCUSED_LAW = law(
    clause.Never(at=at(33), pattern=pattern("b()")),
    name="b is called where it must be",
    identifier="b_is_called",
    because="An exception needs no condition of the law's.",
    exceptions=(
        Exception_(
            at=at(34),
            semantics=("old",),
            when=condition.Made(at=at(34), pattern=pattern("a()")),
            because="It was known to.",
        ),
    ),
)

ON_A_LIST = scenario(
    clause.Returns(at=at(49), codes=(1,)),
    clause.Never(at=at(50), pattern=pattern("unlock(p)"), scope=InPass(passes=(1, 2))),
    clause.Calls(at=at(51), pattern=pattern("try(p)"), at_most=1, scope=InPass(from_pass=3)),
    clause.FinallyCount(at=at(52), counter="passes", change=3),
    name="what is busy is tried again",
    identifier="tried_again",
    because="A function that is given a list is run on its pages.",
    entry=Entry(at=at(43), name="serve", pages=("p", "q")),
    settings=(
        setting("p_fill", "empty", "full", subject="p"),
        setting("q_fill", "full", subject="q"),
    ),
    faults=(
        fault("try(p)", "0", passes=(1, 2)),
        fault("copy(q, q_new)", "-EBUSY", passes=(1,)),
        fault("copy(q, q_new)", "-ENOMEM", from_pass=2),
    ),
    parameters=("p_fill",),
    cases=(("empty",), ("full",)),
)

LAW_OF_A_LIST = law(
    clause.Never(at=at(63), pattern=pattern("unlock()")),
    name="what is not locked is not unlocked",
    identifier="not_unlocked",
    because="A name can be as long as it likes.",
    entry=Entry(at=at(61), name="serve", pages=("p" * 40, "q" * 40)),
    when=condition.Returned(at=at(62), codes=(2,)),
)

LAW_OF_EACH = law(
    clause.Never(at=at(73), pattern=pattern("unlock(p)")),
    name="a page that is not locked is not unlocked",
    identifier="each_not_unlocked",
    because="What is said of a page is said of each.",
    entry=Entry(at=at(71), name="serve", pages=("p",), each=True),
    when=condition.Made(at=at(72), pattern=pattern("try(p) fails")),
    exceptions=(
        Exception_(
            at=at(74),
            semantics=("old",),
            when=condition.Stopped(at=at(74)),
            because="It was known to.",
        ),
    ),
)
LAW_OF_ALL = law(
    clause.Keeps(at=at(83), contract="locks"),
    name="no lock is left",
    identifier="no_lock",
    because="What names no page is said of the list.",
    entry=Entry(at=at(81), name="serve", pages=("p",), each=True),
)

MODULES: dict[str, Spec] = {
    "on_each_list": spec(laws=(LAW_OF_EACH, LAW_OF_ALL), says="Every list."),
    "on_a_list": spec(ON_A_LIST, laws=(LAW_OF_A_LIST,), says="A list."),
    "every_clause": spec(EVERY_CLAUSE),
    "by_semantics": spec(BY_SEMANTICS, says="What differs.\n\nAnd what does not."),
    "marked": spec(MARKED, RENAMED, says=""),
    "laws": spec(laws=(PLAIN_LAW, BOUND_LAW, EXCUSED_LAW), says="Laws only."),
    "product": spec(PRODUCT, ONE_COLUMN, model="migrate"),
    "migrate": spec(
        scenario(
            clause.Returns(at=at(12, file="specs/a.errpath"), codes=(-11,)),
            clause.FinallyOn(at=at(13, file="specs/a.errpath"), subject="src", place="from_list"),
            at=at(4, file="specs/a.errpath"),
            name="the source page is locked",
            identifier="the_source_page_is_locked",
            because="A locked page is left to a later pass.",
            semantics=("pre", "post"),
            settings=(
                setting("kind", "file", "anon", "movable", subject="src"),
                setting("lock", "locked", subject="src"),
                setting("mode", "MIGRATE_SYNC", "MIGRATE_ASYNC"),
            ),
            parameters=("kind", "mode"),
            cases=(
                ("file", "MIGRATE_SYNC"),
                ("anon", "MIGRATE_SYNC"),
                ("movable", "MIGRATE_ASYNC"),
            ),
        ),
        file="specs/a.errpath",
        model="migrate",
        says="The lock of the source page.",
    ),
}


@pytest.mark.parametrize("name", MODULES)
def test_module(name: str) -> None:
    """
    A spec gives this module, to the letter (ERRPATH_UPDATE=1 rewrites what is expected).
    """
    vocabulary = MIGRATE if MODULES[name].model == "migrate" else VOCABULARY
    check_golden(FOLDER / f"{name}.txt", render(MODULES[name], vocabulary))


def test_every_expected_module_has_a_spec() -> None:
    """
    No file of an expected module is left over.
    """
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_module_ends_with_one_newline(name: str) -> None:
    """
    A module begins with its licence and errpath's header, and ends with one newline.
    """
    vocabulary = MIGRATE if MODULES[name].model == "migrate" else VOCABULARY
    text = render(MODULES[name], vocabulary)
    lines = text.splitlines()
    assert (lines[0], lines[1].startswith(HEADER), text[-1:], text[-2:].isspace()) == (
        "# SPDX-License-Identifier: GPL-2.0-only",
        True,
        "\n",
        False,
    )


def test_rendering_again_gives_the_same() -> None:
    """
    Nothing of the moment or the machine gets into a module.
    """
    one, other = (render(MODULES["migrate"], MIGRATE) for _ in range(2))
    assert one == other
