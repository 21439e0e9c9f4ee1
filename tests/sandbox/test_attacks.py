"""What hostile code tries: each attempt must have run, and must have been refused."""

import os
import struct
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import selftest
from autograder.sandbox.host import Fault, Outcome, Raised, Returned, Sandbox, Session
from autograder.sandbox.inside import wire
from symbolic_checks import keeping, reference

# Imported at the top, so that no attack fails at its import.
TOOLS = (
    "import ctypes, gc, importlib, os, resource, select, signal, socket, subprocess, sys, threading, time\n"
    "import asyncio, mmap, multiprocessing, shutil, site, tempfile\n"
    "import numpy as np\n"
    "libc = ctypes.CDLL(None, use_errno=True)\n"
    "libc.syscall.restype = ctypes.c_long\n"
    "def c(result): return (int(result), ctypes.get_errno())\n"
    "def sound(x): return x + 1\n"
)
EPERM, ENOSYS = 1, 38

# What forging takes.
FEW = "import os, time\ndef sound(x): return x + 1\n"


def run(sandbox: Sandbox, line: str, *arguments: Any) -> Outcome:
    """The outcome of a function of one line, after the tools were all imported."""
    with sandbox.session([f"{TOOLS}def attack(*given):\n    {line}\n"]) as session:
        assert [p.message for p in session.loaded.problems] == []
        (outcome,) = session.call("attack", [arguments])
        assert still_works(session)
        return outcome


def still_works(session: Session) -> bool:
    (outcome,) = session.call("sound", [(2.0,)])
    return isinstance(outcome, Returned) and outcome.value == 3.0


def value(outcome: Outcome) -> Any:
    assert isinstance(outcome, Returned), outcome
    return outcome.value


REFUSED = [
    "os.fork()",
    "subprocess.run(['true'])",
    "os.posix_spawn('/bin/true', ['true'], {})",
    "os.execv(sys.executable or '/bin/true', ['true'])",
    "multiprocessing.get_context('fork').Process(target=print).start()",
    "socket.socket()",
    "socket.socket(socket.AF_UNIX)",
    "socket.socketpair()",
    "socket.socket(fileno=3)",
    "asyncio.new_event_loop()",
    "os.kill(os.getpid(), 9)",
    "os.kill(os.getppid(), 9)",
    "os.kill(-1, 9)",
    "os.killpg(0, 9)",
    "signal.raise_signal(9)",
    "signal.pthread_kill(threading.get_ident(), 9)",
    "os.memfd_create('x')",
    "os.mkdir('/tmp/x')",
    "os.symlink('/etc', '/tmp/x')",
    "os.unlink('/dev/null')",
    "os.rename('/dev/null', '/dev/x')",
    "os.chmod('/dev/null', 0o777)",
    "os.chdir('/tmp')",
    "os.setuid(0)",
    "os.setsid()",
    "os.nice(5)",
    "os.sched_setaffinity(0, {0})",
    "os.mkfifo('/tmp/x')",
    "os.truncate('/dev/null', 0)",
    "os.pidfd_open(os.getppid())",
    "os.eventfd(0)",
    "os.setxattr('/', 'user.x', b'')",
    "open('/proc/1/mem', 'rb')",
]


def test_the_system_refuses_what_a_function_needs_not(sandbox: Sandbox) -> None:
    functions = [f"def attack{k}():\n    {line}\n" for k, line in enumerate(REFUSED)]
    with sandbox.session([TOOLS + "".join(functions)]) as session:
        assert [p.message for p in session.loaded.problems] == []
        for k, line in enumerate(REFUSED):
            (outcome,) = session.call(f"attack{k}", [()])
            assert isinstance(outcome, Raised), line
            assert outcome.text == line
            # what is not there at all, where the root is empty, is refused as well
            missing = "FileNotFoundError" if "/proc" in line else ""
            assert outcome.kinds[0] in ("PermissionError", missing), line
        assert still_works(session)


def test_no_thread_is_started(sandbox: Sandbox) -> None:
    outcome = run(sandbox, "threading.Thread(target=print).start()")
    assert isinstance(outcome, Raised)
    assert outcome.message == "can't start new thread"


