"""IPython's notation becomes Python, recognised where a statement begins and never inside one.

A line that continues a bracket, a string or a backslash is left alone, whatever it begins with. Line numbers
stay as they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_words = str.split

# Cell magics whose body runs as Python, in the notebook or where nobody sees a difference.
RUN = frozenset(
    _words(
        "time timeit capture prun memit mprun lprun debug python python3 pypy snakeviz pyinstrument scalene "
        "heat px ipytest run_pytest wandb"
    )
)
WRITE = frozenset({"writefile", "file"})
# Cell magics whose body is another language, or is not meant to run.
IDLE = frozenset(
    _words(
        "bash sh zsh cmd powershell system sx ! script perl ruby html HTML javascript js latex markdown svg "
        "css sql bigquery R julia cpp python2 mermaid dot skip"
    )
)
# Line magics that run the statement behind them.
TIMED = frozenset(_words("time timeit prun memit mprun lprun snakeviz pyinstrument scalene heat"))
# Options that take a value, by the magic.
_VALUED = {
    "timeit": "nrp", "prun": "slTD", "lprun": "fmTDsu", "mprun": "fTc", "memit": "rti", "snakeviz": "f",
    "pyinstrument": "i",
}  # fmt: skip
_ASKED = ("run", "pylab")  # line magics that are called, as they change the names that there are
_SHELL = _words(
    "pip pip3 conda mamba uv cd ls ll mkdir rmdir rm cp mv cat man less more head tail touch wget curl "
    "unzip git matplotlib load_ext reload_ext autoreload config env who whos history run time timeit pwd "
    "apt-get apt sudo jupyter python python3"
)
_AUTOMATIC = re.compile(rf"[ \t]*(?:{'|'.join(_SHELL)})(?=[ \t]+[^=\s]|[ \t]*$)")

_CELL_MAGIC = re.compile(r"%%(?P<name>[\w.!-]+)?[ \t]*(?P<rest>.*)")
_QUESTION = re.compile(r"[ \t]*(?:\?{1,2}[^?].*|%{0,2}[\w.*\[\]'\"]+\?{1,2}[ \t]*(?:#.*)?)$")
_ASSIGNED = re.compile(
    r"[ \t]*(?P<target>[\w.]+(?:\[[^\]=]*\])?(?:[ \t]*,[ \t]*[\w.]+)*,?)"
    r"[ \t]*=[ \t]*(?P<sign>%|!{1,2})(?=[\w(./~$\"'])(?P<rest>.*)"
)
_LINE = re.compile(r"[ \t]*(?P<sign>%{1,2}|!{1,2})(?P<rest>.*)")
_NEW_SUBJECT = re.compile(r"(?:async )?def \w|class \w|import \w|from [\w.]+ import ")
_PIECE = re.compile(
    r"(?P<comment>\#[^\n]*)|(?P<long>'''|\"\"\")|(?P<short>'(?:[^'\\\n]|\\.)*+'?|\"(?:[^\"\\\n]|\\.)*+\"?)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<joined>\\\n)|(?P<end>\n)",
    re.DOTALL,
)
# Nothing that is repeated without going back looks ahead: Pythons before 3.11.5 read that wrongly.
_LONG = {
    3 * quote: re.compile(
        rf"(?:[^\\{quote}]++|\\.|{quote}{{1,2}}+(?:[^\\{quote}]|\\.))*+{3 * quote}", re.DOTALL
    )
    for quote in ("'", '"')
}


@dataclass(frozen=True)
class Translated:
    """The text as Python, and sentences on what was left out, each with its line."""

    text: str
    notes: tuple[tuple[int, str], ...] = ()


def translated(text: str) -> Translated:
    """A cell's text with IPython's magics, shell lines and questions as Python.

    >>> translated("%matplotlib inline\\nx = 1\\nfiles = !ls\\n%time y = 2").text
    'pass\\nx = 1\\nfiles = []\\ny = 2'
    >>> translated("x = (7\\n% 4)\\n!ls").text
    'x = (7\\n% 4)\\npass'
    """
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    magic = _CELL_MAGIC.match(lines[first])
    if magic is None:
        return _lines(text)
    name, body = magic["name"] or "", "\n".join(lines[first + 1 :])
    number = first + 1
    if name in WRITE:
        call = f"get_ipython().run_cell_magic({name!r}, {magic['rest']!r}, {body!r})"
        return Translated("\n" * first + call)
    inner = _lines("\n" * number + body, "\n" * first + _in_place_of(name, magic["rest"]))
    if name in RUN:
        return inner
    if name not in IDLE and python(inner.text):
        said = f"%%{name} is not known in grading: its cell was run as Python"
        return Translated(inner.text, ((number, said), *inner.notes))
    if re.search(r"^\s*def \w", body, re.MULTILINE):
        return Translated("", ((number, f"a cell that begins with %%{name} is not run: remove that line"),))
    return Translated("")


def python(text: str) -> bool:
    """Whether a text is Python's."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def timed(name: str, rest: str) -> str:
    """The statement in a line such as ``%timeit -n 10 f(x)``; empty where there is none."""
    valued = _VALUED.get(name, "")
    words = rest.strip()
    while option := re.match(r"-(\w)(\S*)(?:\s+|$)|--\S+(?:\s+|$)", words):
        words = words[option.end() :]
        if option[1] and option[1] in valued and not option[2]:
            words = re.sub(r"^\S+\s*", "", words, count=1)
    return words if python(words) else ""


