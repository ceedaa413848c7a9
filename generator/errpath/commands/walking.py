# SPDX-License-Identifier: GPL-2.0-only
"""
Walking every path of a semantics for a command: the bar, the bound, and what ends it early.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from errpath.commands.progress import Bar
from errpath.commands.status import unusable
from errpath.explore.paths.jobs import LostProcessError, TooManyPathsError, parts

if TYPE_CHECKING:
    from errpath.explore.paths.part import Maker

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")

_MOST: Final = 1_000_000


def max_paths(command: Command) -> Command:
    """
    Add the option that bounds the number of paths, as `most`.
    """
    option = click.option(
        "--max-paths",
        "most",
        type=click.IntRange(1),
        default=_MOST,
        show_default=True,
        metavar="N",
        help="More paths of a semantics than N are an error: exit status 2.",
    )
    return option(command)


def walked(
    make: Maker[Result], semantics: str, *, jobs: int, most: int, bar: bool = True
) -> Generator[Result]:
    """
    Give what is made of the paths, a part at a time, in order.

    Ends with status 2 if there are more than `most` paths, or none, or if a process that
    walks them is ended by somebody else: what came until then is not the whole.
    """
    done = 0
    try:
        with closing(parts(make, jobs=jobs, most=most)) as found, Bar(wanted=bar) as shown:
            for part in found:
                done += part.paths
                shown.advance(part.paths, part.share)
                yield part.result
    except TooManyPathsError:
        raise unusable(
            f"`{semantics}` has more than {_counted(done)}, which is the bound"
            " (--max-paths): this is not the whole"
        ) from None
    except LostProcessError:
        raise unusable(
            f"a process that walked paths of `{semantics}` was ended by somebody else,"
            f" behind {_counted(done)}: this is not the whole"
        ) from None
    if not done:
        raise unusable(f"`{semantics}` has no path: the model's rules exclude every answer")


def write(texts: Generator[str]) -> None:
    """
    Write what comes. If nobody reads it any more, end as any tool does, but after the walk.
    """
    before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        with closing(texts):
            for text in texts:
                sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.raise_signal(signal.SIGPIPE)
    finally:
        signal.signal(signal.SIGPIPE, before)


def _counted(paths: int) -> str:
    return f"{paths} path" if paths == 1 else f"{paths} paths"
