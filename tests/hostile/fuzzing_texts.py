"""Random and mutated texts for what reads a student's code as it is: notation, outputs, own modules."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import random
import sys
import warnings
from typing import Any

from mutating import mutated, mutated_text, source

from autograder.sandbox.inside.handed import Files, Finder
from autograder.sandbox.inside.magics import translated
from autograder.sandbox.inside.marimo import is_marimo
from autograder.sandbox.inside.statements import statements
from autograder.submission.slimming import slim

_LINES = (
    "%matplotlib inline", "%%time", "%%writefile a.py", "!pip install x \\", "    more", "np.dot?", "?x",
    "x = !ls", "r = %timeit -o f()", "def f(x):", "    return (x", "    % 3)", "'''text", "%not'''",
    "a = 'it", "# it's", "if x:", "    !ls", "else:", "    pass", "(", ")", "import numpy as np",
    "from a import b", "@app.cell", "def _(np):", "import marimo", "app = marimo.App()",
    "with app.setup:", "pip install y", "cd ..", 'f"{x["a"]}"', "type X = int", "await f()", "print 'x'",
    "x = 7 \\", "  % 4", "", "# Given", "# %%", "try:", "except A, B:", "%run a.py", "\\",
)  # fmt: skip


def try_cells(number: int) -> str:
    """Split a text in IPython's notation: nothing fails, lines keep their numbers, Python stays."""
    chance = source("cells", number)
    text = "\n".join(chance.choice(_LINES) for _ in range(chance.randrange(1, 12)))
    if text and chance.random() < 0.4:
        text = mutated_text(text, chance, odd=["\0", "\t", "\x0c", "'", '"', "\\", "%", "!", "?", "\u2028"])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError):
        tree = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = statements(text, "# Gegeben")
    assert all(1 <= each.line <= text.count("\n") + 1 for each in found), "a line that there is not"
    if tree is not None and not is_marimo(text):
        assert [ast.dump(each.node) for each in found if each.node] == [ast.dump(node) for node in tree.body]
        return "Python"
    new = translated(text).text
    assert not new or text.lstrip().startswith("%%") or new.count("\n") <= text.count("\n")
    return "statements" if any(each.node for each in found) else "problems"


def _without_outputs(value: Any) -> Any:
    if isinstance(value, dict):
        left_out = ("outputs", "output", "attachments", "widgets")
        return {key: None if key in left_out else _without_outputs(each) for key, each in value.items()}
    return [_without_outputs(each) for each in value] if isinstance(value, list) else value


def try_large(number: int) -> str:
    """Go through a mutated notebook in pieces of any size: the same is left, and what is left is right."""
    chance = source("large", number)
    data = json.dumps(notebook_content(chance)).encode()
    if chance.random() < 0.7:
        data = mutated(data, chance)
    left = {_gone_through(data, piece) for piece in (chance.randrange(1, 50), 1 << 20)}
    assert len(left) == 1, "pieces of another size give something else"
    try:
        value = json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return "damaged"
    assert json.loads(left.pop()) == _without_outputs(value)
    return "read"


def _gone_through(data: bytes, piece: int) -> bytes:
    stream = io.BytesIO(data)
    return slim(lambda count: stream.read(min(count, piece)), 10**7)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs) or any(
        "output" not in key and "\\u" in key for key, _ in pairs
    ):
        raise ValueError
    return dict(pairs)


def notebook_content(chance: random.Random) -> dict[str, Any]:
    """A notebook with outputs of many kinds."""
    texts = ('a "quoted" text', "\\", "[1, {", "}]", "outputs", '"outputs": [', "\n\t", "é", "x" * 60)
    values = [1, None, [], {}, "", [[]], {"outputs": []}, {"a": ["]", '"']}, *texts]

    def cell() -> dict[str, Any]:
        outputs = [{"text": [chance.choice(texts)] * 2, "data": chance.choice(values)}] * chance.randrange(3)
        made = {"cell_type": "code", "source": chance.choice(texts), "outputs": outputs}
        if chance.random() < 0.5:
            made["attachments"] = chance.choice(values)
        return made

    return {
        "metadata": {"widgets": chance.choice(values)},
        "cells": [cell() for _ in range(chance.randrange(4))],
    }


_NAMES = (
    "a",
    "lib",
    "__init__",
    "..",
    ".",
    "",
    "random",
    "numpy",
    "code",
    "my mod",
    "é",
    "a.b",
    "-",
    "x\0",
    "ipynb",
    "'a'",
)


def try_files(number: int) -> str:
    """Ask for modules and files by any name among files of any name."""
    chance = source("files", number)

    def name() -> str:
        parts = [chance.choice(_NAMES) for _ in range(chance.randrange(1, 4))]
        return chance.choice(("/", ".", "\\")).join(parts) + chance.choice(
            (".py", ".ipynb", ".PY", "", ".txt")
        )

    ran: list[str] = []
    before = {
        key: sys.modules[key].__dict__.get("__getattr__") for key in ("random", "code") if key in sys.modules
    }
    files = Files([(name(), "x = 1") for _ in range(5)], ["a"], lambda _c, path, _n: ran.append(path))
    try:
        for _ in range(10):
            asked = name()
            path = files.find(asked)
            assert not path or path in files.paths
            files.spec(Finder(files), asked)
            files.opened(asked, chance.choice(("r", "rb", "w", "r+")))
            with contextlib.suppress(FileNotFoundError):
                files.run_file(chance.choice(("", "-i ", "-m ", "'")) + asked + " --x", {})
            files.add(name(), "y = 2", more=chance.random() < 0.5)
    finally:
        for key, function in before.items():
            if function is None:
                sys.modules[key].__dict__.pop("__getattr__", None)
    assert set(ran) <= files.paths
    return "run" if ran else "nothing run"
