"""The system call filter, interpreted instruction by instruction; and how a level is chosen."""

import platform
import struct

import pytest

from autograder.sandbox import levels
from autograder.sandbox.inside import lockdown
from autograder.sandbox.levels import Layer, SandboxError

ALLOW, KILL, EPERM, EACCES = 0x7FFF0000, 0x80000000, 0x00050001, 0x0005000D
ENOSYS, ENOTTY = 0x00050026, 0x00050019
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_IF_ANY, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

# Numbers from the kernel's tables: (x86-64, arm64).
FORBIDDEN = {
    "clone": (56, 220), "execve": (59, 221), "execveat": (322, 281), "kill": (62, 129), "tkill": (200, 130),
    "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138), "pidfd_send_signal": (424, 424),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "socket": (41, 198), "socketpair": (53, 199),
    "connect": (42, 203), "bind": (49, 200), "sendmsg": (46, 211), "recvmsg": (47, 212),
    "sendmmsg": (307, 269),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "shmget": (29, 194), "memfd_create": (319, 279), "mount": (165, 40), "umount2": (166, 39),
    "unshare": (272, 97), "setns": (308, 268), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "keyctl": (250, 219), "add_key": (248, 217),
    "setuid": (105, 146), "setresuid": (117, 147), "capset": (126, 91), "prctl": (157, 167),
    "seccomp": (317, 277), "setrlimit": (160, 164), "chroot": (161, 51), "pivot_root": (155, 41),
    "unlinkat": (263, 35), "mkdirat": (258, 34), "symlinkat": (266, 36), "linkat": (265, 37),
    "fchmod": (91, 52), "fchownat": (260, 54), "truncate": (76, 45), "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264), "openat2": (437, 437), "init_module": (175, 105), "reboot": (169, 142),
    "fsopen": (430, 430), "open_tree": (428, 428), "sched_setaffinity": (203, 122), "setpriority": (141, 140),
    "personality": (135, 92), "mlock": (149, 228), "msgget": (68, 186), "semget": (64, 190),
    "inotify_init1": (294, 26), "fanotify_init": (300, 262), "timer_create": (222, 107),
}  # fmt: skip
ONLY_X86 = {"fork": 57, "vfork": 58, "unlink": 87, "mkdir": 83, "rename": 82, "modify_ldt": 154, "chmod": 90}
NEEDED = {"read": (0, 63), "write": (1, 64), "mmap": (9, 222), "exit_group": (231, 94), "futex": (202, 98)}


def program(machine: str) -> list[tuple[int, int, int, int]]:
    return list(struct.iter_unpack("<HBBI", lockdown.filter_program(machine)))


