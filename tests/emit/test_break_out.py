# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings

from errpath.emit.render import render
from errpath.spec.contract import Contract, Spec
from tests.emit.specs import scenario, spec
from tests.emit.strategies import HOSTILE, specs
from tests.serving import VOCABULARY


class _Shape(ast.NodeTransformer):
    """
    Forgets what strings say, and keeps everything else.
    """

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("text") if isinstance(node.value, str) else node


def _shape(text: str) -> str:
    return ast.dump(_Shape().visit(ast.parse(text.encode())))


def _texts(text: str) -> set[str]:
    tree = ast.parse(text.encode())
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _tamed(hostile: Spec) -> Spec:
    """
    Give the same spec with harmless words in the place of each free text.
    """
    parts = {
        "scenarios": tuple(map(_tamed_contract, hostile.scenarios)),
        "laws": tuple(map(_tamed_contract, hostile.laws)),
    }
    return hostile.model_copy(update={"says": "harmless", **parts})


def _tamed_contract(one: Contract) -> Contract:
    texts = {"subject", "place", "state", "counter", "contract"}
    clauses = tuple(
        clause.model_copy(update=dict.fromkeys(clause.model_fields_set & texts, "harmless"))
        for clause in one.clauses
    )
    return one.model_copy(update={"name": "harmless", "because": "harmless", "clauses": clauses})


@settings(max_examples=50)
@given(specs(HOSTILE))
def test_text_never_becomes_code(hostile: Spec) -> None:
    """
    Whatever a spec's texts are, the module has the nodes that harmless texts give.
    """
    assert _shape(render(hostile, VOCABULARY)) == _shape(render(_tamed(hostile), VOCABULARY))


@settings(max_examples=50)
@given(specs(HOSTILE))
def test_text_is_kept(hostile: Spec) -> None:
    """
    Each text of a spec is in the module as it is, or with its white space folded.
    """
    wanted = {one.name for one in (*hostile.scenarios, *hostile.laws)}
    wanted |= {" ".join(one.because.split()) for one in (*hostile.scenarios, *hostile.laws)}
    assert wanted - _texts(render(hostile, VOCABULARY)) == set()


@pytest.mark.parametrize(
    "path",
    [
        "specs/coding: utf-7 +AAo-import os+AAo-.errpath",
        "specs/-*- coding=utf-16 -*-.errpath",
        "specs/vim: set fileencoding=rot13 :.errpath",
        'specs/""" + evil() + """.errpath',
        "specs/{{ 7 * 7 }}{% raw %}.errpath",
        "specs/caf\u00e9 \U0001d54f # \\N.errpath",
    ],
)
def test_path_is_only_a_comment(path: str) -> None:
    """
    A spec's path, however it is named, is a comment, and no declaration of an encoding.
    """
    text = render(spec(scenario(), file=path), VOCABULARY)
    plain = render(spec(scenario()), VOCABULARY)
    assert (_shape(text), text.splitlines()[2]) == (_shape(plain), f"# spec: {path}")


@pytest.mark.parametrize("path", ["specs/a\nimport os.errpath", "a\r.errpath", "a\u2028.errpath"])
def test_path_that_cannot_be_a_comment(path: str) -> None:
    """
    A path that would end the comment does not get into a file.
    """
    with pytest.raises(ValueError, match="cannot stand in a comment"):
        render(spec(scenario(), file=path), VOCABULARY)


@pytest.mark.parametrize(
    "hostile",
    [
        scenario(identifier="a(): pass\ndef b"),
        scenario(identifier="caf\u00e9"),
        scenario(semantics=("old\nimport os",)),
        scenario(parameters=("a b",), cases=(("red",),)),
    ],
    ids=["identifier", "not ASCII", "semantics", "parameter"],
)
def test_name_that_is_none(hostile: object) -> None:
    """
    What becomes a name in the file has to be one.
    """
    made = spec().model_copy(update={"scenarios": (hostile,)})
    with pytest.raises(ValueError, match="is not a name that can stand in a generated file"):
        render(made, VOCABULARY)


def test_model_that_is_no_name() -> None:
    """
    The name of the model has to be one too.
    """
    with pytest.raises(ValueError, match="is not a name that can stand in a generated file"):
        render(spec(scenario(), model="toy; import os"), VOCABULARY)
