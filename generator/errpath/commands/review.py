# SPDX-License-Identifier: GPL-2.0-only
"""
The command `errpath review`.
"""

from __future__ import annotations

import gc
import json
import re
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from errpath.commands.options import here, listing, specs_folder
from errpath.commands.screen import show
from errpath.commands.status import CLEAN, FINDINGS, UNUSABLE, complain, unusable
from errpath.models import DEFAULT, model
from errpath.native.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.commands.review_told import Form, Told
    from errpath.native.review.case import Case
    from errpath.native.review.guard import Guarded
    from errpath.spec.contract import Law

_LAW: Final = re.compile(rb"^(?:\xef\xbb\xbf)?[^\S\n]*law\b", re.MULTILINE)


@click.command("review")
@click.argument("mail", type=click.Path(path_type=Path))
@click.option(
    "--tree",
    "tree",
    type=click.Path(path_type=Path),
    required=True,
    metavar="LINUX",
    help="The Linux source tree that the patch is for; it is only read.",
)
@specs_folder
@click.option(
    "--examples",
    type=click.Choice(["all", "none"]),
    default="all",
    show_default=True,
    help="Whether differences are shown with their smallest example.",
)
@click.option(
    "--lists",
    is_flag=True,
    help="Compare runs over lists of pages, too, if the patch changes what is called there.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(
    mail: Path, tree: Path, specs: str | None, examples: str, *, lists: bool, as_json: bool
) -> None:
    """
    Judge what the patch in MAIL changes, on the kernel's own C.

    MAIL is a diff, a mail, an mbox with one patch, or an archived reply that quotes a patch;
    `-` is standard input. The functions of the tree's mm/migrate.c are compiled without the
    patch (base) and with it (patched), and both run under the same environment, on every
    pair of paths. The first lines answer: does behaviour change, is anything newly called
    with a lock held, is a law newly broken. Below stands what `errpath diff`, `errpath
    verify` and `errpath locks` show. A patch of what runs over a list of pages is compared
    there, attempt by attempt, which takes about ten times as long; with --lists, so is any
    other. What else the patch changes is listed as not judged.

    Of the laws of the specs, what they say of every semantics is judged: a clause or an
    exception for one semantics alone is neither asked for nor excuses anything. Without
    specs, the cleanup contracts of the model are judged, as always.

    Exit status 0 if the answers are no; 1 if behaviour changes, a law or a cleanup contract
    is newly broken, or a call that may sleep, allocate, reclaim or write back is newly made
    with a lock held; 2 if the patch, or a part of it without which the answers are no, could
    not be judged.

    \b
    Examples:
      errpath review patch.mbox --tree ~/linux
      errpath review reply.txt --tree ~/linux --examples none
      git -C ~/linux format-patch -1 --stdout | errpath review - --tree ~/linux
      errpath review a.mbox --tree ~/linux --json | jq 'select(.kind == "law")'
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    # What is made here is kept until the command ends: there is no garbage to look for.
    gc.disable()
    from errpath.commands.review_told import Form  # noqa: PLC0415 - --help needs none of these
    from errpath.native.review.case import case_of  # noqa: PLC0415
    from errpath.native.review.review import EmptyReviewError  # noqa: PLC0415

    try:
        case = case_of(mail, tree)
        form = Form(examples=examples, as_json=as_json)
        told = _told(case, specs, form, lists=lists)
    except RefusedError as error:
        raise _refused(error) from None
    except EmptyReviewError as error:
        raise unusable(f"nothing is judged: {error}") from None
    _show(case, told, as_json=as_json)
    if any(one.changes for one in told):
        raise SystemExit(FINDINGS)
    whole = not case.touched.unjudged and all(one.whole for one in told)
    raise SystemExit(CLEAN if whole else UNUSABLE)


def _told(case: Case, specs: str | None, form: Form, *, lists: bool) -> list[Told]:
    """
    Build and judge what the patch changes of that which runs, each part in its own process.
    """
    if not case.touched.judged:
        return []
    laws = _laws(specs)
    from errpath.commands.review_told import of_lists, of_page  # noqa: PLC0415
    from errpath.native.review.case import builds_of  # noqa: PLC0415
    from errpath.native.review.guard import Guarded  # noqa: PLC0415
    from errpath.native.target.target import Native  # noqa: PLC0415
    from errpath.native.walk.part import PARTS  # noqa: PLC0415

    builds = builds_of(case)
    begun: list[tuple[str, Guarded[Told]]] = []
    if case.touched.page:
        work = partial(of_page, laws=laws, model=model(DEFAULT), form=form)
        begun.append(("unmap_and_move()", Guarded(work, Native(builds))))
    for part in PARTS if lists or case.touched.lists else ():
        if part.pages:
            sides = [Native(builds, part.entry, part.pages) for _ in builds]
            begun.append((part.name, Guarded(partial(of_lists, part=part, form=form), *sides)))
    return list(_results(begun))


def _results(begun: Sequence[tuple[str, Guarded[Told]]]) -> Iterator[Told]:
    """
    Wait for each part; if one fails, or the user gives up, end the others.
    """
    from errpath.commands.review_told import of_crash  # noqa: PLC0415 - see above
    from errpath.native.review.guard import Crash  # noqa: PLC0415

    waited = deque(begun)
    try:
        while waited:
            name, part = waited.popleft()
            found = part.result()
            yield of_crash(found, name) if isinstance(found, Crash) else found
    finally:
        for _, part in waited:
            part.end()


def _show(case: Case, told: Sequence[Told], *, as_json: bool) -> None:
    if as_json:
        from errpath.commands.review_objects import whole  # noqa: PLC0415

        click.echo(json.dumps(whole(case, told)))
        for found in (found for one in told for found in one.objects):
            click.echo(json.dumps(found))
        return
    from errpath.commands.reviewed import how, not_judged  # noqa: PLC0415

    unchanged = "Behaviour does not change: no line of code does, but comments and blanks."
    first = [line for one in told for line in one.answers]
    if not told and not case.touched.unjudged:
        first = [unchanged]
    rest = [line for one in told for line in one.text]
    show("\n".join([*first, *not_judged(case, other=bool(told)), *rest, *how(case)]))


def _refused(error: RefusedError) -> SystemExit:
    for line in str(error).splitlines():
        complain(line)
    return SystemExit(UNUSABLE)


def _laws(specs: str | None) -> list[Law]:
    """
    Read the laws of the project; a project without specs has none.
    """
    project = here(specs)
    if specs is None and not (project.root / project.specs).exists():
        return []
    names = [
        name
        for name in listing(project.root, (project.specs,))
        if not (project.root / name).is_file() or _LAW.search((project.root / name).read_bytes())
    ]
    if not names and (project.root / project.specs).exists():
        return []
    from errpath.commands.loading import clean_specs  # noqa: PLC0415

    try:
        loaded = clean_specs(project.root, names or (project.specs,))
    except SystemExit:
        raise unusable("the laws cannot be read, so that nothing is judged") from None
    return [law for spec in loaded.specs for law in spec.laws]