def verdict(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the kernel's BPF machine would answer to a system call."""
    here = MACHINES[machine] if architecture is None else architecture
    data = struct.pack("<IIQ6Q", number, here, 0, *arguments, *[0] * (6 - len(arguments)))
    code = program(machine)
    at = accumulator = 0
    while True:
        operation, if_true, if_false, constant = code[at]
        at += 1
        if operation == LOAD:
            (accumulator,) = struct.unpack_from("<I", data, constant)
        elif operation == JUMP_EQUAL:
            at += if_true if accumulator == constant else if_false
        elif operation == JUMP_AT_LEAST:
            at += if_true if accumulator >= constant else if_false
        elif operation == JUMP_IF_ANY:
            at += if_true if accumulator & constant else if_false
        else:
            assert operation == RETURN
            return constant


@pytest.fixture(params=list(MACHINES))
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def column(machine: str) -> int:
    return list(MACHINES).index(machine)


def test_the_program_is_one_that_the_kernel_would_load(machine: str) -> None:
    code = program(machine)
    assert code[0] == (LOAD, 0, 0, 4)  # struct seccomp_data: the architecture
    assert len(code) <= 4096
    assert code[-1][0] == RETURN
    for at, (operation, if_true, if_false, constant) in enumerate(code):
        assert operation in (LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_IF_ANY, RETURN)
        if operation in (JUMP_EQUAL, JUMP_AT_LEAST, JUMP_IF_ANY):
            assert at + 1 + max(if_true, if_false) < len(code)
        if operation == LOAD:
            assert constant % 4 == 0
            assert constant < 64
        if operation == RETURN:
            assert constant in (ALLOW, KILL, EPERM, EACCES, ENOSYS, ENOTTY)


def test_every_call_outside_the_tables_is_refused(machine: str) -> None:
    listed = {numbers[column(machine)] for numbers in lockdown._PLAIN.values()}
    judged = {numbers[column(machine)] for numbers in lockdown._JUDGED.values()}
    for number in [*range(501), 2**31, 2**32 - 1]:
        got = verdict(machine, number)
        if number in listed:
            assert got == ALLOW, number
        elif number not in judged:
            assert got in (EPERM, KILL), number


def test_what_a_submission_must_never_do_is_refused_whatever_the_arguments(machine: str) -> None:
    for name, numbers in FORBIDDEN.items():
        for arguments in [(), (1,) * 6, (2**64 - 1,) * 6]:
            assert verdict(machine, numbers[column(machine)], *arguments) == EPERM, name
    if machine == "x86_64":
        for name, number in ONLY_X86.items():
            assert verdict(machine, number) == EPERM, name


def test_what_python_needs_is_allowed(machine: str) -> None:
    for name, numbers in NEEDED.items():
        assert verdict(machine, numbers[column(machine)]) == ALLOW, name


def test_clone3_seems_not_to_exist(machine: str) -> None:
    assert verdict(machine, 435) == ENOSYS


def test_limits_can_be_read_but_not_set(machine: str) -> None:
    number = lockdown._JUDGED["prlimit64"][column(machine)]
    assert verdict(machine, number, 0, 7, 0, 4096) == ALLOW
    assert verdict(machine, number, 0, 7, 4096, 0) == EPERM
    assert verdict(machine, number, 0, 7, 1 << 32, 0) == EPERM
    assert verdict(machine, number, 1, 7, 0, 4096) == EPERM


def test_descriptors_can_be_copied_and_asked_but_no_more(machine: str) -> None:
    number = lockdown._JUDGED["fcntl"][column(machine)]
    for command in (0, 1, 2, 3, 1030):
        assert verdict(machine, number, 3, command) == ALLOW
    for command in (4, 5, 6, 7, 8, 1024, 1031, 1033):  # flags, locks, owners, leases, pipes, seals
        assert verdict(machine, number, 3, command) == EPERM


# Flags of open(2), the same on both machines, and whether a file opened with them can be changed.
FLAGS = {
    "O_RDONLY": (0, False), "O_CLOEXEC": (0o2000000, False), "O_NONBLOCK": (0o4000, False),
    "O_DIRECTORY on x86-64": (0o200000, False), "O_DIRECTORY on arm64": (0o40000, False),
    "O_WRONLY": (1, True), "O_RDWR": (2, True), "O_WRONLY | O_RDWR": (3, True), "O_CREAT": (0o100, True),
    "O_TRUNC": (0o1000, True), "O_TRUNC | O_CLOEXEC": (0o2001000, True), "O_APPEND": (0o2000, True),
    "O_TMPFILE": (0o20200002, True), "O_TMPFILE alone": (0o20000000, True),
}  # fmt: skip


@pytest.mark.parametrize("name", FLAGS)
def test_files_are_opened_to_be_read_and_not_to_be_changed(machine: str, name: str) -> None:
    flags, changes = FLAGS[name]
    for call, position in (("open", 1), ("openat", 2)):
        number = lockdown._JUDGED[call][column(machine)]
        if number is not None:
            for beside in (0, 1 << 32, 0xFFFFFFFF00000000):  # the kernel reads the lower half alone
                arguments = [0] * 6
                arguments[position] = flags | beside
                assert verdict(machine, number, *arguments) == (EACCES if changes else ALLOW)


def test_terminals_cannot_be_typed_into(machine: str) -> None:
    number = lockdown._JUDGED["ioctl"][column(machine)]
    assert verdict(machine, number, 0, 0x5401) == ALLOW
    for request in (0x5412, 0x541C, 0x4B3A, 0x8912):  # TIOCSTI, TIOCLINUX, KDSETMODE, SIOCGIFCONF
        assert verdict(machine, number, 0, request) == ENOTTY


def test_another_architecture_and_the_x32_table_kill() -> None:
    assert verdict("x86_64", 1, architecture=0x40000003) == KILL  # 32-bit x86
    assert verdict("x86_64", 0x40000001) == KILL
    assert verdict("x86_64", 2**32 - 1) == KILL
    assert verdict("aarch64", 64, architecture=0x40000028) == KILL  # 32-bit arm


def test_a_machine_without_a_table_is_refused() -> None:
    with pytest.raises(lockdown.LockdownError, match="no system call table for riscv64"):
        lockdown.filter_program("riscv64")


# ------------------------------------------------------------------------------- choosing a level


def on_a_machine_with(
    monkeypatch: pytest.MonkeyPatch, seccomp: bool, landlock: bool, bubblewrap: bool
) -> None:
    answers = (
        Layer("seccomp", seccomp, "needs Linux on x86-64 or arm64"),
        Layer("Landlock", landlock, "needs Linux 5.13 or newer"),
        Layer("bubblewrap", bubblewrap, "is not installed: try `apt install bubblewrap`"),
    )
    monkeypatch.setattr(levels, "layers", lambda: answers)


@pytest.mark.parametrize(
    ("machine", "wanted", "level"),
    [
        ((True, True, True), "auto", "namespaces"),
        ((True, True, True), "landlock", "landlock"),
        ((True, True, True), "namespaces", "namespaces"),
        ((True, False, True), "auto", "namespaces"),
        ((True, True, False), "auto", "landlock"),
        ((True, True, True), "none", "none"),
        ((False, False, False), "none", "none"),
    ],
)
def test_the_strongest_level_is_chosen_and_none_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, machine: tuple[bool, bool, bool], wanted: str, level: str
) -> None:
    on_a_machine_with(monkeypatch, *machine)
    assert levels.choose(wanted) == level


