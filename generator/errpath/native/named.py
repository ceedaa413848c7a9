# SPDX-License-Identifier: GPL-2.0-only
"""
A target by the name that somebody types: native:BUILD.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from errpath.native.build.build import Build, load
from errpath.native.refusal import Problem, RefusedError
from errpath.native.target.target import PAGE, Isolated

if TYPE_CHECKING:
    from errpath.kernel.target import Model, Target

_SCHEME: Final = "native:"
_MODEL: Final = "migrate"
_HELP: Final = "a target is native:BUILD, or native:SEMANTICS=BUILD,SEMANTICS=BUILD"


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeName:
    """
    The builds that a name means: one for every semantics, or one for each that is named.
    """

    builds: Build | Mapping[str, Build]

    @property
    def says(self) -> str:
        """
        Name the target, as messages show it.
        """
        every = self.builds.values() if isinstance(self.builds, Mapping) else (self.builds,)
        versions = dict.fromkeys(build.version for build in every)
        return f"the C of Linux {', '.join(versions)}"

    def target(self, model: Model) -> Target:
        """
        Give the target that runs what a model models; RefusedError if it is another model.

        Its C runs in a process of its own: a crash or a hang is a finding of that run.
        """
        vocabulary = model.vocabulary
        if vocabulary.model != _MODEL:
            says = f"errpath has C for the model `{_MODEL}`, and not for `{vocabulary.model}`"
            raise RefusedError(Problem("", says))
        entry = vocabulary.entry if vocabulary.pages else PAGE
        return Isolated(self.builds, entry, vocabulary.pages)


def native_named(text: str) -> NativeName:
    """
    Load what `native:BUILD` or `native:pre=BUILD,post=BUILD` names; RefusedError if it is not.
    """
    said = text.removeprefix(_SCHEME)
    if said == text or not said:
        raise RefusedError(Problem(text, "is no target that errpath knows", _HELP))
    if Path(said).exists() or "=" not in said:
        return NativeName(builds=load(said))
    builds: dict[str, Build] = {}
    for part in said.split(","):
        name, equals, folder = part.partition("=")
        if not (equals and name and folder) or name in builds:
            raise RefusedError(Problem(text, f"says nothing new in `{part}`", _HELP))
        builds[name] = load(folder)
    return NativeName(builds=builds)
