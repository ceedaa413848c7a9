# SPDX-License-Identifier: GPL-2.0-only
"""
What a spec file is made of: scenarios, laws and deltas.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from errpath.spec.clause import Clause
from errpath.spec.condition import Condition
from errpath.spec.node import Node
from errpath.spec.situation import Situation


class Commit(BaseModel):
    """
    A commit of the kernel: the first 12 hex digits of its id, and its title.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str


class Entry(Node):
    """
    The function that a contract is about, and the pages that it is given, in their order.

    With `each`, the one name stands for each page of a list, and the list has any length.
    """

    name: str
    pages: tuple[str, ...]
    each: bool = False

    def __str__(self) -> str:
        return f"{self.name}({'each ' if self.each else ''}{', '.join(self.pages)})"


class Contract(Node):
    """
    What scenario, law and delta share: a name, one sentence of reason, citations.

    `identifier` is the name as part of a Python identifier, unique in its file. `entry` is what
    a `run` names; without one, the contract is about the function that the model is of.
    """

    name: str
    identifier: str
    because: str
    commits: tuple[Commit, ...] = ()
    entry: Entry | None = None
    clauses: tuple[Clause, ...]

    def clauses_in(self, semantics: str) -> tuple[Clause, ...]:
        """
        Give the clauses that hold in a semantics.
        """
        return tuple(c for c in self.clauses if not c.semantics or semantics in c.semantics)


class Scenario(Contract):
    """
    One situation with faults, and what must come of it, in each of `semantics`.

    `cases` are the combinations of words and results to run: for each parameter of
    `parameters`, in that order, the word or the result of the case. The parameters are the
    settings that have several words, by the names of their aspects, and then the faults
    that have several results, in the order in which the situation lists both.
    """

    situation: Situation
    semantics: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    cases: tuple[tuple[str, ...], ...] = ((),)


class Exception_(Node):  # noqa: N801 - "exception" is the word, and Python has it taken
    """
    A declared violation of a law: in those semantics, on the paths that meet `when`.
    """

    semantics: tuple[str, ...]
    when: Condition
    because: str


class Law(Contract):
    """
    A property of every path that meets its condition.
    """

    when: Condition | None = None
    semantics: tuple[str, ...]
    exceptions: tuple[Exception_, ...] = ()


class Changed(BaseModel):
    """
    What differs, as a spec names it: a call, a page, a counter, a hold.

    `means` has it in full: every call of that name with those subjects.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    means: tuple[str, ...]


class Change(Node):
    """
    One kind of difference, a key of `errpath.spec.change.CHANGES`, and what differs.

    Of the alternatives `of`, each pair of paths shows one; a return code has none.
    """

    kind: str
    of: tuple[Changed, ...] = ()


class Delta(Contract):
    """
    One declared difference between two semantics, on the paths that meet its condition.

    A delta about a list binds attempts on a page: those that meet its condition. A `regression`
    is declared, and it is a fault of the newer semantics all the same.
    """

    old: str
    new: str
    when: Condition | None = None
    changes: tuple[Change, ...]
    regression: bool = False


class Spec(BaseModel):
    """
    One spec file: its path relative to the project, its content hash, what it holds.

    `says` is the comment at its head, without the marks. A file without contracts of its
    own is a library: it defines what others include, and no tests are generated from it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sha256: str
    model: str
    says: str
    scenarios: tuple[Scenario, ...] = ()
    laws: tuple[Law, ...] = ()
    deltas: tuple[Delta, ...] = ()

    @property
    def is_library(self) -> bool:
        """
        Whether the file only defines what others use.
        """
        return not (self.scenarios or self.laws or self.deltas)
