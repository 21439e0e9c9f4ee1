"""IPython's notation in notebooks, and what its exports make of it."""

from habit import FUNCTIONS, IMPORT, Habit, cells, module, without

TEXT = (
    "def mse_gradient(X, y, w, b):\n    note = '''\n    !not a shell\n    %not a magic\n    why?\n    '''\n"
    "    assert 'not a shell' in note and 'not a magic' in note and 'why?' in note\n"
    "    text = ('%d rows'\n        % len(y))\n    same = (len(y)\n        != len(X))\n    assert text and not same\n"
    "    rest = len(y) \\\n        % 10**6\n    r = X @ w + b - y\n    return X.T @ r / rest, r.mean()\n"
)
ALL = without()
INDENTED = "".join(f"    {line}\n" if line else "\n" for line in ALL.split("\n"))


def cell(magic: str) -> Habit:
    """A notebook each cell of which begins with a magic."""
    return Habit(
        {"derivatives.ipynb": [IMPORT, *(f"{magic}\n{text}" for text in FUNCTIONS.values())]}, quiet=True
    )


def line(first: str, *, quiet: bool = True) -> Habit:
    """A notebook with everything in one cell below some lines."""
    return Habit({"derivatives.ipynb": [f"{first}\n{IMPORT}{ALL}"]}, quiet=quiet)


