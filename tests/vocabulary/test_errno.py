# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.vocabulary import errno
from errpath.vocabulary.errno import ERRNOS, MIGRATEPAGE_SUCCESS, spell


def test_numbers_are_linux_s() -> None:
    """
    Every errno has the number of asm-generic/errno-base.h, and -ENOSYS the one of errno.h.
    """
    base = (
        "EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES "
        "EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY "
        "ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE"
    )
    expected = {name: number for number, name in enumerate(base.split(), 1)} | {"ENOSYS": 38}
    assert expected == ERRNOS


def test_names_are_attributes() -> None:
    """
    A generated test imports an errno by its name, so each is an attribute of the module.
    """
    assert {name: getattr(errno, name) for name in ERRNOS} == ERRNOS


@pytest.mark.parametrize("name", ERRNOS)
def test_spell_errno(name: str) -> None:
    """
    A negative errno is spelled by its name, with its sign.
    """
    assert spell(-ERRNOS[name]) == f"-{name}"


def test_spell_success() -> None:
    """
    Success is spelled 0, under either of its names.
    """
    assert [spell(0), spell(MIGRATEPAGE_SUCCESS)] == ["0", "0"]


@given(st.integers().filter(lambda code: -code not in ERRNOS.values()))
def test_spell_count(code: int) -> None:
    """
    What is no errno stays a number: a count of pages, for one.
    """
    assert spell(code) == str(code)
