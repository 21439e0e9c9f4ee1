"""Imports NumPy once inside the lockdown, then forks one locked-down child a submission.

Only the referee writes to the control socket; a child's bytes never reach this process.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from typing import Any

from . import lockdown, runner, standins
from .channel import Channel

# Descriptors of a child: 0 reads nothing, 1 and 2 are the bounded output, 3 the referee.
_OUTPUT, _CHANNEL = 1, 3


class _Output:
    """Text sink over the bounded file: what is too much is dropped without an error."""

    encoding, errors, newlines, closed = "utf-8", "replace", None, False

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with contextlib.suppress(OSError):
            os.write(_OUTPUT, text.encode("utf-8", "replace"))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return _OUTPUT


def warm_up() -> None:
    """Import and touch now what every child would otherwise do once more."""
    import collections  # noqa: F401
    import copy  # noqa: F401
    import dataclasses  # noqa: F401
    import functools  # noqa: F401
    import itertools  # noqa: F401
    import math  # noqa: F401
    import random  # noqa: F401
    import statistics  # noqa: F401
    import typing  # noqa: F401

    import numpy as np
    import numpy.fft
    import numpy.ma
    import numpy.polynomial

    generator = np.random.default_rng(0)
    generator.permutation(5)
    np.linalg.norm(np.ones((4, 4)) @ np.ones(4))
    np.array2string(np.ones(3))
    try:
        raise ValueError
    except ValueError as error:
        traceback.extract_tb(error.__traceback__)


def warm_up_everything() -> None:
    """Import what ``from numpy import *`` imports, so that the children after this need not."""
    import numpy as np

    for name in np.__all__:
        with contextlib.suppress(Exception):  # a part that cannot be imported here is nobody's fault
            getattr(np, name)
    gc.collect()
    gc.freeze()


def enter_child(descriptors: list[int], limits: dict[str, int], layers: dict[str, Any]) -> None:
    """Everything a child gives up, then the runner."""
    channel, output = (os.dup2(fd, 100 + i) for i, fd in enumerate(descriptors))
    null = os.dup2(os.open("/dev/null", os.O_RDONLY), 102)
    landlock = layers["landlock"]
    if landlock is not None:
        landlock.descriptor = os.dup2(landlock.descriptor, 103)
    for source, target in ((null, 0), (output, 1), (output, 2), (channel, _CHANNEL)):
        os.dup2(source, target)
    if landlock is not None:
        landlock.descriptor = os.dup2(landlock.descriptor, 4)
    lockdown.close_descriptors_from(4 if landlock is None else 5)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sock = socket.socket(fileno=_CHANNEL)  # asks the kernel about the socket: before seccomp
    lockdown.limit_resources(limits)
    if sys.platform == "linux":
        lockdown.prctl(lockdown.PR_SET_PDEATHSIG, signal.SIGKILL)
        lockdown.prctl(lockdown.PR_SET_DUMPABLE, 0)
    if landlock is not None:
        landlock.enter()
    if layers["seccomp"] is not None:
        layers["seccomp"].enter()
    sys.argv = ["submission.py"]
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = _Output()  # type: ignore[assignment,misc]
    runner.Runner(Channel(sock)).serve()


def main(control_descriptor: int, config: dict[str, Any]) -> None:
    """Set the layers up, then fork a child for each request until the referee hangs up.

    Parameters
    ----------
    control_descriptor
        Of a sequenced-packet socket to the referee.
    config
        ``seccomp``, ``landlock``, ``drop_privileges``: whether; ``readable``: files and folders that
        Landlock leaves.
    """
    control = socket.socket(fileno=control_descriptor)
    warm_up()
    for place in sys.path[:2]:  # these files and NumPy, which finds its own modules; no other is to be found
        sys.path.remove(place)
        sys.path_importer_cache.pop(place, None)
    standins.install()
    os.environ.clear()
    layers: dict[str, Any] = {"landlock": None, "seccomp": None}
    if config["seccomp"]:
        layers["seccomp"] = lockdown.Seccomp()
    if config["landlock"]:
        list_folders()
        layers["landlock"] = lockdown.Landlock(config["readable"])
    if sys.platform == "linux":
        if config["drop_privileges"]:
            lockdown.drop_privileges()
        lockdown.prctl(lockdown.PR_SET_PDEATHSIG, signal.SIGKILL)  # after setuid, which clears it
        lockdown.prctl(lockdown.PR_SET_DUMPABLE, 0)
        lockdown.prctl(lockdown.PR_SET_NO_NEW_PRIVS, 1)
    config.clear()
    forget_arguments()
    os.chdir("/")
    gc.collect()
    gc.freeze()
    serve(control, layers)


def forget_arguments() -> None:
    """Let nothing tell what this process was started with: neither Python nor its arguments' memory."""
    arguments = b"".join(os.fsencode(each) + b"\0" for each in sys.orig_argv)
    sys.orig_argv = ["submission.py"]
    sys.argv = ["submission.py"]
    with contextlib.suppress(ValueError, AttributeError):  # where the C library has no such name
        began = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "program_invocation_name").value
        if began and ctypes.string_at(began, 1) == arguments[:1]:
            whole = ctypes.string_at(began, len(arguments))
            ctypes.memset(began, 0, len(arguments) if whole == arguments else len(whole.split(b"\0")[0]))
    count, words = ctypes.c_int(), ctypes.POINTER(ctypes.c_void_p)()
    ctypes.pythonapi.Py_GetArgcArgv(ctypes.byref(count), ctypes.byref(words))
    for k in range(count.value):
        if words[k]:
            length = len(ctypes.wstring_at(words[k]))
            ctypes.memset(words[k], 0, length * ctypes.sizeof(ctypes.c_wchar))