PAST_PYTHON = [
    ("libc.ptrace(0, 0, 0, 0)", EPERM),
    ("libc.ptrace(16, os.getppid(), 0, 0)", EPERM),
    ("libc.unshare(0x10000000)", EPERM),
    ("libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)", EPERM),
    ("libc.prctl(4, 1, 0, 0, 0)", EPERM),
    ("libc.setns(3, 0)", EPERM),
    ("libc.shmget(0, 4096, 0o1600)", EPERM),
    ("libc.sendmsg(3, None, 0)", EPERM),
    ("libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0)", EPERM),
    ("libc.syscall(425, 8, None)", EPERM),  # io_uring_setup
    ("libc.syscall(434, os.getppid(), 0)", EPERM),  # pidfd_open
    ("libc.syscall(438, 3, 0, 0)", EPERM),  # pidfd_getfd
    ("libc.syscall(435, None, 0)", ENOSYS),  # clone3
]


def test_the_system_refuses_what_is_called_past_python(sandbox: Sandbox) -> None:
    functions = [f"def attack{k}(): return c({call})\n" for k, (call, _) in enumerate(PAST_PYTHON)]
    with sandbox.session([TOOLS + "".join(functions)]) as session:
        for k, (call, errno) in enumerate(PAST_PYTHON):
            (outcome,) = session.call(f"attack{k}", [()])
            assert value(outcome) == (-1, errno), call
        assert still_works(session)


@pytest.mark.parametrize("mode", ["r", "w", "a", "r+"])
def test_files_of_the_host_are_out_of_reach(sandbox: Sandbox, tmp_path: Path, mode: str) -> None:
    canary = tmp_path / "canary"
    canary.write_text("a secret")
    canary.chmod(0o666)
    places = [str(canary), "/etc/passwd", str(Path(__file__)), wire.__file__.replace("wire.py", "../host.py")]
    for place in places:
        outcome = run(sandbox, f"open(given[0], {mode!r})", place)
        assert isinstance(outcome, Raised)
        assert "OSError" in outcome.kinds  # no permission, not there, or a read-only file system
        assert outcome.text.startswith("open(")
    assert canary.read_text() == "a secret"


def test_nothing_can_be_written_anywhere(sandbox: Sandbox) -> None:
    line = "with open(given[0], 'w'): pass"
    for place in (
        "/x",
        "/tmp/x",
        "/dev/shm/x",
        "/var/tmp/x",
        "x",
        "/sandbox/x",
        "/dev/x",
        os.__file__ + ".x",
    ):
        outcome = run(sandbox, line, place)
        assert isinstance(outcome, Raised)
        assert set(outcome.kinds) >= {"OSError"}
        assert outcome.text == line
    outcome = run(sandbox, "tempfile.TemporaryFile()")
    assert isinstance(outcome, Raised)
    assert "OSError" in outcome.kinds


def test_folders_cannot_be_listed(sandbox: Sandbox) -> None:
    packages = [
        sysconfig.get_path("purelib"),
        sysconfig.get_path("purelib", vars={"base": os.sys.base_prefix}),
    ]
    for place in ["/", "/etc", "/home", "/tmp", "/proc", ".", str(Path(__file__).parents[2]), *packages]:
        outcome = run(sandbox, "return os.listdir(given[0])", place)
        assert isinstance(outcome, Raised), place
        assert outcome.kinds[0] in ("PermissionError", "FileNotFoundError"), place


def test_beside_numpy_lies_nothing_else(sandbox: Sandbox) -> None:
    outcome = run(sandbox, "return os.listdir(os.path.dirname(os.path.dirname(np.__file__)))")
    if sandbox.level == "namespaces":
        assert set(value(outcome)) <= {"numpy", "numpy.libs"} | {
            name for name in value(outcome) if name.startswith("numpy-")
        }
    else:
        assert isinstance(outcome, Raised)
        assert outcome.kinds[0] == "PermissionError"


@pytest.mark.parametrize(
    "package",
    [
        "autograder",
        "autograder.judging",
        "symbolic_checks",
        "sympy",
        "jupytext",
        "pytest",
        "rubric",
        "conftest",
    ],
)
def test_nothing_of_this_project_or_its_packages_can_be_imported(sandbox: Sandbox, package: str) -> None:
    outcome = run(sandbox, f"importlib.import_module({package!r})")
    assert isinstance(outcome, Raised)
    assert outcome.kinds[0] == "ModuleNotFoundError"
    assert value(run(sandbox, f"return any(name.startswith({package!r}) for name in sys.modules)")) is False


def test_no_project_folder_is_on_the_path_or_in_the_memory(sandbox: Sandbox) -> None:
    root = str(Path(__file__).parents[2])
    # what is the interpreter's own may lie in an environment below the project's folder
    paths = value(run(sandbox, "return [p for p in sys.path]"))
    assert not [p for p in paths if p.startswith(root) and "/lib/python" not in p]
    found = value(
        run(sandbox, "return [n for n in ('rubric', 'HOMEWORK', 'reference', 'secret') if n in globals()]")
    )
    assert found == []
    names = value(run(sandbox, "return sorted({type(o).__module__.split('.')[0] for o in gc.get_objects()})"))
    assert not {"autograder", "symbolic_checks", "sympy"} & set(names)


