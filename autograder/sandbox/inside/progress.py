"""Progress bars that show nothing: what they run over is run over, and they answer as a bar does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .inert import INERT, Inert


class Bar(Inert):
    """As ``tqdm.tqdm``: over an iterable, or counted by hand."""

    def __init__(self, iterable: Any = None, *_arguments: Any, **keywords: Any) -> None:
        self.iterable: Any = keywords.get("sequence") if iterable is None else iterable
        self.total = keywords.get("total")
        self.n = 0
        self.desc = str(keywords.get("desc", ""))

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        return INERT

    def __iter__(self) -> Iterator[Any]:
        if not isinstance(self.iterable, Iterable):
            return
        for item in self.iterable:
            yield item
            self.n += 1

    def __len__(self) -> int:
        return len(self.iterable) if hasattr(self.iterable, "__len__") else int(self.total or 0)

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, key: Any) -> Any:
        return self.iterable[key]

    def update(self, steps: Any = 1) -> None:
        """Count by hand."""
        self.n += steps

    def track(self, iterable: Any, *_arguments: Any, **_keywords: Any) -> Any:
        """As rich's ``Progress.track``."""
        return Bar(iterable)


class _Maker(Inert):
    """The name ``tqdm`` itself: called it makes a bar, and it has what the class has."""

    def __call__(self, iterable: Any = None, *arguments: Any, **keywords: Any) -> Any:
        return Bar(iterable, *arguments, **keywords)

    def __mro_entries__(self, _bases: Any) -> tuple[type, ...]:
        return (Bar,)


def _range(*arguments: Any, **_keywords: Any) -> Bar:
    return Bar(range(*(int(each) for each in arguments)))


def _enumerated(iterable: Any, *_arguments: Any, start: int = 0, **_keywords: Any) -> Any:
    return enumerate(Bar(iterable), start)


def _zipped(*iterables: Any, **_keywords: Any) -> Any:
    return zip(*iterables, strict=False)


def _text(text: Any = "", *_arguments: Any, **_keywords: Any) -> str:
    return str(text)


_BAR = _Maker()
# What the modules of progress bars hold, and of others whose functions give back what they are given.
NAMES: dict[str, dict[str, Any]] = {
    "tqdm": {
        "tqdm": _BAR, "tqdm_notebook": _BAR, "trange": _range, "tnrange": _range, "tenumerate": _enumerated,
        "tzip": _zipped,
    },
    "rich": {"track": _BAR, "Progress": _BAR, "print": INERT},
    "fastprogress": {"progress_bar": _BAR, "master_bar": _BAR},
    "alive_progress": {"alive_it": _BAR, "alive_bar": INERT},
    "progressbar": {"progressbar": _BAR, "ProgressBar": _BAR},
    "termcolor": {"colored": _text},
    "tabulate": {"tabulate": _text},
}  # fmt: skip
