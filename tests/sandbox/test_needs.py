"""What has to run so that a function works is read from the text; nothing runs here."""

import pytest

from autograder.sandbox.inside.needs import needed
from autograder.sandbox.inside.statements import statements

# Of each text the lines that are kept for the function f; "own" is a module of the student's.
TEXTS = {
    "a function alone": ("def f(x):\n    return x\nslow()", {1}),
    "the functions that it calls": ("def g(): pass\nslow()\ndef f(): return g()", {1, 3}),
    "a name that is computed": ("table = slow()\nother = slow()\ndef f(): return table", {1, 3}),
    "what computes a name that is computed": (
        "n = slow()\nm = n + slow()\nk = slow()\ndef f(): return m",
        {1, 2, 4},
    ),
    "every definition of a name": ("def f(): return 1\nslow()\ndef f(): return 2\nf = wrap(f)", {1, 3, 4}),
    "a local variable is no name of the module": (
        "losses = slow()\ndef f(x):\n    losses = []\n    return losses",
        {2},
    ),
    "an argument is none either": ("w = slow()\ndef f(w, *args, k=1, **more): return w, args, k, more", {2}),
    "a variable of a comprehension is none": (
        "i = slow()\ndef f(n): return [i for i in range(n)]",
        {2},
    ),
    "a lambda": ("a = slow()\nb = slow()\nf = lambda b: a + b", {1, 3}),
    "an inner function": (
        "a = slow()\nb = slow()\ndef f(b):\n    def g(): return a + b\n    return g()",
        {1, 3},
    ),
    "a default": ("a = slow()\ndef f(x=a): return x", {1, 2}),
    "a default that is called": ("def g(): return 1\ndef f(x=g()): return x", {1, 2}),
    "a decorator": ("def twice(g): return g\nslow()\n@twice\ndef f(): pass", {1, 4}),
    "an annotation": ("A = slow()\ndef f(x: A): return x", {1, 2}),
    "a global that another call sets": (
        "def setup():\n    global table\n    table = 1\nsetup()\nslow()\ndef f(): return table",
        {1, 4, 6},
    ),
    "a list that is filled": (
        "table = []\nfor k in range(3):\n    table.append(k)\nprint(1)\ndef f(): return table",
        {1, 2, 5},
    ),
    "a dict that is filled": ("d = {}\nd['a'] = slow()\ne['a'] = 1\ndef f(): return d", {1, 2, 4}),
    "a value that is added to": ("n = 1\nn += slow()\ndef f(): return n", {1, 2, 3}),
    "a name that is deleted": ("n = 1\ndel n\ndef f(): return n", {1, 2, 3}),
    "a name that is bound in a branch": (
        "if slow():\n    n = 1\nelse:\n    n = 2\ndef f(): return n",
        {1, 5},
    ),
    "a name that is bound in a loop": ("for n in slow(): pass\ndef f(): return n", {1, 2}),
    "a name that a with binds": ("with open('a') as n: pass\nwith x: pass\ndef f(): return n", {1, 3}),
    "a try around an import": ("try:\n    import a\nexcept ImportError:\n    a = None\ndef f(): a", {1, 5}),
    "a walrus": ("print(n := slow())\ndef f(): return n", {1, 2}),
    "several names at once": ("a, (b, *c) = slow()\nd, e = slow()\ndef f(): return c", {1, 3}),
    "what a class needs": (
        "n = slow()\nm = slow()\nclass A(B):\n    k = n\n    def g(self): return f\ndef f(): return A()",
        {1, 3, 6},
    ),
    "an import": ("import numpy as np\nnp.random.seed(slow())\ndef f(): return np", {1, 3}),
    "a star binds anything": ("from own import *\nslow()\ndef f(): return n", {1, 3}),
    "code in a string binds anything": ("exec('n = 1')\nslow()\ndef f(): return n", {1, 3}),
    "a magic that runs a file": (
        "get_ipython().run_line_magic('run', 'a.py')\nget_ipython().system('ls')\ndef f(): pass",
        {1, 3},
    ),
    "constants are plain": (
        "lr = 1e-3\nn = 10**-2\nm = -2 * 3 + 1\nslow()\ndef f(): return lr",
        {1, 2, 3, 5},
    ),
    "a power that is large is not": ("n = 10**10**10\nm = 9**99999\ns = 'a' * 10**9\ndef f(): pass", {4}),
    "what only shows": ("plt.plot(x)\nprint(f(1))\nf(2)\nassert f(3)\ndef f(x): return x", {5}),
    "a guard": ("def f(): pass\nif __name__ == '__main__':\n    main()", {1}),
}


def kept(text: str, *wanted: str, plain_only: bool = False) -> set[int]:
    listed = statements(text, "# Given")
    numbers = needed(listed, wanted, lambda name: name == "own", plain_only=plain_only)
    return {listed[k].line for k in numbers}


@pytest.mark.parametrize("name", TEXTS)
def test_a_function_keeps_what_it_needs_and_nothing_that_it_does_not(name: str) -> None:
    text, lines = TEXTS[name]
    assert kept(text, "f") == lines


def test_where_nobody_says_what_is_wanted_all_functions_are() -> None:
    assert kept("a = slow()\nb = slow()\ndef f(): return a\nclass C: k = b\nslow()") == {1, 2, 3, 4}


def test_plain_definitions_run_nothing() -> None:
    text = (
        "import os\nfrom own import g\nimport own\nfrom . import h\nN = 3\n@wrap\ndef f(): pass\n"
        "def g(x=slow()): pass\ndef h(x: int | None = None) -> 'float': pass\nclass A(object):\n    k = 1\n"
        "class B:\n    k = slow()\nx = [1, {'a': -2.5}]\ny = f()\n"
    )
    assert kept(text, "f", plain_only=True) == {1, 5, 9, 10, 14}


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 80 + "1" + ")" * 80,
        "x = " + "-" * 3000 + "1",
        "f = " + "lambda: " * 300 + "1",
        "x = [" + "[" * 60 + "]" * 60 + "]",
        "\n".join(f"def f{k}(): return f{k + 1}()" for k in range(3000)),
        "x = " + " + ".join(["1"] * 900),
        "def f(:\n  x\n\x00",
    ],
)
def test_odd_texts_are_looked_through(text: str) -> None:
    assert kept(text, "f", "f0") is not None