def test_the_environment_is_empty(sandbox: Sandbox) -> None:
    assert value(run(sandbox, "return dict(os.environ)")) == {}
    line = (
        "libc.getenv.restype = ctypes.c_char_p; return [libc.getenv(n) is None for n in (b'PATH', b'HOME')]"
    )
    assert value(run(sandbox, line)) == [True, True]
    assert value(run(sandbox, "return sys.argv")) == ["submission.py"]


def test_only_four_descriptors_are_open(sandbox: Sandbox) -> None:
    line = "return [n for n in range(1024) if c(libc.fcntl(n, 1))[0] >= 0]"
    assert value(run(sandbox, line)) == [0, 1, 2, 3]


def test_it_is_nobody_without_capabilities(sandbox: Sandbox) -> None:
    uid = value(run(sandbox, "return os.getuid()"))
    if sandbox.level == "namespaces":
        assert uid == 65534
    outcome = run(sandbox, "os.setresuid(0, 0, 0)")
    assert isinstance(outcome, Raised)
    assert outcome.kinds[0] == "PermissionError"


def test_limits_are_set_and_cannot_be_raised(sandbox: Sandbox) -> None:
    names = ["RLIMIT_AS", "RLIMIT_NPROC", "RLIMIT_CORE", "RLIMIT_NOFILE"]
    line = f"return [resource.getrlimit(getattr(resource, name)) for name in {names}]"
    assert value(run(sandbox, line)) == [(1 << 30, 1 << 30), (0, 0), (0, 0), (32, 32)]
    for soft in (1 << 31, 1 << 20):
        outcome = run(sandbox, f"resource.setrlimit(resource.RLIMIT_AS, ({soft}, {soft}))")
        assert isinstance(outcome, Raised)
        assert outcome.kinds[0] in ("ValueError", "PermissionError")


def test_the_self_test_gets_through_nowhere(sandbox: Sandbox) -> None:
    assert selftest.breaches(sandbox) == []


def test_the_self_test_notices_that_there_are_no_walls() -> None:
    with Sandbox("none") as sandbox:
        found = selftest.breaches(sandbox)
        assert {"read a file that everyone may read", "open a socket", "start a process"} <= set(found)
        selftest.insist(sandbox)  # nothing is promised


# ------------------------------------------------------------------------- forged replies

INF = float("inf")
RIGHT = wire.frame(wire.VALUES, [1.0])
RAISED: dict[str, Any] = {"kinds": ["E"], "message": "m", "place": ("", 0, "", "")}
NO_REPLIES = {
    "bytes that are no frame": b"\xff" * 100,
    "an unknown kind": wire.frame(99, None),
    "a kind of the referee's": wire.frame(wire.CALL, {"function": "f", "calls": [], "bind": {}}),
    "the greeting again": wire.frame(wire.READY, None),
    "a loaded submission": wire.frame(
        wire.LOADED, {"problems": [], "functions": [], "silenced": False, "lost": []}
    ),
    "a gigabyte announced": struct.pack("<IB", 1 << 30, wire.RETURNED),
    "a tag of the referee's": struct.pack("<IB", 5, wire.RETURNED) + b"c" + bytes(4),
    "nothing returned": wire.frame(wire.RETURNED, ()),
    "a returned number": wire.frame(wire.RETURNED, 5),
    "a returned string": wire.frame(wire.RETURNED, "abcdef"),
    "one thing returned": wire.frame(wire.RETURNED, (1.0,)),
    "no values": wire.frame(wire.VALUES, []),
    "more values than calls": wire.frame(wire.VALUES, [1.0, 2.0]),
    "values that are one number": wire.frame(wire.VALUES, 1.0),
    "values that are a text": wire.frame(wire.VALUES, "1"),
    "values with names": wire.frame(wire.VALUES, {"a": 1.0}),
    "two things returned": wire.frame(wire.RETURNED, (1.0, [])),
    "an infinite position": wire.frame(wire.RETURNED, (1.0, [INF], "", [], False, 0)),
    "a position that is no number": wire.frame(wire.RETURNED, (1.0, [float("nan")], "", [], False, 0)),
    "an infinite depth": wire.frame(wire.RETURNED, (1.0, [], "", [], False, INF)),
    "warnings that are no text": wire.frame(wire.RETURNED, (1.0, [], "", [[1]], False, 0)),
    "raised without kinds": wire.frame(wire.RAISED, {}),
    "raised at an infinite line": wire.frame(wire.RAISED, RAISED | {"place": ("", INF, "", "")}),
    "raised with a message that is no text": wire.frame(wire.RAISED, RAISED | {"message": [1]}),
    "raised with a text for all": wire.frame(wire.RAISED, "kinds"),
    "unsendable without words": wire.frame(wire.UNSENDABLE, None),
    "a callback of nothing": wire.frame(wire.CALLBACK, None),
    "a callback that was not given": wire.frame(wire.CALLBACK, (7, (), {})),
    "a callback before the first": wire.frame(wire.CALLBACK, (-1, (), {})),
    "a callback by another name": wire.frame(wire.CALLBACK, ("f", (), {})),
}


