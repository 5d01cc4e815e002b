"""A seccomp filter for `bwrap --seccomp FD`: one process with threads, no sockets, no kernel toys.

Classic BPF, assembled by hand, so that neither libseccomp nor a compiler is needed. Refused calls
fail with EPERM; a foreign architecture kills the process. Standard library only: the launcher imports
it in a process that starts for every run.

Source of the numbers: the system call tables of Linux 6.x. Denied: fork, vfork, socket, socketpair,
ptrace, personality, kexec, keyctl and its family, unshare, setns, perf_event_open, open_by_handle_at,
process_vm_*, kcmp, bpf, userfaultfd, io_uring_*, the new mount calls. The table for aarch64 has not been
run.
"""

import os
import platform
import struct

_ERRNO, _KILL, _ALLOW = 0x00050000, 0x80000000, 0x7FFF0000
_EPERM, _ENOSYS = 1, 38
_LOAD, _EQUAL, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_CLONE_THREAD = 0x10000
_X32 = 0x40000000
"""From here on x86-64 takes the number for a call of another ABI, past any table."""
_MOUNT_API = (428, 429, 430, 431, 432, 433, 442)
_IO_URING = (425, 426, 427)

ARCHITECTURES: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        56,
        (41, 53, 57, 58, 101, 135, 155, 161, 165, 166, 175, 246, 248, 249, 250, 272, 298, 303, 304, 308, 310,
         311, 312, 313, 320, 321, 323, *_IO_URING, *_MOUNT_API),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        (39, 40, 41, 51, 92, 97, 104, 105, 117, 198, 199, 217, 218, 219, 241, 264, 265, 268, 270, 271, 272, 273,
         280, 282, 294, *_IO_URING, *_MOUNT_API),
    ),
}  # fmt: skip
"""By machine: audit architecture, number of `clone`, numbers denied."""
_CLONE3 = 435


def filter_program(machine: str | None = None) -> bytes:
    """The filter as the kernel takes it.

    Raises:
        KeyError: There is no table for the machine.
    """
    audit, clone, denied = ARCHITECTURES[machine or platform.machine()]
    program = [
        _step(_LOAD, 4),
        _step(_EQUAL, audit, yes=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, 0),
        _step(_AT_LEAST, _X32, no=1),
        _step(_RETURN, _KILL),
        # glibc falls back to clone, whose flags can be looked at; those of clone3 cannot.
        _step(_EQUAL, _CLONE3, no=1),
        _step(_RETURN, _ERRNO | _ENOSYS),
        _step(_EQUAL, clone, no=4),
        _step(_LOAD, 16),
        _step(_HAS_BIT, _CLONE_THREAD, no=1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _ERRNO | _EPERM),
    ]
    for number in denied:
        program += [_step(_EQUAL, number, no=1), _step(_RETURN, _ERRNO | _EPERM)]
    return b"".join([*program, _step(_RETURN, _ALLOW)])


def filter_fd() -> int:
    """A file descriptor to read the filter from, once."""
    reading, writing = os.pipe()
    os.write(writing, filter_program())
    os.close(writing)
    return reading


def _step(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)
