"""Packages that only show, and some that help: importing and calling them works, costs and does nothing."""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import numpy as np

from . import progress
from .inert import FIGURES, INERT, Missing

_words = str.split

# Plotting and display, and the checks of the students' kit, which grading does not need.
PLOTTING = _words(
    "matplotlib mpl_toolkits pylab seaborn plotly bokeh altair plotnine holoviews hvplot pyvista graphviz "
    "pydot torchviz ipympl mplcursors celluloid scienceplots livelossplot adjustText mpld3 bqplot"
)
_DISPLAY = _words(
    "IPython ipywidgets checks marimo streamlit panel wandb tensorboard watermark nbimporter import_ipynb "
    "importnb matplotlib_inline cycler PIL imageio nb_black lab_black jupyter_black pyinstrument "
    "memory_profiler line_profiler colorama prettytable pdb ipdb pudb icecream"
)
PACKAGES = frozenset({*PLOTTING, *_DISPLAY, *progress.NAMES})
# What ``from pylab import *`` and ``from matplotlib.pyplot import *`` bring, beside what NumPy has.
_PLOTS = _words(
    "annotate arrow autoscale axes axhline axhspan axis axline axvline axvspan bar bar_label barbs barh "
    "box boxplot broken_barh cla clabel clf clim close colorbar contour contourf cycler delaxes draw ecdf "
    "errorbar eventplot figaspect fignum_exists figimage figlegend figtext figure fill fill_between "
    "fill_betweenx gca gcf get_backend get_cmap get_fignums ginput grid hexbin hist hist2d hlines imread "
    "imsave imshow inferno ioff ion isinteractive jet legend locator_params loglog magma margins matshow "
    "minorticks_off minorticks_on pause pcolor pcolormesh pie plasma plot plot_date polar quiver "
    "quiverkey rc rc_context rcParams rcdefaults rgrids savefig sca scatter sci semilogx semilogy "
    "set_cmap setp show specgram spy stackplot stairs stem step streamplot style subplot subplot2grid "
    "subplot_mosaic subplots subplots_adjust suptitle switch_backend table text thetagrids tick_params "
    "ticklabel_format tight_layout title tricontour tricontourf tripcolor triplot twinx twiny violinplot "
    "viridis vlines waitforbuttonpress winter xcorr xkcd xlabel xlim xscale xticks ylabel ylim yscale "
    "yticks cm mlab"
)
_KEPT_BY_PYLAB = ("abs", "bool", "bytes", "max", "min", "pow", "round")
_WITHIN = (
    "auto",
    "notebook",
    "std",
    "autonotebook",
    "asyncio",
    "progress",
    "gui",
)  # modules of tqdm and rich
_VERSION = {"__version__": "3.10.0", "__version_info__": (3, 10, 0)}
_more: set[str] = set()
_missing: dict[str, str] = {}
_answers: dict[str, Any] = {}


class _InertModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        top = self.__name__.partition(".")[0]
        if name in _answers:
            return _answers[name]
        if name in progress.NAMES.get(top, ()):
            return progress.NAMES[top][name]
        if top in progress.NAMES and name in _WITHIN:
            return self
        if name in ("pyplot", "pylab"):
            return importlib.import_module(f"{self.__name__}.{name}")
        return _VERSION[name] if name in _VERSION else getattr(INERT, name)


class _MissingModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        why = _missing.get(self.__name__.partition(".")[0], "")
        return getattr(Missing(self.__name__, why), name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        top = name.partition(".")[0]
        if top in PACKAGES or top in _more or top in _missing:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> ModuleType:
        missing = spec.name.partition(".")[0] in _missing
        return _MissingModule(spec.name) if missing else _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        last = module.__name__.rpartition(".")[2]
        if last == "pylab":
            module.__dict__.update(pylab())
        elif last == "pyplot":
            module.__dict__.update(_plots())


def _plots() -> dict[str, Any]:
    return {"np": np, **{name: getattr(INERT, name) for name in _PLOTS}, **FIGURES}


def pylab() -> dict[str, Any]:
    """The names of ``from pylab import *``: NumPy's, as real as ever, and plots."""
    found: dict[str, Any] = _plots()
    for module in (np.fft, np.random, np.linalg, np):
        found.update((name, getattr(module, name)) for name in module.__all__ if not name.startswith("_"))
    found.update({name: getattr(builtins, name) for name in _KEPT_BY_PYLAB})
    plt = importlib.import_module("matplotlib.pyplot")
    return found | {"numpy": np, "np": np, "plt": plt, "pyplot": plt}


def install() -> None:
    """Let imports of these packages find the stand-ins."""
    sys.meta_path.insert(0, _Finder())
    sys.breakpointhook = lambda *_arguments, **_keywords: None


def also(names: Iterable[str]) -> None:
    """Let imports of these find stand-ins as well."""
    _more.update(names)


def answer(name: str, value: Any) -> None:
    """Let every stand-in have this under a name, such as ``get_ipython``."""
    _answers[name] = value


def is_missing(name: str) -> bool:
    """Whether a package is known not to be there."""
    return name.partition(".")[0] in _missing


def missing(name: str, why: str) -> None:
    """From now on let imports of a package that is not there find something that says so when it is used."""
    _missing[name.partition(".")[0]] = why
