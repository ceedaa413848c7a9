# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import re

import pytest

from errpath.contracts.judge import judged
from errpath.contracts.scenario import Suite, cases
from errpath.contracts.situation import Nth
from errpath.spec.clause import Calls, FinallyCount, Returns
from errpath.spec.contract import Entry
from errpath.spec.scope import InPass
from tests import serving
from tests.emit.specs import at, fault, law, pattern, scenario, setting

P_AND_Q = Entry(at=at(4), name="serve", pages=("p", "q"))

TRIED_AGAIN = scenario(
    Returns(at=at(9), codes=(0,)),
    Calls(at=at(10), pattern=pattern("try(p)"), at_most=1, scope=InPass(passes=(1, 2, 3))),
    FinallyCount(at=at(11), counter="passes", change=3),
    identifier="tried_again",
    entry=P_AND_Q,
    settings=(setting("colour", "red", "blue"),),
    faults=(
        fault("copy(p, p_new)", "-EBUSY", "-ENOMEM", parameter="copy", passes=(1,)),
        fault("copy(p, p_new)", "-EBUSY", from_pass=2, times=None),
    ),
    parameters=("colour", "copy"),
    cases=(("red", "-EBUSY"), ("blue", "-ENOMEM")),
)


def test_each_function_and_each_list_has_its_stage() -> None:
    """
    Made once; the model's own function has the model's.
    """
    suite = Suite(serving.MODEL)
    stage = suite.stage(TRIED_AGAIN)
    other = scenario(entry=P_AND_Q.model_copy(update={"pages": ("q",)}))

    assert suite.stage(TRIED_AGAIN) is stage
    assert stage.model.vocabulary.pages == ("p", "q")
    assert suite.stage(other).model.vocabulary.pages == ("q",)
    assert suite.stage(scenario()).model is serving.MODEL


def test_cases_of_a_list_are_run_and_judged() -> None:
    """
    With its words, and the faults of one call one after another.
    """
    suite = Suite(serving.MODEL)
    stage = suite.stage(TRIED_AGAIN)
    target = stage.model.reference()
    found = list(suite.cases(TRIED_AGAIN, "old"))

    assert [case.test for case in found] == [
        "test_tried_again__old[red--EBUSY]",
        "test_tried_again__old[blue--ENOMEM]",
    ]
    assert [nth for nth, _ in found[1].situation.nth["copy(p, p_new)"]] == [
        Nth("-ENOMEM", passes=(1,)),
        Nth("-EBUSY", from_pass=2),
    ]
    broken = [
        case.broken(
            target.run("old", case.situation.environment()),
            model=stage.model,
            patterns=stage.patterns,
        )
        for case in found
    ]
    assert [[(one.clause, *one.got) for one in some] for some in broken] == 2 * [
        [("returns 0", "it returns 1")]
    ]


def test_a_scenario_has_no_case_in_a_semantics_of_which_it_says_nothing() -> None:
    """
    As on any stage.
    """
    assert list(Suite(serving.MODEL).cases(TRIED_AGAIN, "new")) == []


def test_what_is_about_another_function_is_not_judged() -> None:
    """
    Its words would mean something else there, or nothing.
    """
    suite = Suite(serving.MODEL)
    own, other = suite.stage(scenario()), suite.stage(TRIED_AGAIN)
    says = "`it works` is about serve(p, q), and is not judged in other words"

    with pytest.raises(ValueError, match=re.escape(says)):
        list(cases(TRIED_AGAIN, "old", own.situations))
    with pytest.raises(ValueError, match="`it works` is about the function that the model is of"):
        list(cases(scenario(), "old", other.situations))
    with pytest.raises(ValueError, match=re.escape("`it always works` is about serve(p, q)")):
        judged(law(entry=P_AND_Q), "old", [], model=own.model, patterns=own.patterns)
