"""Nothing that a student reads tells where the grading machine keeps its files."""

import sys
from pathlib import Path

import pytest

from autograder.sandbox.host import Raised, Returned, Sandbox
from autograder.sandbox.places import values_without_places, without_places

CODE = """
import numpy as np, os, sys, traceback, typing, warnings, random, inspect
def text(how):
    if how == 0: return np.__file__
    if how == 1: return repr(typing)
    if how == 2: return (random.__file__, [sys.executable, {"path": os.__file__}])
    if how == 3: raise ValueError(np.linalg.__file__)
    if how == 4: raise ImportError("cannot import name 'x'", path=typing.__file__)
    if how == 5: warnings.warn(os.__file__); return 1.0
    if how == 6: return "; ".join(sys.path)
    if how == 7: return inspect.getsourcefile(np.mean)
    if how == 8: return "".join(traceback.format_stack())
print(np.__file__, typing, sys.prefix, sys.base_prefix)
try:
    np.linalg.inv(np.zeros((2, 2)))
except Exception:
    traceback.print_exc()
from typing import nothing
open(os.__file__ + "/nothing")
"""
PLACES = (sys.base_prefix, sys.prefix, str(Path(__file__).parents[2]), "/sandbox", "site-packages")


def test_no_way_to_a_student_tells_a_place(any_sandbox: Sandbox) -> None:
    with any_sandbox.session([CODE]) as session:
        outcomes = session.call("text", [(how,) for how in range(9)])
        assert isinstance(outcomes[0], Returned)
        assert outcomes[0].value == "numpy/__init__.py"
        assert isinstance(outcomes[3], Raised)
        assert outcomes[3].message == "numpy/linalg/__init__.py"
        told = f"{without_places(session.printed())}{session.loaded}{outcomes}"
        assert "numpy/linalg/_linalg.py" in told  # of the printed traceback
        assert "cannot import name 'nothing' from 'typing' (python3." in told
        assert [place for place in PLACES if place in told] == []


@pytest.mark.parametrize(
    "text", ["", "a/b", "/home/ada/hw.py", "/", "//", "1/2 of it", "https://example.org/a", "η/ζ", "./x/../y"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert without_places(text) == text
    assert values_without_places((text, [text], {text: text}, 1.5)) == (text, [text], {text: text}, 1.5)


def test_a_place_that_only_begins_alike_is_another() -> None:
    assert without_places(f"{sys.base_prefix}X") == f"{sys.base_prefix}X"