HABITS = {
    **{
        f"a cell of {magic}": cell(magic)
        for magic in (
            "%%time",
            "\n\n%%time",
            "%%timeit -n 1 -r 1",
            "%%capture out",
            "%%memit",
            "%%debug",
            "%%prun -s cumtime",
            "%%python3",
            "%%snakeviz",
            "%%lprun -f predict",
        )
    },
    "an unknown magic before Python": Habit(
        {"derivatives.ipynb": cells(sigmoid="%%fancy --now\n" + FUNCTIONS["sigmoid"])},
        told=("Cell 8, line 1: %%fancy is not known in grading: its cell was run as Python",),
    ),
    "another language": Habit(
        {
            "derivatives.ipynb": [
                *cells(),
                "%%bash\nrm -rf /\n",
                "%%html\n<b>x</b>",
                "%%sql\nSELECT 1\n",
                "%%R\nx <- 1",
            ]
        },
        quiet=True,
    ),
    "an exercise in a cell that is not run": Habit(
        {"derivatives.ipynb": cells(predict="%%script false --no-raise-error\n" + FUNCTIONS["predict"])},
        lost=("predict",),
        told=("a cell that begins with %%script is not run",),
    ),
    "a magic below a comment": Habit(
        {"derivatives.ipynb": cells(predict="# mine\n%%time\n" + FUNCTIONS["predict"])},
        told=("Cell 2, line 2: %%time counts in the first line of a cell only",),
    ),
    "what looks like magic inside a statement": Habit(
        {"derivatives.ipynb": ["%matplotlib inline\n" + IMPORT + without(mse_gradient=TEXT)]}, quiet=True
    ),
    "the same in a script with magics": Habit(
        {"derivatives.py": "%matplotlib inline\n" + IMPORT + without(mse_gradient=TEXT)}, quiet=True
    ),
    "shell lines": line(
        "!pip install -q numpy\n!!ls\nfiles = !ls *.csv\nfor f in files:\n    !cat {f}\nlines, = [1]"
    ),
    "a shell line over many": line("!pip install numpy \\\n    tqdm \\\n    pandas"),
    "a shell line with a quote": line("!echo \"don't\nfoo = !echo '(' [ {"),
    "line magics": line(
        "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n%config InlineBackend.figure_format = 'retina'\n"
        "%env A=1\n%precision 3\n%who\n%cd ~/hw\n%pip install tqdm\n%conda install x"
    ),
    "questions": line("np.dot?\n?np.mean\nnp.sum??\n%time?\nstr.*find*?\n??predict"),
    "automagic": line(
        "pip install numpy\ncd ..\nmatplotlib inline\nload_ext autoreload\nls -l *.csv\nmkdir figures"
    ),
    "a name that is a magic too": line(
        "ls = [1]\ntime = 3\nrun = time + ls[0]\n%who\nassert run == 4\ncd = ls"
    ),
    "timed lines": Habit(
        {
            "derivatives.ipynb": [
                *cells("mse_loss"),
                "X = np.ones((3, 2))\n%timeit predict(X, np.ones(2), 1.0)\n%timeit -n 3 -r1 predict(X, np.ones(2), 1.0)\n"
                "res = %timeit -o predict(X, np.ones(2), 1.0)\nprint(res.average)\n%prun -l 5 -s cumtime predict(X, X[0], 1)\n"
                "%time half = 0.5\nvalue = %time 2 * half\nassert value == 1.0\n%lprun -f predict predict(X, X[0], 1)\n",
                "def mse_loss(X, y, w, b):\n    return half * np.mean((X @ w + b - y) ** 2)\n",
            ]
        },
        quiet=True,
    ),
    "an import that is timed": Habit(
        {"derivatives.ipynb": ["%time import numpy as np\n", *cells()[1:]]}, quiet=True
    ),
    "in a branch": line(
        "import sys\nif 'google.colab' in sys.modules:\n    !pip install x\n    %cd /\nelse:\n    %matplotlib inline"
    ),
    "in a function": line("def setup():\n    %matplotlib inline\n    !ls\nsetup()"),
    "pylab": Habit({"derivatives.ipynb": ["%pylab inline\n", *cells()[1:]]}, quiet=True),
    "from pylab": Habit(
        {"derivatives.py": "from pylab import *\n" + ALL + "\nplot(linspace(0, 1, 3)); show()\n"}, quiet=True
    ),
    "import pylab": Habit({"derivatives.py": "import pylab as np\n" + ALL + "\nnp.plot([1])\n"}, quiet=True),
    "from matplotlib.pylab": Habit({"derivatives.py": "from matplotlib.pylab import *\n" + ALL}, quiet=True),
    "from pyplot": Habit(
        {"derivatives.py": "from matplotlib.pyplot import *\n" + ALL + "\nplot([1])\ntitle('x')\n"},
        quiet=True,
    ),
    "below an unfinished function": Habit(
        {"derivatives.ipynb": ["def draft(x:\n    y = (1,\n%matplotlib inline\n!ls\n" + IMPORT + ALL]},
        told=("Line 1: SyntaxError",),
    ),
    "an export of cell magics": Habit(
        {
            "derivatives.py": "# In[1]:\nget_ipython().run_line_magic('matplotlib', 'inline')\n"
            "get_ipython().system('pip install numpy')\nfiles = get_ipython().getoutput('ls')\n"
            + IMPORT
            + "".join(f"get_ipython().run_cell_magic('time', '', {text!r})\n" for text in FUNCTIONS.values())
        },
        quiet=True,
    ),
    "an export of other cell magics": Habit(
        {
            "derivatives.py": IMPORT + f"get_ipython().run_cell_magic('capture', 'out', {ALL!r})\n"
            "get_ipython().run_cell_magic('bash', '', 'ls')\nget_ipython().magic('pylab inline')\n"
        },
        quiet=True,
    ),
    "an export of line magics that time a statement": Habit(
        {
            "derivatives.py": IMPORT
            + "".join(text for name, text in FUNCTIONS.items() if name not in ("predict", "sigmoid"))
            + "get_ipython().run_line_magic('time', 'predict = lambda X, w, b: X @ w + b')\n"
            "get_ipython().run_line_magic("
            "'pyinstrument', 'sigmoid = lambda z: 0.5 * (1 + np.tanh(np.asarray(z) / 2))')\n"
        },
        quiet=True,
    ),
    "an export of a file": Habit(
        {
            "derivatives.py": f"get_ipython().run_cell_magic('writefile', 'mine.py', {module()!r})\n"
            "from mine import *\n"
        },
        quiet=True,
    ),
    "an export that runs a file": Habit(
        {"derivatives.py": "get_ipython().run_line_magic('run', 'mine.py')\n", "mine.py": module()},
        quiet=True,
    ),
    "a broken cell in an export": Habit(
        {
            "derivatives.py": IMPORT
            + without("sigmoid")
            + "\nget_ipython().run_cell_magic('time', '', 'def sigmoid(z:\\n    return z\\n')\n"
        },
        lost=("sigmoid",),
        told=("its code is not valid Python",),
    ),
    "marimo's cells": Habit(
        {
            "derivatives.py": "import marimo\n\napp = marimo.App()\n\n\n@app.cell\ndef _(np):\n"
            + INDENTED
            + "    return (mse_gradient,)\n\n\n@app.cell\ndef _(mo):\n    mo.md('# Title')\n    return\n\n\n"
            "@app.cell\ndef _():\n    import numpy as np\n    import marimo as mo\n    return mo, np\n\n\n"
            "if __name__ == '__main__':\n    app.run()\n"
        },
        quiet=True,
    ),
    "marimo's functions": Habit(
        {
            "derivatives.py": "import marimo\n\n__generated_with = '0.14'\napp = marimo.App(width='medium')\n\n"
            "with app.setup(hide_code=True):\n    import numpy as np\n    import marimo as mo\n\n\n"
            + "\n\n".join(f"@app.function(hide_code=True)\n{text}" for text in FUNCTIONS.values())
            + "\n\n@app.class_definition\nclass A:\n    pass\n\n\nif __name__ == '__main__':\n    app.run()\n"
        },
        quiet=True,
    ),
    "marimo with a constant in another cell": Habit(
        {
            "derivatives.py": "import marimo\n\napp = marimo.App()\n\n\n@app.cell\ndef _(half, np):\n"
            "    def mse_loss(X, y, w, b):\n        return half * np.mean((X @ w + b - y) ** 2)\n    print(half)\n"
            "    return (mse_loss,)\n\n\n@app.cell\ndef _(lr):\n    half = lr * 5\n    return (half,)\n\n\n"
            "@app.cell\ndef _():\n    import numpy as np\n    lr = 0.1\n    return lr, np\n\n\n@app.cell\ndef _(np):\n"
            + INDENTED.replace(
                "    def mse_loss(X, y, w, b):\n        return np.mean((X @ w + b - y) ** 2) / 2\n", ""
            )
            + "    return\n"
        },
        quiet=True,
    ),
    "marimo with a broken function": Habit(
        {
            "derivatives.py": "import marimo\n\napp = marimo.App()\n\nwith app.setup:\n    import numpy as np\n\n\n"
            + "\n\n".join(f"@app.function\n{t}" for name, t in FUNCTIONS.items() if name != "predict")
            + "\n\n@app.function\ndef predict(X, w, b):\n    return X @ w + b)\n"
        },
        lost=("predict",),
        told=("SyntaxError: line",),
    ),
    "colab's export": Habit(
        {
            "derivatives.py": '# -*- coding: utf-8 -*-\n"""derivatives.ipynb\n\nAutomatically generated by Colab.\n"""\n\n'
            "!pip install numpy\n# Commented out IPython magic to ensure Python compatibility.\n# %%time\n"
            + module()
        },
        quiet=True,
    ),
    "jupytext's export": Habit(
        {
            "derivatives.py": "# %%\n%matplotlib inline\n"
            + IMPORT
            + "".join(f"\n# %%\n{t}" for t in FUNCTIONS.values())
        },
        quiet=True,
    ),
}
