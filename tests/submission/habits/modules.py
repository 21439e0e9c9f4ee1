"""The student's own modules: imported, run, written, renamed, missing."""

from habit import FUNCTIONS, IMPORT, SIGMOID, Habit, cells, module, without

WRONG_SIGMOID = IMPORT + "def sigmoid(z):\n    return 1 / (1 + np.exp(z))\n"
HABITS = {
    "imported by name": Habit(
        {
            "derivatives.ipynb": ["from my_functions import sigmoid\n", *cells("sigmoid")],
            "my_functions.py": SIGMOID,
        },
        quiet=True,
    ),
    "all of it": Habit({"derivatives.py": "from utils import *\n" + module("sigmoid"), "utils.py": SIGMOID}),
    "called like the homework": Habit(
        {"derivatives.ipynb": ["from derivatives import *\n"], "derivatives.py": module()}
    ),
    "through its module": Habit(
        {
            "derivatives.py": "import act as a\n"
            + module(
                "sigmoid", neuron_gradient=FUNCTIONS["neuron_gradient"].replace("sigmoid(", "a.sigmoid(")
            )
            + "\nsigmoid = a.sigmoid\n",
            "act.py": SIGMOID,
        }
    ),
    "a wrong one costs once, through its module": Habit(
        {
            "derivatives.py": "import act\n"
            + module(
                "sigmoid", neuron_gradient=FUNCTIONS["neuron_gradient"].replace("sigmoid(", "act.sigmoid(")
            )
            + "\nsigmoid = act.sigmoid\n",
            "act.py": WRONG_SIGMOID,
        },
        lost=("sigmoid",),
        told=("Judged separately from your `sigmoid`",),
    ),
    "a wrong one costs once, within a module": Habit(
        {
            "derivatives.py": "from act import sigmoid, neuron_gradient\n"
            + module("sigmoid", "neuron_gradient"),
            "act.py": WRONG_SIGMOID + FUNCTIONS["neuron_gradient"],
        },
        lost=("sigmoid",),
        told=("Judged separately from your `sigmoid`",),
    ),
    "a wrong one costs once, under another name": Habit(
        {
            "derivatives.py": "from act import sigmoid as s\n"
            + module("sigmoid", neuron_gradient=FUNCTIONS["neuron_gradient"].replace("sigmoid(", "s("))
            + "\nsigmoid = s\n",
            "act.py": WRONG_SIGMOID,
        },
        lost=("sigmoid",),
        told=("Judged separately from your `sigmoid`",),
    ),
    "the formula of an imported function": Habit(
        {
            "derivatives.py": "from mine import mse_gradient\n" + module("mse_gradient"),
            "mine.py": "from numpy import zeros\n"
            + IMPORT
            + FUNCTIONS["mse_gradient"].replace("/ len(y)", ""),
        },
        lost=("mse_gradient",),
        told=("n times what it should be",),
    ),
    "a package": Habit(
        {
            "derivatives.py": "from lib.act import sigmoid\n" + module("sigmoid"),
            "lib/__init__.py": "",
            "lib/act.py": SIGMOID,
        }
    ),
    "a package without __init__": Habit(
        {"derivatives.py": "from lib.act import sigmoid\n" + module("sigmoid"), "lib/act.py": SIGMOID}
    ),
    "a package that imports within": Habit(
        {
            "derivatives.py": "import lib\nsigmoid = lib.sigmoid\n" + module("sigmoid"),
            "lib/__init__.py": "from .act import sigmoid\n",
            "lib/act.py": "from . import base\nfrom .base import half\n"
            + IMPORT
            + "def sigmoid(z):\n    return half * (1 + np.tanh(base.half * np.asarray(z, float)))\n",
            "lib/base.py": "half = 0.5\n",
        }
    ),
    "a relative import in the work": Habit(
        {"derivatives.py": "from .act import sigmoid\n" + module("sigmoid"), "act.py": SIGMOID}
    ),
    "from a folder in sys.path": Habit(
        {
            "derivatives.ipynb": [
                "import sys\nsys.path.append('src')\nfrom act import sigmoid\n",
                *cells("sigmoid"),
            ],
            "src/act.py": SIGMOID,
        }
    ),
    "from the folder above": Habit(
        {
            "work/derivatives.ipynb": [
                "import sys\nsys.path.append('..')\nfrom act import sigmoid\n",
                *cells("sigmoid"),
            ],
            "act.py": SIGMOID,
        }
    ),
    "imported by importlib, and again": Habit(
        {
            "derivatives.py": "import importlib\nact = importlib.import_module('act')\nimportlib.reload(act)\n"
            "sigmoid = act.sigmoid\n" + module("sigmoid"),
            "act.py": SIGMOID,
        }
    ),
    "executed from its file": Habit(
        {"derivatives.py": "exec(open('act.py').read())\n" + module("sigmoid"), "act.py": SIGMOID}
    ),
    "executed from its path": Habit(
        {
            "derivatives.py": "from pathlib import Path\nexec(Path('act.py').read_text())\n"
            + module("sigmoid"),
            "act.py": SIGMOID,
        }
    ),
    "loaded by its place": Habit(
        {
            "derivatives.py": "import importlib.util as u\nspec = u.spec_from_file_location('act', 'act.py')\n"
            "act = u.module_from_spec(spec)\nspec.loader.exec_module(act)\nsigmoid = act.sigmoid\n"
            + module("sigmoid"),
            "act.py": SIGMOID,
        }
    ),
    "unused files of the library's names": Habit(
        {
            "derivatives.py": module(),
            "test.py": "1 / 0\n",
            "code.py": "",
            "random.py": "def seed():\n    1 / 0\n",
        },
        quiet=True,
    ),
    "run": Habit({"derivatives.ipynb": ["%run helper.py\n", *cells("sigmoid")], "helper.py": SIGMOID}),
    "run, with options and arguments": Habit(
        {"derivatives.ipynb": ["%run -i ./helper.py --quick\n", *cells("sigmoid")], "helper.py": SIGMOID}
    ),
    "run without its ending": Habit(
        {"derivatives.ipynb": ["%run 'my helper'\n", *cells("sigmoid")], "my helper.py": SIGMOID}
    ),
    "a notebook that is run": Habit(
        {
            "derivatives.ipynb": ["%run ./helper.ipynb\n", *cells("sigmoid")],
            "helper.ipynb": ["%%time\n" + SIGMOID],
        }
    ),
    "a notebook that runs itself": Habit({"derivatives.ipynb": [*cells(), "%run derivatives.ipynb\n"]}),
    "a file that is not there is run": Habit(
        {"derivatives.ipynb": [*cells(), "%run constants.py\n"]}, told=("constants.py was not handed in",)
    ),
    "written and imported": Habit(
        {
            "derivatives.ipynb": [
                IMPORT,
                "%%writefile model.py\n" + SIGMOID,
                "from model import sigmoid\n",
                *cells("sigmoid"),
            ]
        }
    ),
    "written in two parts": Habit(
        {
            "derivatives.ipynb": [
                "%%writefile model.py\n" + IMPORT,
                "%%writefile -a model.py\n" + SIGMOID,
                "from model import sigmoid\n",
                *cells("sigmoid"),
            ]
        }
    ),
    "written over": Habit(
        {
            "derivatives.ipynb": [
                "%%file model.py\n" + SIGMOID,
                "from model import sigmoid\n",
                *cells("sigmoid"),
            ],
            "model.py": WRONG_SIGMOID,
        }
    ),
    "the whole work is written": Habit(
        {"derivatives.ipynb": ["%%writefile derivatives.py\n" + module(), "from derivatives import *\n"]}
    ),
    "written and run": Habit(
        {"derivatives.ipynb": ["%%writefile m.py\n" + SIGMOID, "%run m.py\n", *cells("sigmoid")]}
    ),
    "nbimporter": Habit(
        {
            "derivatives.ipynb": ["import nbimporter\nfrom helper import sigmoid\n", *cells("sigmoid")],
            "helper.ipynb": [SIGMOID],
        }
    ),
    "import_ipynb": Habit(
        {
            "derivatives.ipynb": [
                "import import_ipynb\nimport my_helper\nsigmoid = my_helper.sigmoid\n",
                *cells("sigmoid"),
            ],
            "my helper.ipynb": [SIGMOID],
        }
    ),
    "ipynb.fs": Habit(
        {
            "derivatives.ipynb": ["from ipynb.fs.full.helper import sigmoid\n", *cells("sigmoid")],
            "helper.ipynb": [SIGMOID],
        }
    ),
    "a .py before a notebook of its name": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": SIGMOID,
            "act.ipynb": [WRONG_SIGMOID],
        }
    ),
    "modules that import each other": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": "import loss\n" + SIGMOID,
            "loss.py": "import act\n",
        },
        quiet=True,
    ),
    "names in a circle": Habit(
        {
            "derivatives.py": "from act import sigmoid, neuron_gradient\n"
            + module("sigmoid", "neuron_gradient"),
            "act.py": "from loss import neuron_gradient\n" + SIGMOID,
            "loss.py": "from act import sigmoid\n" + IMPORT + FUNCTIONS["neuron_gradient"],
        },
    ),
    "a module that imports the work": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": "from derivatives import predict\n" + SIGMOID,
        },
    ),
    "a module that plots and needs what is not there": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": "import torch\nimport matplotlib.pyplot as plt\nprint(1 / 0)\n"
            + SIGMOID
            + "plt.plot([1])\nassert False, 'at the end'\n",
        },
        told=("act.py, line 1: the package 'torch'", "act.py, line 3: ZeroDivisionError", "act.py, line 8: "),
    ),
    "a module with a syntax error": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": "def other(:\n    pass\n\n" + SIGMOID,
        },
        told=("act.py, line 1: SyntaxError",),
    ),
    "an exercise with a syntax error, in a module": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": IMPORT + "def sigmoid(z):\n    return 1 / (1 + np.exp(-z)\n",
        },
        lost=("sigmoid",),
        told=("its code is not valid Python: line 3",),
    ),
    "not handed in": Habit(
        {"derivatives.py": "from my_functions import sigmoid\n" + module("sigmoid")},
        lost=("sigmoid",),
        told=(
            "the package 'my_functions' is not available",
            "if my_functions.py is a file of your own, hand it in",
            "`sigmoid` is something of my_functions.sigmoid, which is not available in grading",
        ),
    ),
    "a name that the module has not": Habit(
        {"derivatives.py": "from act import sigmoid, tanh\n" + module("sigmoid"), "act.py": SIGMOID},
        told=("cannot import name 'tanh' from 'act'",),
    ),
    "left in the module, not imported": Habit(
        {"derivatives.py": "import act\n" + module("mse_loss"), "act.py": IMPORT + FUNCTIONS["mse_loss"]},
        lost=("mse_loss",),
        told=("It is in act.py: import it",),
    ),
    "called like a module of NumPy's": Habit(
        {
            "derivatives.py": "import random\nfrom random import sigmoid\nrandom.seed(1)\n"
            + module("sigmoid"),
            "random.py": SIGMOID,
        },
        told=("In random.py: the file has the name of a module",),
    ),
    "called like a module of the library": Habit(
        {"derivatives.py": "from code import sigmoid\n" + module("sigmoid"), "code.py": SIGMOID},
        told=("In code.py: the file has the name of a module",),
    ),
    "called numpy": Habit(
        {"derivatives.py": module(), "numpy.py": "def mean(x):\n    return 7\n"},
        told=("In numpy.py: the file has the name of a module",),
    ),
    "called like a plotting package": Habit(
        {"derivatives.py": "from seaborn import sigmoid\n" + module("sigmoid"), "seaborn.py": SIGMOID}
    ),
    "a file with bare names for the kit's": Habit(
        {
            "derivatives.py": module(),
            "lib/numpy.py": "1 / 0\n",
            "test_mine.py": "import derivatives\n1 / 0\n",
        },
        quiet=True,
    ),
    "a slow module": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": "while True:\n    pass\n" + SIGMOID,
        },
        told=("act.py, line 1: it was stopped after",),
    ),
    "a module that ends the process": Habit(
        {
            "derivatives.py": "from act import sigmoid\n" + module("sigmoid"),
            "act.py": "import os\nos._exit(3)\n" + SIGMOID,
        },
        told=("act.py, line 2: ",),
    ),
    "star imports of two modules": Habit(
        {
            "derivatives.ipynb": ["from one import *\nfrom two import *\n"],
            "one.py": IMPORT + without("sigmoid", "neuron_gradient"),
            "two.py": SIGMOID + FUNCTIONS["neuron_gradient"],
        }
    ),
}
