# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
from functools import partial

import pytest

from errpath.commands import walking
from errpath.commands.walking import walked
from errpath.explore.paths.jobs import parts
from tests.explore.trees import dying


def test_a_process_that_is_killed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A process that somebody ends makes the whole unusable, and is told in one line.
    """
    monkeypatch.setattr(walking, "parts", partial(parts, size=5, alone=10))
    with pytest.raises(SystemExit) as ended:
        list(walked(partial(dying, os.getpid()), "pre", jobs=2, most=100))
    complaint = (
        "errpath: a process that walked paths of `pre` was ended by somebody else,"
        " behind 10 paths: this is not the whole\n"
    )
    assert (ended.value.code, capsys.readouterr()) == (2, ("", complaint))
