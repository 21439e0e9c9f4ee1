"""Notebooks and modules as they are: guards, cells of other kinds, overwritten names, newer Pythons."""

from habit import FUNCTIONS, IMPORT, Habit, cells, module, without

HALF = "def mse_loss(X, y, w, b):\n    return half * np.mean((X @ w + b - y) ** 2)\n"
INDENTED = "".join(f"    {line}\n" if line else "\n" for line in without().split("\n"))
GRADIENT = FUNCTIONS["mse_gradient"]
HEAD, BODY = GRADIENT.split("\n", 1)


def beside(*more: object) -> Habit:
    """A right notebook with more cells."""
    return Habit({"derivatives.ipynb": [*cells(), *more]}, quiet=True)


def other_kind(kind: str, text: str = GRADIENT, word: str = "") -> Habit:
    """A notebook with an exercise in a cell of another kind."""
    cell = {"cell_type": kind, "metadata": {}, "source": text}
    return Habit(
        {"derivatives.ipynb": [*cells("mse_gradient"), cell]},
        lost=("mse_gradient",),
        told=(f"Your `mse_gradient` is in a {word or kind} cell",),
    )


def overwritten(line: str, function: str, words: str, *also: str) -> Habit:
    """A right notebook at whose end a function's name gets another meaning."""
    return Habit({"derivatives.ipynb": [*cells(), line]}, lost=(function, *also), told=(words,))


def newer(version: str, function: str = "mse_gradient", **changed: str) -> Habit:
    """A module in the syntax of a Python that is not out, or not here."""
    return Habit(
        {"derivatives.py": module(**changed)},
        lost=(function,),
        told=(f"this needs Python {version} or newer",),
    )


