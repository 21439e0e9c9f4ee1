"""A submission's process does not show what it was started with."""

from typing import Any

import pytest

from autograder.sandbox.host import Returned, Sandbox

TOOLS = """
import ctypes, gc, os, sys

def frames():
    frame = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back

def held():
    return [value for frame in frames() for value in frame.f_locals.values()]

def started_with():
    place = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "program_invocation_name").value
    return ctypes.string_at(place, 2000).split(b"LC_ALL")[0].strip(b"\\0")

def wide():
    count, words = ctypes.c_int(), ctypes.POINTER(ctypes.c_void_p)()
    ctypes.pythonapi.Py_GetArgcArgv(ctypes.byref(count), ctypes.byref(words))
    return [ctypes.wstring_at(words[k]) for k in range(count.value) if words[k]]
"""
LOOKS = {
    "the original arguments": ("sys.orig_argv", ["submission.py"]),
    "the arguments": ("sys.argv", ["submission.py"]),
    "the arguments of the main function": ("[f.f_locals.get('config', {}) for f in frames()][-2:]",
                                           [{}, {}]),
    "constants of the program": ("[c for f in frames() for c in f.f_code.co_consts if isinstance(c, str)"
                                 " and f.f_code.co_filename == '<string>' and '/' in c]", []),
    "lists of what may be read": (
        "[o for o in held() if type(o) in (list, dict) and '/dev/urandom' in o]", []),
    "the memory of the arguments": ("b'/' in started_with()", False),
    "the arguments as Python keeps them": ("[word for word in wide() if word]", []),
    "the environment": ("dict(os.environ)", {}),
    "the environment of C": ("ctypes.CDLL(None).getenv(b'LC_ALL')", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_nothing_tells_what_the_process_was_started_with(sandbox: Sandbox, name: str) -> None:
    code, expected = LOOKS[name]
    with sandbox.session([f"{TOOLS}\ndef look():\n    return {code}\n"]) as session:
        (outcome,) = session.call("look", [()])
    assert isinstance(outcome, Returned), outcome
    value: Any = outcome.value
    assert value == expected