def forging(data: bytes, then: str) -> str:
    return f"{FEW}def attack(*given):\n    os.write(3, {data!r})\n    {then}\n"


@pytest.mark.parametrize("name", NO_REPLIES)
@pytest.mark.parametrize("then", ["time.sleep(30)", "return 1.0"])
def test_a_forged_reply_that_is_none_is_a_fault(sandbox: Sandbox, name: str, then: str) -> None:
    with sandbox.session([forging(NO_REPLIES[name], then)]) as session:
        (outcome,) = session.call("attack", [()])
        assert isinstance(outcome, Fault)
        assert outcome.kind == "protocol"
        assert still_works(session)


@pytest.mark.slow
@pytest.mark.parametrize("name", NO_REPLIES)
def test_a_forged_reply_while_loading_costs_its_statement(sandbox: Sandbox, name: str) -> None:
    line = f"import os, time; os.write(3, {NO_REPLIES[name]!r}); time.sleep(30)"
    if name == "a loaded submission":  # it claims to hold no function, which is its own loss
        line = line.replace("time.sleep(30)", "os._exit(1)")
    with sandbox.session([f"{line}\n{FEW}"]) as session:
        assert still_works(session) or name == "a loaded submission"


@pytest.mark.parametrize(
    "reply",
    [
        {"problems": [(INF, 1, "x", "")], "functions": ["f"], "silenced": False, "lost": []},
        {"problems": [(1, -INF, "x", "")], "functions": [], "silenced": False, "lost": []},
        {"problems": 5, "functions": [], "silenced": False, "lost": []},
        {"problems": [], "functions": [1], "silenced": False},
        {"problems": [], "functions": None, "silenced": None},
        {"problems": [(1, 2)], "functions": [], "silenced": False, "lost": []},
        {"problems": [], "functions": [], "silenced": False, "lost": 5},
        {"problems": [], "functions": [], "silenced": False, "lost": [("f", INF, 1, "", "int", True)]},
        [1, 2],
        None,
    ],
)
def test_a_forged_account_of_loading_costs_its_statement(sandbox: Sandbox, reply: Any) -> None:
    line = f"import os, time; os.write(3, {wire.frame(wire.LOADED, reply)!r}); time.sleep(30)"
    with sandbox.session([f"{line}\n{FEW}"]) as session:
        assert still_works(session)
        assert [p.message for p in session.loaded.problems] == ["it sent an invalid reply"]


@pytest.mark.parametrize("place", [(INF, 1), (1,), None, "ab", (1, [2])])
def test_a_forged_announcement_of_a_statement_harms_nobody(sandbox: Sandbox, place: Any) -> None:
    line = f"import os, time; os.write(3, {wire.frame(wire.STARTING, place)!r}); os._exit(1)"
    with sandbox.session([f"{line}\n{FEW}"]) as session:
        assert still_works(session)


@pytest.mark.slow
def test_endless_announcements_end_at_the_deadline(sandbox: Sandbox) -> None:
    from autograder.sandbox.host import Limits

    starting = wire.frame(wire.STARTING, (1, 1, "", []))
    line = f"import os, time\nwhile True:\n    os.write(3, {starting!r}); time.sleep(0.02)"
    with (
        Sandbox(sandbox.level, Limits(call_seconds=0.1, patience=0.7, total_seconds=1)) as impatient,
        impatient.session([line]) as session,
    ):
        assert "the rest was not run" in session.loaded.problems[0].message