HABITS = {
    # ---- guards and __main__
    "a constant under the guard": Habit(
        {
            "derivatives.ipynb": [
                IMPORT,
                "if __name__ == '__main__':\n    half = 0.5\n",
                *cells(mse_loss=HALF)[1:],
            ]
        },
        quiet=True,
    ),
    "everything under the guard": Habit(
        {"derivatives.ipynb": [IMPORT, "if __name__ == '__main__':\n" + INDENTED]}, quiet=True
    ),
    "a main function": Habit(
        {
            "derivatives.ipynb": [
                *cells("mse_loss"),
                "def main():\n    global half\n    half = 0.5\n\nif '__main__' == __name__:\n    main()\n",
                HALF,
            ]
        },
        quiet=True,
    ),
    "import __main__": Habit(
        {
            "derivatives.ipynb": [
                *cells("mse_loss"),
                "import __main__\n__main__.half = 0.5\nassert __main__.predict is predict\n",
                HALF,
            ]
        },
        quiet=True,
    ),
    "sys.modules of the name": Habit(
        {
            "derivatives.ipynb": [
                *cells("mse_loss"),
                "import sys\nsetattr(sys.modules[__name__], 'half', 0.5)\n",
                HALF,
            ]
        },
        quiet=True,
    ),
    "a class that is pickled": beside(
        "import pickle\nclass A:\n    pass\nassert isinstance(pickle.loads(pickle.dumps(A())), A)\n"
    ),
    "unittest in a notebook": beside(
        "import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(1, 1)\nunittest.main(argv=[''], exit=False)\n"
    ),
    "doctest in a notebook": beside("import doctest\ndoctest.testmod(verbose=True)\n"),
    "the guard in a module": Habit(
        {"derivatives.py": module() + "\nif __name__ == '__main__':\n    raise RuntimeError\n"}, quiet=True
    ),
    "history": beside("print(In[1], Out, _, __)\n"),
    "await": beside(
        "import asyncio\nasync def go():\n    await asyncio.sleep(0)\n    return 3\nresult = await go()\nassert result == 3\n"
    ),
    "await before a definition": Habit(
        {
            "derivatives.ipynb": [
                IMPORT,
                "import asyncio\nawait asyncio.sleep(0)\nhalf = 0.5\n" + without(mse_loss=HALF),
            ]
        },
        quiet=True,
    ),
    "exit at the end": Habit(
        {"derivatives.ipynb": [*cells(), "exit()\n", "quit\nhelp(predict)\n"]}, told=("SystemExit",)
    ),
    # ---- cells of other kinds
    "in a Markdown cell": other_kind("markdown", word="Markdown"),
    "in a fence in Markdown": other_kind("markdown", f"Here:\n```python\n{GRADIENT}```\n", "Markdown"),
    "indented in Markdown": other_kind(
        "markdown", "My code\n\n" + "".join(f"    {x}\n" for x in GRADIENT.split("\n")), "Markdown"
    ),
    "in a raw cell": other_kind("raw"),
    "in a raw cell with a prompt": other_kind("raw", f">>> {GRADIENT}"),
    "a type of cell in capitals": Habit(
        {"derivatives.ipynb": [{"cell_type": "Code", "source": c, "metadata": {}} for c in cells()]},
        quiet=True,
    ),
    "lines without their breaks": Habit(
        {
            "derivatives.ipynb": [
                {"cell_type": "code", "source": c.splitlines(), "metadata": {}} for c in cells()
            ]
        },
        told=("have lost their line breaks",),
    ),
    "a stub below it": Habit(
        {"derivatives.ipynb": [*cells(), "def predict(X, w, b):\n    raise NotImplementedError\n"]},
        lost=("predict",),
        told=("It is defined 2 times, and the last definition counts",),
    ),
    "a stub, and the work in Markdown": Habit(
        {
            "derivatives.ipynb": [
                *cells(predict="def predict(X, w, b):\n    raise NotImplementedError\n"),
                {"cell_type": "markdown", "metadata": {}, "source": FUNCTIONS["predict"]},
            ]
        },
        lost=("predict",),
        told=("Your `predict` is in a Markdown cell",),
    ),
    "colab is asked for": Habit(
        {
            "derivatives.ipynb": [
                "try:\n    import google.colab\n    IN_COLAB = True\nexcept ImportError:\n    IN_COLAB = False\n"
                "import sys\nassert not IN_COLAB and 'google.colab' not in sys.modules\n",
                *cells(),
            ]
        },
        quiet=True,
    ),
    "an overwritten name that others call": Habit(
        {"derivatives.ipynb": [*cells(), "sigmoid = sigmoid(np.zeros(3))\n"]},
        lost=("sigmoid",),
        told=("`sigmoid` is no longer a function", "Judged separately from your `sigmoid`"),
    ),
    "a method": Habit(
        {
            "derivatives.py": module("predict")
            + "\nclass Model:\n    @staticmethod\n    def predict(X, w, b):\n        return X @ w + b\n"
        },
        lost=("predict",),
        told=("It is defined inside something else",),
    ),
    # ---- names that mean something else
    "a result": overwritten(
        "X = np.ones((3, 2))\npredict = predict(X, np.ones(2), 0.0)\n",
        "predict",
        "`predict` is no longer a function: cell 11, line 2 gives its name to something of type ndarray",
    ),
    "a number": overwritten(
        "mse_loss = mse_loss(np.ones((2, 2)), np.ones(2), np.ones(2), 0.0)",
        "mse_loss",
        "something of type float64",
    ),
    "a tuple": overwritten("mse_gradient = 1, 2", "mse_gradient", "something of type tuple"),
    "a loop": overwritten(
        "for dL_db in range(3):\n    pass\n",
        "dL_db",
        "cell 11, line 1 gives its name to something of type int",
    ),
    "deleted": overwritten("x = 1\ndel dL_dw1", "dL_dw1", "cell 11, line 2 deletes it"),
    "a context": overwritten(
        "import io\nwith io.StringIO() as predict:\n    pass\n", "predict", "something of type StringIO"
    ),
    "a module": overwritten("import math as predict", "predict", "something of type module"),
    "an unpacking": overwritten(
        "predict, mse_gradient = [1], 2", "predict", "something of type list", "mse_gradient"
    ),
    "in another function": overwritten(
        "def go():\n    global predict\n    predict = 3\ngo()\n", "predict", "something of type int"
    ),
    "never a function": Habit(
        {"derivatives.py": module("mse_loss") + "\nmse_loss = 0.5\n"},
        lost=("mse_loss",),
        told=("`mse_loss` is not a function: line ",),
    ),
    "overwritten and defined again": Habit(
        {"derivatives.ipynb": [*cells(), "predict = 3\n", FUNCTIONS["predict"]]}, quiet=True
    ),
    # ---- imports
    "several in a line": Habit(
        {"derivatives.py": "import torch, pandas as pd, numpy as np\n" + without()},
        told=("the package 'torch'", "the package 'pandas'"),
    ),
    "several, the last is missing": Habit(
        {"derivatives.py": "import numpy as np, torch.nn as nn\n" + without()}, told=("the package 'torch'",)
    ),
    "a name that only newer Pythons have": Habit(
        {
            "derivatives.py": "from typing import Callable, override, Any\nfrom itertools import batched, chain\nf: Callable = chain\n"
            + module(predict="def predict(X: Any, w: Callable, b):\n    return X @ w + b\n")
        },
        told=("cannot import name 'override'", "cannot import name 'batched'"),
    ),
    "a try without another way": Habit(
        {
            "derivatives.py": "try:\n    import pandas as pd\n    import numpy as np\nexcept ImportError:\n    print('pip install pandas')\n"
            + without()
        },
        quiet=True,
    ),
    "a try that exits": Habit(
        {
            "derivatives.py": "import sys\ntry:\n    import torch\n    import numpy as np\nexcept ImportError:\n    sys.exit('install')\n"
            + without()
        },
        told=("SystemExit: install",),
    ),
    "a try with another way": Habit(
        {
            "derivatives.py": "try:\n    import cupy as np\n    GPU = True\nexcept ImportError:\n    import numpy as np\n    GPU = False\nassert not GPU\n"
            + without()
        },
        quiet=True,
    ),
    "a decorator that is missing": Habit(
        {
            "derivatives.py": "import numba\nfrom numba import njit, jit\n"
            + module(
                predict="@njit\n" + FUNCTIONS["predict"],
                mse_loss="@jit(nopython=True, cache=True)\n" + FUNCTIONS["mse_loss"],
                sigmoid="@numba.njit(fastmath=True)\n" + FUNCTIONS["sigmoid"],
            )
        },
        told=("the package 'numba'",),
    ),
    "annotations that are missing": Habit(
        {
            "derivatives.py": "import torch\nfrom jaxtyping import Float, jaxtyped\n"
            + module(
                predict="def predict(X: torch.Tensor | None, w: Float[np.ndarray, 'd'], b: 'float') -> torch.Tensor:\n    return X @ w + b\n"
            )
        },
        told=("the package 'torch'", "the package 'jaxtyping'"),
    ),
    "isinstance of what is missing": Habit(
        {
            "derivatives.py": "import torch\n"
            + module(
                predict="def predict(X, w, b):\n    if isinstance(X, (torch.Tensor, list)):\n        X = X.numpy()\n    return X @ w + b\n"
            )
        },
        told=("the package 'torch'",),
    ),
    "a base class that is missing": Habit(
        {
            "derivatives.py": "import torch.nn as nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.half = 0.5\nhalf = Net().half\n"
            + module(mse_loss=HALF)
        },
        told=("the package 'torch'",),
    ),
    "a value that is missing": Habit(
        {
            "derivatives.py": "from scipy.special import expit\n"
            + module(sigmoid="def sigmoid(z):\n    return 1.0 * expit(z)\n")
        },
        lost=("sigmoid",),
        told=("it needs 'scipy', which is not available in grading",),
    ),
    "a value that is missing, imported where it is": Habit(
        {
            "derivatives.py": module(
                sigmoid="def sigmoid(z):\n    from scipy.special import expit\n    return 1.0 * expit(z)\n"
            )
        },
        lost=("sigmoid",),
        told=("it needs 'scipy', which is not available in grading",),
    ),
    "a function that is missing": Habit(
        {
            "derivatives.py": "from autograd import grad\n"
            + module("mse_gradient")
            + "\nmse_gradient = grad(mse_loss)\n"
        },
        lost=("mse_gradient",),
        told=("`mse_gradient` is something of autograd.grad, which is not available in grading",),
    ),
    # ---- Pythons that are not here
    "generic functions": newer("3.12", mse_gradient=GRADIENT.replace("gradient(", "gradient[T](")),
    "quotes in quotes": newer(
        "3.12", mse_gradient=HEAD + "\n    d = {'n': 1}\n    print(f'{d['n']} rows')\n" + BODY
    ),
    "the type statement": Habit(
        {"derivatives.py": "type Vector = list[float]\n" + module()},
        told=("Line 1: SyntaxError: line 1: this needs Python 3.12",),
    ),
    "defaults of type parameters": newer(
        "3.13", mse_gradient=GRADIENT.replace("gradient(", "gradient[T = int](")
    ),
    "except without brackets": newer(
        "3.14",
        mse_gradient=HEAD
        + "\n    try:\n        pass\n    except ValueError, TypeError:\n        pass\n"
        + BODY,
    ),
    "template strings": newer("3.14", mse_gradient=HEAD + "\n    name = t'{w}'\n" + BODY),
    "Python 2": Habit(
        {"derivatives.py": module(mse_gradient=HEAD + "\n    print 'x'\n" + BODY) + "\nprint 'done', 3\n"},
        lost=("mse_gradient",),
        told=("its code is not valid Python: line 25: Missing parentheses",),
    ),
    # ---- settings
    **{
        f"np.seterr({how})": Habit({"derivatives.py": IMPORT + f"np.seterr({how})\n" + without()}, quiet=True)
        for how in (
            "all='raise'",
            "over='raise'",
            "under='warn'",
            "all='print'",
            "divide='raise', invalid='raise'",
        )
    },
    "NumPy silenced": Habit(
        {"derivatives.py": IMPORT + "np.seterr(all='ignore')\n" + without()},
        told=("switches NumPy's warnings off",),
    ),
    # ---- paths of the machine
    "a name that a module has not": Habit(
        {
            "derivatives.py": "from typing import nothing\nfrom math import nothing_either\nimport numpy.nothing\n"
            + module()
        },
        told=("cannot import name 'nothing' from 'typing' (python3.",),
    ),
    "merge marks": Habit(
        {
            "derivatives.py": module(
                predict="<<<<<<< HEAD\n"
                + FUNCTIONS["predict"]
                + "=======\n"
                + FUNCTIONS["predict"]
                + ">>>>>>> b\n"
            )
        },
        told=("this is the mark of an unfinished Git merge",),
    ),
}
