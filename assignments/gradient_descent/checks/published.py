"""What is published of the exercises: the content of ``examples.json``."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

# The first example of each exercise.
WORKED = "the worked example of its docstring"


def exercises() -> dict[str, Any]:
    """The exercises of this folder by name, as ``examples.json`` has them."""
    found = _content()["exercises"]
    assert isinstance(found, dict)
    return found


def guesses() -> dict[str, Any]:
    """What the notebook asks before its experiments, by name: the choices, or none, and the unit."""
    found = _content()["guesses"]
    assert isinstance(found, dict)
    return found


def guess_points() -> float:
    """How many lost points all guesses together give back at most; 0 where they give back none."""
    return float(_content().get("guess_points", 0))


def released(file: str) -> str:
    """The fingerprint of a file as it was handed out; empty where it was not."""
    return str(_content()["released"].get(file, ""))


def given() -> str:
    """The comment that begins a cell which is given."""
    return str(_content()["given"])


@cache
def _content() -> dict[str, Any]:
    path = Path(__file__).with_name("examples.json")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(
            f"{path.name} is missing in {path.parent}: take the folder from the kit again."
        ) from None
    assert isinstance(found, dict)
    return found


def module(name: str) -> ModuleType:
    """A module that lies beside the checks' folder, such as ``losses``.

    It is known by a name of its own, so that the kits of two homeworks work side by side.
    """
    own = f"{__package__}_{name}"
    if own not in sys.modules:
        path = Path(__file__).parents[1] / f"{name}.py"
        spec = importlib.util.spec_from_file_location(own, path)
        assert spec is not None
        assert spec.loader is not None
        made = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(made)
        sys.modules[own] = made
    return sys.modules[own]