def _in_place_of(name: str, rest: str) -> str:
    target = rest.split()[-1:] if name == "capture" else []
    return f"{target[0]} = get_ipython()" if target and target[0].isidentifier() else "pass"


def _lines(text: str, begin: str = "") -> Translated:
    """The text with each logical line translated; `begin` stands in the place of as many first lines."""
    made: list[str] = []
    notes: list[tuple[int, str]] = []
    at = 0
    if begin:
        at = begin.count("\n") + 1
        made.append(begin + "\n")
    number = at + 1
    while at < len(text):
        end = _end_of_line(text, at)
        line = text[at:end]
        new = _translated_line(line, number, notes)
        if new is None:
            end = _end_of_statement(text, at)
            made.append(text[at:end])
        else:
            end = _end_of_joined(text, at)
            made.append(new + "\n" * text.count("\n", at, end))
        number += text.count("\n", at, end)
        at = end
    return Translated("".join(made), tuple(notes))


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _end_of_joined(text: str, at: int) -> int:
    """After a line, and those that a backslash at its end joins to it."""
    while True:
        end = _end_of_line(text, at)
        if end == len(text):
            return end
        if text[end - 1 : end] != "\\":
            return end + 1
        at = end + 1


def _end_of_statement(text: str, at: int) -> int:
    """After a logical line: what is in brackets and strings, or follows a backslash, belongs to it."""
    depth = 0
    while piece := _PIECE.search(text, at):
        at = piece.end()
        if piece["long"]:
            string = _LONG[piece["long"]].match(text, at)
            at = string.end() if string else len(text)
        elif piece["open"]:
            depth += 1
        elif piece["close"]:
            depth = max(0, depth - 1)
        # where a bracket was never closed, the next definition tells
        elif piece["end"] and (depth == 0 or _NEW_SUBJECT.match(text, at)):
            return at
    return len(text)


def _translated_line(line: str, number: int, notes: list[tuple[int, str]]) -> str | None:
    """What a logical line of IPython's becomes, or None where it is Python's."""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    if _QUESTION.match(line):
        return f"{indent}pass"
    if assigned := _ASSIGNED.match(line):
        value = "[]" if "!" in assigned["sign"] else _value(assigned["rest"])
        return f"{indent}{assigned['target']} = {value}"
    if magic := _LINE.match(line):
        if magic["sign"] == "%%":
            name = (magic["rest"].split() or [""])[0]
            notes.append((number, f"%%{name} counts in the first line of a cell only; the rest was run"))
        return indent + (_called(magic["rest"]) if magic["sign"] == "%" else "pass")
    if _AUTOMATIC.match(line) and not python(line.strip()):
        return indent + _called(line.strip())
    return None


def _value(rest: str) -> str:
    name, _, more = rest.partition(" ")
    statement = timed(name, more) if name == "time" else ""
    return statement or f"get_ipython().run_line_magic({name!r}, {more.strip()!r})"


def _called(rest: str) -> str:
    """A line magic as a statement."""
    name, _, more = rest.strip().partition(" ")
    if name in TIMED:
        return timed(name, more) or "pass"
    if name in _ASKED:
        return f"get_ipython().run_line_magic({name!r}, {more.strip()!r})"
    if name == "aimport" and re.fullmatch(r"[\w.]+(?:\s*,\s*[\w.]+)*", more.strip()):
        return f"import {more.strip()}"
    return "pass"


def cells_of(text: str) -> Iterator[str]:
    """The cells of a notebook that is kept as one text, a line ``# %%`` before each."""
    cell: list[str] = []
    for line in text.split("\n"):
        if line.rstrip() == "# %%" and cell:
            yield "\n".join(cell)
            cell = []
        elif line.rstrip() != "# %%":
            cell.append(line)
    yield "\n".join(cell)
