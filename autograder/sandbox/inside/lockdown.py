"""What a process gives up before it runs a student's code: system calls, files, resources, privileges.

Everything goes through ctypes, since the sandbox holds nothing but the standard library and NumPy. System
call numbers are those of Linux's ``asm/unistd.h`` for x86-64 and arm64.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import stat
import struct
import sys
from collections.abc import Iterable, Mapping

NOBODY = 65534

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38
_EPERM, _EACCES, _ENOSYS, _ENOTTY = 1, 13, 38, 25
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000

_LIBC = ctypes.CDLL(None, use_errno=True)
if hasattr(_LIBC, "syscall"):
    _LIBC.syscall.restype = ctypes.c_long

# Audit architecture, and the column of the table below.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

# Allowed whatever the arguments are: (x86-64, arm64); None where the machine has no such call.
_PLAIN: dict[str, tuple[int | None, int | None]] = {
    # descriptors and files (which files, Landlock and the empty root decide)
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "pwrite64": (18, 68), "close": (3, 57), "lseek": (8, 62),
    "stat": (4, None), "fstat": (5, 80), "lstat": (6, None), "newfstatat": (262, 79), "statx": (332, 291),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439), "getdents64": (217, 61),
    "readlink": (89, None), "readlinkat": (267, 78), "getcwd": (79, 17), "dup": (32, 23), "dup2": (33, None),
    "dup3": (292, 24), "pipe": (22, None), "pipe2": (293, 59),
    # memory
    "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233),
    "brk": (12, 214), "membarrier": (324, 283),
    # waiting, and talking on the one socket that is there
    "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72),
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, None), "epoll_pwait": (281, 22),
    "recvfrom": (45, 207), "sendto": (44, 206), "shutdown": (48, 210), "futex": (202, 98),
    "sched_yield": (24, 124), "nanosleep": (35, 101), "clock_nanosleep": (230, 115),
    # handling signals; sending them (kill, tgkill) is not on the list
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128), "setitimer": (38, 103), "getitimer": (36, 102),
    "alarm": (37, None),
    # questions about time and oneself
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, None),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "uname": (63, 160),
    "sysinfo": (99, 179), "getrusage": (98, 165), "times": (100, 153), "getrandom": (318, 278),
    "sched_getaffinity": (204, 123), "getrlimit": (97, 163),
    # the C library's own
    "exit": (60, 93), "exit_group": (231, 94), "rseq": (334, 293), "set_robust_list": (273, 99),
    "arch_prctl": (158, None),
}  # fmt: skip
_JUDGED: dict[str, tuple[int | None, int | None]] = {
    "open": (2, None),
    "openat": (257, 56),
    "prlimit64": (302, 261),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
    "clone3": (435, 435),
}
# O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, and what O_TMPFILE has: Landlock of Linux 5.13 to 6.1 lets a
# file that may only be read be emptied; openat2, whose flags lie in memory, is not on the list.
_OPEN_TO_WRITE = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o20000000
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC: no locks, leases, signals, seals
_FCNTL_COMMANDS = (0, 1, 2, 3, 1030)
# TCGETS (isatty), FIONCLEX, FIOCLEX, FIONREAD, FIONBIO
_IOCTL_REQUESTS = (0x5401, 0x5450, 0x5451, 0x541B, 0x5421)

_Instruction = tuple[int, int, int, int]
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_IF_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06


class LockdownError(OSError):
    """A layer that was asked for could not be put in place."""


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise LockdownError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, value: int = 0) -> None:
    """``prctl(2)`` with one argument."""
    zero = ctypes.c_ulong(0)
    result = _LIBC.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero)
    _check(result, f"prctl({option})")


# ---------------------------------------------------------------------------------------- seccomp


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _argument(position: int, high: bool = False) -> _Instruction:
    """Load half of a system call's argument (little-endian, struct seccomp_data)."""
    return (_LOAD, 0, 0, 16 + 8 * position + 4 * high)


def _allowed_values(position: int, values: Iterable[int], otherwise: int) -> list[_Instruction]:
    body = [_argument(position)]
    for value in values:
        body += [(_JUMP_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*body, (_RETURN, 0, 0, otherwise)]


def _only_to_read(position: int) -> list[_Instruction]:
    """Allow a call whose flags open a file to read it, and change nothing."""
    return [
        _argument(position), (_JUMP_IF_ANY, 0, 1, _OPEN_TO_WRITE), (_RETURN, 0, 0, _ERRNO | _EACCES),
        (_RETURN, 0, 0, _ALLOW),
    ]  # fmt: skip


def filter_program(machine: str) -> bytes:
    """The seccomp filter for a machine, as the kernel's ``struct sock_filter`` array.

    An allow-list: no new process or thread, no exec, no socket, no signal to others. Whatever is not on
    it fails with EPERM; a call through another architecture's table kills.

    Raises
    ------
    LockdownError
        For a machine without a table.
    """
    if machine not in _MACHINES:
        raise LockdownError(_ENOSYS, f"no system call table for {machine}: x86_64 and aarch64 have one")
    architecture, column = _MACHINES[machine]
    refuse = _ERRNO | _EPERM
    program: list[_Instruction] = [
        (_LOAD, 0, 0, 4), (_JUMP_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0),
    ]  # fmt: skip
    if machine == "x86_64":  # the x32 table
        program += [(_JUMP_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _KILL)]
    for numbers in _PLAIN.values():
        number = numbers[column]
        if number is not None:
            program += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    judged = {
        "open": _only_to_read(1),
        "openat": _only_to_read(2),
        # only to read one's own limits: pid 0, no new limit
        "prlimit64": [
            _argument(2), (_JUMP_EQUAL, 0, 5, 0), _argument(2, high=True), (_JUMP_EQUAL, 0, 3, 0),
            _argument(0), (_JUMP_EQUAL, 0, 1, 0), (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, refuse),
        ],
        "fcntl": _allowed_values(1, _FCNTL_COMMANDS, refuse),
        "ioctl": _allowed_values(1, _IOCTL_REQUESTS, _ERRNO | _ENOTTY),
        # ENOSYS makes the C library fall back to clone, whose EPERM Python reports well
        "clone3": [(_RETURN, 0, 0, _ERRNO | _ENOSYS)],
    }  # fmt: skip
    for name, body in judged.items():
        number = _JUDGED[name][column]
        if number is not None:
            program += [(_JUMP_EQUAL, 0, len(body), number), *body]
    program.append((_RETURN, 0, 0, refuse))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in program)


