# SPDX-License-Identifier: GPL-2.0-only
"""
Return codes under their kernel names (include/uapi/asm-generic/errno-base.h, 5.8).

The numbers are Linux's on every machine, so the standard library's `errno`, which has
the host's, does not serve.
"""

from __future__ import annotations

EPERM = 1
ENOENT = 2
ESRCH = 3
EINTR = 4
EIO = 5
ENXIO = 6
E2BIG = 7
ENOEXEC = 8
EBADF = 9
ECHILD = 10
EAGAIN = 11
ENOMEM = 12
EACCES = 13
EFAULT = 14
ENOTBLK = 15
EBUSY = 16
EEXIST = 17
EXDEV = 18
ENODEV = 19
ENOTDIR = 20
EISDIR = 21
EINVAL = 22
ENFILE = 23
EMFILE = 24
ENOTTY = 25
ETXTBSY = 26
EFBIG = 27
ENOSPC = 28
ESPIPE = 29
EROFS = 30
EMLINK = 31
EPIPE = 32
EDOM = 33
ERANGE = 34
ENOSYS = 38

ERRNOS = {name: number for name, number in list(globals().items()) if name[:1] == "E"}
"""Every errno that a spec can name, and its number."""

MIGRATEPAGE_SUCCESS = 0
"""Success, as include/linux/migrate.h spells it."""

_NAMES = {number: name for name, number in ERRNOS.items()}


def spell(code: int) -> str:
    """
    Write a return code as a kernel developer does: `0`, `-EAGAIN`; a count stays a number.
    """
    name = _NAMES.get(-code)
    return f"-{name}" if name else str(code)