def list_folders() -> None:
    """Let the import system list the standard library's folders now: Landlock will let it read the modules
    in them, but not list a folder that also holds site-packages."""
    for place in sys.path:
        finder = sys.path_importer_cache.get(place)
        if finder is not None:
            finder.find_spec("a_name_that_nobody_uses")


def serve(control: socket.socket, layers: dict[str, Any]) -> None:
    """Fork a child for each request, and tell of each child how it ended."""
    control.send(json.dumps({"ready": True, "landlock": lockdown.landlock_version()}).encode())
    waker, _ = signal_pipe()
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(waker, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poll.poll()}
        if waker in ready:
            os.read(waker, 512)
            report_ended(control)
        if control.fileno() in ready and not start_child(control, layers):
            return


def signal_pipe() -> tuple[int, int]:
    """A pipe that can be read whenever a child has ended."""
    ends = os.pipe()
    for end in ends:
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ends[1], warn_on_full_buffer=False)
    return ends


def report_ended(control: socket.socket) -> None:
    """Tell of every child that has ended since the last time."""
    while True:
        try:
            child, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if child == 0:
            return
        seconds = usage.ru_utime + usage.ru_stime
        control.send(json.dumps({"ended": child, "status": status, "cpu": seconds}).encode())


def start_child(control: socket.socket, layers: dict[str, Any]) -> bool:
    """Fork a child for the next request, or get ready for others; false when the referee has hung up."""
    message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 4)
    if not message:
        return False
    request = json.loads(message)
    if request.get("everything"):
        warm_up_everything()
        return True
    limits = request["limits"]
    child = os.fork()
    if child == 0:
        try:
            enter_child(descriptors, limits, layers)
        except BaseException:
            traceback.print_exc()  # into the bounded output, where there is one already
        finally:
            os._exit(97)
    for descriptor in descriptors:
        os.close(descriptor)
    handle = os.pidfd_open(child) if hasattr(os, "pidfd_open") else None
    socket.send_fds(control, [json.dumps({"started": child}).encode()], [] if handle is None else [handle])
    if handle is not None:
        os.close(handle)
    return True