class Seccomp:
    """A filter built once in the zygote and loaded in every child."""

    def __init__(self) -> None:
        code = filter_program(platform.machine())
        self._buffer = ctypes.create_string_buffer(code, len(code))
        self._program = _FilterProgram(len(code) // 8, ctypes.addressof(self._buffer))

    def enter(self) -> None:
        """Restrict this process for good; NO_NEW_PRIVS must be set."""
        mode_filter = ctypes.c_ulong(2)
        result = _LIBC.prctl(ctypes.c_int(PR_SET_SECCOMP), mode_filter, ctypes.byref(self._program))
        _check(result, "seccomp")


# --------------------------------------------------------------------------------------- Landlock

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE, _READ_DIRECTORY = 1 << 2, 1 << 3
# Rights on files that each version of Landlock's interface knows: it refuses ones it doesn't.
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}


def landlock_version() -> int:
    """Version of the kernel's Landlock interface; 0 where there is none."""
    if not hasattr(_LIBC, "syscall") or sys.platform != "linux":
        return 0
    version = _LIBC.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return max(0, int(version))


class Landlock:
    """Reading of the given files and folders, and nothing else: no write, no exec, no TCP, and (where the
    kernel knows them) no signals and no abstract sockets to the outside."""

    def __init__(self, readable: Iterable[str]) -> None:
        version = landlock_version()
        if not version:
            raise LockdownError(_ENOSYS, "Landlock: the kernel has none")
        rights = _RIGHTS[min(version, 5)]
        attributes = struct.pack("<QQQ", rights, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]
        size = ctypes.c_size_t(len(attributes))
        made = _LIBC.syscall(_CREATE_RULESET, attributes, size, ctypes.c_uint32(0))
        self.descriptor = _check(made, "landlock_create_ruleset")
        for path in readable:
            self._allow(path)

    def _allow(self, path: str) -> None:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return  # what is not there need not be allowed
        try:
            is_folder = stat.S_ISDIR(os.fstat(place).st_mode)
            rule = struct.pack("<Qi", _READ_FILE | (_READ_DIRECTORY if is_folder else 0), place)
            zero = ctypes.c_uint32(0)
            made = _LIBC.syscall(_ADD_RULE, ctypes.c_int(self.descriptor), ctypes.c_int(1), rule, zero)
            _check(made, f"landlock_add_rule({path})")
        finally:
            os.close(place)

    def enter(self) -> None:
        """Restrict this process for good; NO_NEW_PRIVS must be set. Closes the ruleset."""
        made = _LIBC.syscall(_RESTRICT_SELF, ctypes.c_int(self.descriptor), ctypes.c_uint32(0))
        _check(made, "landlock_restrict_self")
        os.close(self.descriptor)


# ------------------------------------------------------------------------ privileges and resources


def drop_privileges() -> None:
    """As root, become nobody; where nobody could not read Python's own library (it lies under /root),
    stay but without any capability, so that files are what Landlock leaves."""
    if os.geteuid() != 0:
        return
    if _readable_by_others(os.path.dirname(os.__file__)):
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        return
    for capability in range(64):
        # fails with EINVAL beyond the last capability the kernel knows
        if _LIBC.prctl(ctypes.c_int(PR_CAPBSET_DROP), ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break
    head = struct.pack("<II", 0x20080522, 0)
    number = {"x86_64": 126, "aarch64": 91}[platform.machine()]
    _check(_LIBC.syscall(number, head, struct.pack("<6I", *[0] * 6)), "capset")


def _readable_by_others(path: str) -> bool:
    while True:
        if not os.stat(path).st_mode & stat.S_IXOTH:
            return False
        parent = os.path.dirname(path)
        if parent == path:
            return True
        path = parent


def limit_resources(limits: Mapping[str, int]) -> None:
    """Set soft and hard limits, such as ``{"AS": 1 << 30, "NPROC": 0}``; never above today's hard ones."""
    for name, value in limits.items():
        which = getattr(resource, f"RLIMIT_{name}", None)
        if which is None:
            continue
        hard = resource.getrlimit(which)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(which, (value, value))


def close_descriptors_from(lowest: int) -> None:
    """Close every descriptor from `lowest` up."""
    close_range = 436
    highest, flags = ctypes.c_uint(0xFFFFFFFF), ctypes.c_uint(0)
    if sys.platform != "linux" or _LIBC.syscall(close_range, ctypes.c_uint(lowest), highest, flags) < 0:
        os.closerange(lowest, 65536)
