"""Stand-ins for plotting and notebook packages: importing and calling them works, costs and does nothing."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

# Plotting and display, and the checks of the students' kit, which grading does not need.
PLOTTING = ("matplotlib", "mpl_toolkits", "pylab", "seaborn", "plotly", "bokeh", "altair")
PACKAGES = frozenset({*PLOTTING, "IPython", "ipywidgets", "checks"})
_more: set[str] = set()


class Inert:
    """Whatever is asked of it, it answers with itself or with nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _subplots if name == "subplots" else self

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Inert:
        return self

    def __getitem__(self, _key: Any) -> Inert:
        return self

    def __setitem__(self, _key: Any, _value: Any) -> None:
        pass

    def __iter__(self) -> Any:
        return iter(())

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *_exception: Any) -> None:
        pass


INERT = Inert()


def _subplots(rows: int = 1, columns: int = 1, *_arguments: Any, **keywords: Any) -> tuple[Any, Any]:
    """As ``plt.subplots``: its second result is unpacked in the grid's shape."""
    rows, columns = keywords.get("nrows", rows), keywords.get("ncols", columns)
    grid: list[Any] = [[INERT] * columns for _ in range(rows)]
    if columns == 1:
        grid = [row[0] for row in grid]
    return INERT, grid[0] if rows == 1 else grid


class _InertModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        return getattr(INERT, name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        if name.partition(".")[0] in PACKAGES | _more:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def install() -> None:
    """Let imports of these packages find the stand-ins."""
    sys.meta_path.insert(0, _Finder())


def also(names: Iterable[str]) -> None:
    """Let imports of these find stand-ins as well."""
    _more.update(names)
