# SPDX-License-Identifier: GPL-2.0-only
"""
Return codes under their kernel names (include/uapi/asm-generic/errno-base.h, 5.8).

The numbers are Linux's on every machine, so the standard library's `errno`, which has
the host's, does not serve.
"""

from __future__ import annotations

from types import MappingProxyType

# errno-base.h numbers these from 1 without a gap.
_BASE = (
    "EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT "
    "ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG "
    "ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE"
).split()

ERRNOS = MappingProxyType({name: n for n, name in enumerate(_BASE, 1)} | {"ENOSYS": 38})
"""Every errno that a spec can name, and its number."""

MIGRATEPAGE_SUCCESS = 0
"""Success, as include/linux/migrate.h spells it."""

EIO = ERRNOS["EIO"]
EAGAIN = ERRNOS["EAGAIN"]
ENOMEM = ERRNOS["ENOMEM"]
EBUSY = ERRNOS["EBUSY"]
EINVAL = ERRNOS["EINVAL"]
ENOSYS = ERRNOS["ENOSYS"]

_NAMES = {number: name for name, number in ERRNOS.items()}


def spell(code: int) -> str:
    """
    Write a return code as a kernel developer does: `0`, `-EAGAIN`; a count stays a number.
    """
    name = _NAMES.get(-code)
    return f"-{name}" if name else str(code)