@pytest.mark.parametrize(
    ("machine", "wanted", "reasons"),
    [
        ((False, False, False), "auto", ["seccomp needs Linux", "Landlock needs Linux 5.13"]),
        ((False, True, True), "auto", ["seccomp needs Linux"]),
        ((True, False, False), "auto", ["Landlock needs Linux 5.13"]),
        ((True, True, False), "namespaces", ["bubblewrap is not installed", "apt install"]),
        ((True, False, True), "landlock", ["Landlock needs Linux 5.13"]),
        ((False, True, True), "landlock", ["seccomp needs Linux"]),
    ],
)
def test_a_level_that_cannot_be_had_is_refused_with_the_reasons(
    monkeypatch: pytest.MonkeyPatch, machine: tuple[bool, bool, bool], wanted: str, reasons: list[str]
) -> None:
    on_a_machine_with(monkeypatch, *machine)
    with pytest.raises(SandboxError, match="not run here without a sandbox") as caught:
        levels.choose(wanted)
    for reason in [*reasons, "--sandbox none"]:
        assert reason in str(caught.value)


def test_an_unknown_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_machine_with(monkeypatch, True, True, True)
    with pytest.raises(SandboxError, match="no sandbox 'docker'"):
        levels.choose("docker")


def test_the_command_of_each_level_asks_for_its_layers() -> None:
    if platform.system() != "Linux":
        pytest.skip("the command is built for Linux")
    words, environment = levels.command("namespaces", 9)
    for option in ("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
                   "--die-with-parent", "--clearenv", "--remount-ro"):  # fmt: skip
        assert option in words
    assert words[-2] == "9"
    assert "PATH" not in environment
    assert "HOME" not in environment
    assert '"seccomp": true' in levels.command("landlock", 9)[0][-1]
    assert '"seccomp": false' in levels.command("none", 9)[0][-1]
