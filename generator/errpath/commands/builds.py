# SPDX-License-Identifier: GPL-2.0-only
"""
What the commands that run C have in common: which C, and why it cannot be run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from errpath.commands.status import UNUSABLE, complain, unusable

if TYPE_CHECKING:
    from errpath.native.build.build import Build
    from errpath.native.tree.functions import Function

Command = TypeVar("Command", bound=Callable[..., Any])


def which_c(command: Command) -> Command:
    """
    Add the options that say which C is meant: `tree` and `patch`, or `built`.
    """
    return tree_and_patch(
        click.option(
            "--build",
            "built",
            type=click.Path(path_type=Path),
            metavar="BUILD",
            help="A folder that `errpath native build` has made, in the place of a tree.",
        )(command)
    )


def tree_and_patch(command: Command) -> Command:
    """
    Add the options that name a tree and a patch for it.
    """
    tree = click.option(
        "--tree",
        type=click.Path(path_type=Path),
        metavar="LINUX",
        help="The Linux source tree; it is only read.",
    )
    patch = click.option(
        "--patch",
        type=click.Path(path_type=Path),
        metavar="MAIL",
        help="A patch that is applied in memory: a diff, a mail, an mbox, or a reply.",
    )
    return tree(patch(command))


@contextmanager
def refusals() -> Iterator[None]:
    """
    End with status 2 and a line for each reason, if a tree, patch or build cannot be used.
    """
    from errpath.native.refusal import RefusedError  # noqa: PLC0415 - --help needs none

    try:
        yield
    except RefusedError as error:
        for problem in error.problems:
            complain(str(problem))
        raise SystemExit(UNUSABLE) from None


def build_of(tree: Path | None, patch: Path | None, built: Path | None = None) -> Build:
    """
    Build what the options say, or load it; ends with status 2 if that cannot be done.
    """
    _one_of(tree, patch, built)
    with refusals():
        if built is not None:
            from errpath.native.build.build import load  # noqa: PLC0415 - see above

            return load(built)
        assert tree is not None  # noqa: S101 - it is the one that was given
        return _built(tree, patch)


def _built(tree: Path, patch: Path | None) -> Build:
    from errpath.native.build.build import build  # noqa: PLC0415 - see above

    if patch is None:
        from errpath.native.tree.tree import tree_at  # noqa: PLC0415

        return build(tree_at(tree))
    from errpath.native.review.case import case_of  # noqa: PLC0415

    case = case_of(patch, tree)
    return build(case.tree, case.after, hunks=list(map(str, case.hunks)))


def _one_of(tree: Path | None, patch: Path | None, built: Path | None) -> None:
    if (tree is None) is (built is None):
        raise unusable("one of --tree and --build says which C is meant")
    if built is not None and patch is not None:
        raise unusable("--patch is for a tree: what --build names has its patch, if any")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """
    A text of the file that the functions under contract are in, and its name.

    Only one of `text` and `build` is there: a build has nothing but its functions.
    """

    says: str
    text: str = ""
    build: Build | None = None

    def functions(self) -> Mapping[str, Sequence[Function]]:
        """
        Give the functions by their names.
        """
        if self.build:
            return {one.name: (one,) for one in self.build.functions}
        from errpath.native.tree.functions import all_functions  # noqa: PLC0415 - see above

        return all_functions(self.text)


def text_of(tree: Path | None, patch: Path | None, built: Path | None) -> Text:
    """
    Read what the options say, and compile nothing; ends with status 2 if it cannot be read.
    """
    _one_of(tree, patch, built)
    if tree is None:
        build = build_of(tree, patch, built)
        return Text(says=said_of(build), build=build)
    with refusals():
        from errpath.native.tree.tree import MIGRATE, tree_at  # noqa: PLC0415 - see above

        found = tree_at(tree)
        if patch is None:
            return Text(says=_said(MIGRATE, found.version, patched=False), text=found.text())
        from errpath.native.review.case import case_of  # noqa: PLC0415

        after = case_of(patch, tree).after
        return Text(says=_said(MIGRATE, found.version, patched=True), text=after)


def said_of(build: Build) -> str:
    """
    Name the C of a build.
    """
    return _said(build.file, build.version, patched=build.patched)


def _said(file: str, version: str, *, patched: bool) -> str:
    return f"{file} of Linux {version}{', patched' if patched else ''}"
