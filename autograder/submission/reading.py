"""A file's bytes become a submission: its code cells, in order, or the reason why there are none."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from autograder.printable import printable
from autograder.submission.decoding import UnreadableError, decode

MAX_CODE = 2_000_000
MAX_CELLS = 10_000

_PYTHON = re.compile(r"^(?:(?:from|import|def|class)\s+\w|#|@\w|\"\"\"|''')", re.MULTILINE)
_NOT_A_CHARACTER = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Submission:
    """What one student handed in, as text.

    Parameters
    ----------
    student
        The student's name, fit to be printed.
    cells
        A notebook's code cells in order; for a .py file one cell with the whole text.
    prose
        A notebook's Markdown cells in order, each with how many code cells stand before it.
    source
        The path of the file that was read, from the folder of submissions.
    notes
        Sentences on what was noticed.
    problem
        A sentence when nothing could be read; ``cells`` is empty then.
    modules
        The student's other Python files, each with its path from the folder of ``source`` and its text: what
        the code may import or run. Of a notebook the text is its code cells, a line ``# %%`` before each.
        An archive is no part of a path; one that lies above begins with ``../``.
    notebook
        Whether it is a notebook, which runs as ``__main__``.
    raw
        A notebook's raw cells in order, each with how many code and how many Markdown cells stand before it.
    """

    student: str
    cells: tuple[str, ...]
    source: str
    notes: tuple[str, ...] = ()
    problem: str | None = None
    prose: tuple[tuple[int, str], ...] = ()
    modules: tuple[tuple[str, str], ...] = ()
    notebook: bool = False
    raw: tuple[tuple[int, int, str], ...] = ()

    @property
    def digest(self) -> str:
        """A SHA-256 of the cells as read: of the SHA-256 of each, one a line; empty without cells. Paths and
        texts of other files follow, where there are some."""
        if not self.cells:
            return ""
        texts = (*self.cells, *(text for file in self.modules for text in file))
        each = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts)
        return hashlib.sha256("".join(f"{line}\n" for line in each).encode()).hexdigest()


def read(data: bytes, source: str, student: str) -> Submission:
    """Read the bytes of a .py or .ipynb file; what it really is decides, not its name.

    Whatever the bytes are, the answer is a submission: one with a ``problem`` where there is no code.

    Parameters
    ----------
    data
        The file, of any content.
    source, student
        Go into the submission as they are; the suffix of ``source`` says what the file claims to be.

    Examples
    --------
    >>> read(b"x = 1\\r\\n", "alice.py", "alice").cells
    ('x = 1\\n',)
    """
    notes: list[str] = []
    try:
        text, note = decode(data)
        if note:
            notes.append(note)
        found = _found(text, source.lower().endswith(".ipynb"), notes)
        if sum(map(len, found.cells)) > MAX_CODE:
            raise UnreadableError(
                f"The file holds more than {MAX_CODE // 1_000_000} MB of code, too much to read."
            )
    except UnreadableError as error:
        return Submission(student, (), source, tuple(notes), str(error))
    return Submission(
        student,
        found.cells,
        source,
        tuple(notes),
        prose=found.prose,
        raw=found.raw,
        notebook=found.notebook,
    )


@dataclass(frozen=True)
class _Found:
    """What a file holds, as in `Submission`."""

    cells: tuple[str, ...]
    prose: tuple[tuple[int, str], ...] = ()
    raw: tuple[tuple[int, int, str], ...] = ()
    notebook: bool = False


def _found(text: str, claims_notebook: bool, notes: list[str]) -> _Found:
    if not text.strip():
        raise UnreadableError("The file is empty. Was it saved before it was handed in?")
    if not claims_notebook:
        content = _json_or_none(text) if text.lstrip().startswith("{") else None
        if _raw_cells(content) is None:
            return _Found((text,))
        notes.append("The file is a notebook, though its name ends in .py; it was read as a notebook.")
        return _notebook(content, notes)
    try:
        content = json.loads(text)
    except RecursionError:
        raise UnreadableError("The file is not a notebook: its JSON is nested without end.") from None
    except ValueError as error:
        if _PYTHON.search(text) and not text.lstrip().startswith(("{", "[")):
            notes.append("The file is Python code, though its name ends in .ipynb; it was read as Python.")
            return _Found((text,))
        raise UnreadableError(_damage(text, error)) from None
    if _raw_cells(content) is None:
        raise UnreadableError("The file is JSON, but not a notebook: it has no list of cells.")
    return _notebook(content, notes)


def _json_or_none(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _damage(text: str, error: ValueError) -> str:
    if "\n<<<<<<< " in text:
        return "The notebook holds the marks of an unfinished Git merge (<<<<<<<): solve the conflict first."
    if not text.lstrip().startswith("{"):
        return "The file is not a notebook: its text is neither a notebook's JSON nor Python code."
    where = f" in line {error.lineno} ({error.msg})" if isinstance(error, json.JSONDecodeError) else ""
    return f"The notebook is damaged{where}: open it in Jupyter, save it, and hand it in again."


def _raw_cells(content: Any) -> list[Any] | None:
    """The cells of nbformat 4, or of nbformat 2 and 3, where they stand in worksheets."""
    if not isinstance(content, dict):
        return None
    if isinstance(content.get("cells"), list):
        return content["cells"]
    sheets = content.get("worksheets")
    if not isinstance(sheets, list):
        return None
    lists = [
        sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
    ]
    return [cell for cells in lists for cell in cells]


def _notebook(content: Any, notes: list[str]) -> _Found:
    listed = _raw_cells(content) or []
    if len(listed) > MAX_CELLS:
        raise UnreadableError(f"The notebook has {len(listed):,} cells; at most {MAX_CELLS:,} are read.")
    cells: list[str] = []
    prose: list[tuple[int, str]] = []
    raw: list[tuple[int, int, str]] = []
    damaged: list[int] = []
    unbroken = 0
    for position, cell in enumerate(listed, start=1):
        if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
            damaged.append(position)
            continue
        kind, (text, broken) = cell["cell_type"].casefold(), _source(cell)
        if kind == "code":
            if text is None:
                damaged.append(position)
            else:
                cells.append(text)
                unbroken += broken
        elif kind == "markdown":
            prose.append((len(cells), text or ""))
        elif kind == "raw" and text:
            raw.append((len(cells), len(prose), text))
    if damaged:
        shown = ", ".join(map(str, damaged[:5])) + (", …" if len(damaged) > 5 else "")
        notes.append(f"Damaged cells were left out: {len(damaged)} of {len(listed)} (number {shown}).")
    if unbroken:
        notes.append("Lines of the notebook have lost their line breaks; each was read as a line.")
    if not any(cell.strip() for cell in cells):
        raise UnreadableError("The notebook holds no code. Was it saved before it was handed in?")
    language = _language(content)
    if language and not language.lower().startswith(("python", "ipython")):
        notes.append(f"The notebook says that its language is {language}; it was read as Python.")
    return _Found(tuple(cells), tuple(prose), tuple(raw), notebook=True)


def _source(cell: dict[str, Any]) -> tuple[str | None, bool]:
    """A cell's text: ``source`` in nbformat 4, ``input`` before; a string or a list of lines. Lines that have
    lost their breaks get them back, and that is told."""
    source = cell.get("source", cell.get("input"))
    broken = False
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        broken = len(source) > 1 and not any("\n" in line for line in source)
        source = ("\n" if broken else "").join(source)
    if not isinstance(source, str):
        return None, False
    return _NOT_A_CHARACTER.sub("\ufffd", source.replace("\r\n", "\n").replace("\r", "\n")), broken


def _language(content: dict[str, Any]) -> str | None:
    metadata = content.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = kernel.get("language") if isinstance(kernel, dict) else None
    return printable(language[:40]) if isinstance(language, str) else None