@pytest.mark.parametrize("extra", [RIGHT, RIGHT * 50, b"\0", wire.frame(wire.CALLBACK, (0, (), {}))])
def test_replies_that_nobody_asked_for_are_found_before_the_next_call(sandbox: Sandbox, extra: bytes) -> None:
    with sandbox.session([forging(RIGHT + extra, "return 1.0")]) as session:
        (outcome,) = session.call("attack", [()])
        assert value(outcome) == 1.0  # its own word, as good as any
        (next_one,) = session.call("sound", [(1.0,)])
        assert isinstance(next_one, Fault)
        assert next_one.kind == "protocol"
        assert still_works(session)


@pytest.mark.parametrize("kept", [1, 4, 5, 8])
def test_a_reply_that_is_cut_off_is_a_fault(sandbox: Sandbox, kept: int) -> None:
    with sandbox.session([forging(RIGHT[:kept], "os._exit(5)")]) as session:
        (outcome,) = session.call("attack", [()])
        assert isinstance(outcome, Fault)
        assert "exit code 5" in outcome.detail
        assert still_works(session)


@pytest.mark.slow
def test_a_reply_that_comes_by_drops_is_out_of_time(sandbox: Sandbox) -> None:
    from autograder.sandbox.host import Limits

    code = forging(struct.pack("<IB", 1000, wire.RETURNED), "while True: os.write(3, b'N'); time.sleep(0.01)")
    with (
        Sandbox(sandbox.level, Limits(call_seconds=0.2, patience=2.0)) as impatient,
        impatient.session([code]) as session,
    ):
        (outcome,) = session.call("attack", [()])
        assert isinstance(outcome, Fault)
        assert outcome.kind == "timeout"
        assert still_works(session)


def test_a_flood_of_replies_is_cut_off(sandbox: Sandbox) -> None:
    code = forging(RIGHT, f"while True: os.write(3, {RIGHT * 2000!r})")
    with sandbox.session([code]) as session:
        session.call("attack", [()])
        # its own word for its own functions; but soon more waits than was asked for
        outcomes = [session.call("sound", [(1.0,)])[0] for _ in range(10)]
        assert any(isinstance(outcome, Fault) for outcome in outcomes)
        assert still_works(session)


def test_giant_texts_are_cut_before_they_reach_a_report(sandbox: Sandbox) -> None:
    giant = "x" * (4 << 20)
    for frame in (wire.frame(wire.RAISED, RAISED | {"message": giant}), wire.frame(wire.UNSENDABLE, giant)):
        loop = "    at = 0\n    while at < len(DATA): at += os.write(3, DATA[at:])\n"
        code = f"{FEW}DATA = {frame!r}\ndef attack():\n{loop}"
        with sandbox.session([code]) as session:
            (outcome,) = session.call("attack", [()])
            assert isinstance(outcome, Raised) or not isinstance(outcome, Fault)
            assert len(repr(outcome)) < 20_000


def test_the_runner_can_be_taken_apart_without_harm_to_the_referee(sandbox: Sandbox) -> None:
    code = (
        f"{TOOLS}"
        "def attack():\n"
        "    runner = next(o for o in gc.get_objects() if type(o).__name__ == 'Runner')\n"
        "    runner._answer = lambda *a: runner._channel.send(b'\\xff' * 64)\n"
        "    np.ndarray = np.float64 = None\n"
        "    for name in list(sys.modules): sys.modules.pop(name)\n"
        "    return 1.0\n"
    )
    with sandbox.session([code]) as session:
        # the second is asked once more, in a new process, which it takes apart as well
        outcomes = [session.call("attack", [()])[0] for _ in range(3)]
        assert not isinstance(outcomes[1], Returned)
        assert isinstance(outcomes[2], Fault)
        assert still_works(session)


def test_what_is_kept_of_earlier_runs_can_neither_be_read_nor_written(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keeping.FOLDER, str(tmp_path / "cache"))
    keeping.shelf.cache_clear()
    assert reference.value("lecture.MSE").components == ("value",)
    ((folder,), (kept,)) = ([*(tmp_path / "cache").iterdir()], [*tmp_path.glob("cache/*/*")])
    before = kept.read_bytes()
    for attack in (
        f"return open({str(kept)!r}, 'rb').read()",
        f"return open({str(kept)!r}, 'ab').write(b'x')",
        f"return os.listdir({str(folder)!r})",
        f"return os.replace({str(kept)!r}, {str(folder / 'other')!r})",
        f"return open({str(folder / 'more')!r}, 'wb').write(b'x')",
    ):
        outcome = run(sandbox, attack)
        assert isinstance(outcome, Raised), (attack, outcome)
    assert [*folder.iterdir()] == [kept]
    assert kept.read_bytes() == before
    keeping.shelf.cache_clear()
