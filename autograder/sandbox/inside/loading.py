"""Runs a submission's text statement by statement: what fails is noted, and takes nothing else with it."""

from __future__ import annotations

import ast
import builtins
import importlib.machinery
import io
import re
import sys
import zlib
from collections.abc import Callable, Sequence
from functools import cached_property
from types import CodeType, ModuleType
from typing import Any

from . import standins, within
from .handed import Files, Finder, imports
from .inert import INERT, Missing
from .needs import loaded_by, needed
from .sendable import problem
from .shell import Shell
from .statements import Statement, compiled, statements

_MOST_PARTS = 2000
_MAX_PROBLEMS = 200
_COROUTINE = 0x80

Place = tuple[int, int, str]  # the number of a part, a line of it, and a file's name where it is no cell
Found = tuple[int, int, str, str]  # the same with a sentence before the name


class Loader:
    """The parts of one submission: its cells, the files they import, and the texts they run.

    Parameters
    ----------
    only
        Empty to run everything; ``"needed"`` for what the wanted functions need, ``"plain"`` for definitions
        that cannot take long.
    after
        A cell and a line: of what stands before them only what the rest needs is run.
    announce
        Told of each statement before it runs, and of each text before it is parsed (as its line 0).

    Attributes
    ----------
    problems
        What failed: a place, and a sentence.
    sources
        The lines of each part by the name that tracebacks have for it.
    lost
        Names that shall be functions and are something else: where they became that, what they are, and
        whether they had been functions.
    """

    def __init__(
        self,
        module: ModuleType,
        *,
        cells: Sequence[str],
        given: str,
        modules: Sequence[str] = (),
        skip: Sequence[Sequence[int]] = (),
        files: Sequence[tuple[str, str]] = (),
        notebook: bool = False,
        name: str = "",
        wanted: Sequence[str] = (),
        only: str = "",
        after: Sequence[int] = (),
        announce: Callable[[Place], None] | None = None,
    ) -> None:
        self.module, self.names = module, module.__dict__
        self.problems: list[Found] = []
        self.sources: dict[str, list[str]] = {}
        self.lost: dict[str, tuple[int, int, str, str, bool]] = {}
        self._cells, self._given, self._skip = cells, given, {tuple(place) for place in skip}
        self._notebook, self._wanted, self._announce = notebook, wanted, announce
        self._only, self._after = only, tuple(after)
        self._functions: set[str] = set()
        self._nodes: list[ast.stmt] = []  # all that was parsed
        self._parts = 0  # run so far that are no cells
        self._place: Place | None = None
        self._later: list[tuple[CodeType, str, dict[str, Any], Found]] = []
        self.files = Files(files, modules, self.run_file)
        self.shell = Shell(self)
        self.own = {
            "get_ipython": lambda: self.shell,
            "display": INERT,
            "exit": sys.exit,
            "quit": sys.exit,
            "help": INERT,
        }
        if notebook:
            self.own |= {"In": ["", *cells], "Out": {}, "_": "", "__": "", "___": ""}
        standins.also(modules)
        standins.answer("get_ipython", self.own["get_ipython"])
        sys.meta_path.insert(0, Finder(self.files))
        if files or any("file" in cell for cell in cells):
            self._let_open()
        if name.isidentifier() and not notebook and self.files.find(name) is None and name not in sys.modules:
            sys.modules[name] = module

    def _let_open(self) -> None:
        real, files = builtins.open, self.files

        def opening(file: Any, mode: str = "r", *arguments: Any, **keywords: Any) -> Any:
            found = files.opened(file, mode)
            return real(file, mode, *arguments, **keywords) if found is None else found

        builtins.open = io.open = opening
        loader, get_data = importlib.machinery.SourceFileLoader, importlib.machinery.SourceFileLoader.get_data

        def data(self: Any, path: str) -> bytes:
            own = path.endswith(".py") and path.rfind("/") <= 0  # no library lies there
            text = files.text_of(path) if own else None
            return get_data(self, path) if text is None else text.encode()

        loader.get_data = data  # type: ignore[method-assign]

    def namespaces(self) -> list[dict[str, Any]]:
        """The names of the work, and of each module of the student's that was imported."""
        return [self.names, *(module.__dict__ for module in self.files.loaded)]

    # -------------------------------------------------------------------------------- running

    def load(self) -> None:
        """Run all cells."""
        self.names.update(self.own)
        flags = 0
        chosen = self._chosen() if self._only or self._after else None
        for number, cell in enumerate(self._cells, 1):
            place = f"cell {number}" if len(self._cells) > 1 else "submission.py"
            found = chosen[number - 1] if chosen is not None else None
            flags = self._run(cell, number, place, "", self.names, flags, found)
        self._try_again()
        self._stand_in_for_what_functions_import()
        for path in self.files.shadowing:
            name = path.rpartition(".")[0]
            if not (self.files.imports(name) or any(imports(name, cell) for cell in self._cells)):
                continue
            said = (
                f"the file has the name of a module that NumPy or Python has: give it another name, so that "
                f"`import {name}` means yours"
            )
            self._note((0, 0, path), said)

    def _stand_in_for_what_functions_import(self) -> None:
        """A package that a function imports is missing when it is used, like one that a cell imports."""
        texts = ["\n".join(lines) for lines in self.sources.values()]
        if any(map(within.may_lack, texts)):
            for name in within.lacking(self._nodes):
                standins.missing(name, f"No module named {name!r}")

    def _chosen(self) -> list[list[Statement]]:
        """The statements of each cell that are to run."""
        parsed = [self._parsed(cell, (number, 0, "")) for number, cell in enumerate(self._cells, 1)]
        listed = [(number, each) for number, found in enumerate(parsed, 1) for each in found]
        everything = [each for _, each in listed]
        if self._only:
            kept = self._needed(everything, self._wanted)
        else:
            later = {k for k, (number, each) in enumerate(listed) if (number, each.line) > self._after}
            asked = loaded_by((everything[k] for k in later), self._is_own)
            kept = later | needed(everything, {*self._wanted, *asked}, self._is_own)
        chosen: list[list[Statement]] = [[] for _ in parsed]
        for k in sorted(kept):
            number, each = listed[k]
            chosen[number - 1].append(each)
        return chosen

    def _needed(self, listed: Sequence[Statement], wanted: Sequence[str] | set[str]) -> set[int]:
        return needed(listed, wanted, self._is_own, plain_only=self._only == "plain")

    def _is_own(self, module: str) -> bool:
        return self.files.find(module) is not None

    @cached_property
    def _words(self) -> set[str]:
        """All words of the submission: what it may ask of a file of its own."""
        texts = (*self._cells, *self.files.texts)
        return {word for text in texts for word in re.findall(r"\w+", text)}

    def _parsed(self, text: str, place: Place) -> list[Statement]:
        """The statements of a text; none where parsing it ended a process before."""
        if place[:2] in self._skip:
            return []
        self._tell(place)
        found = statements(text, self._given)
        self._nodes += [each.node for each in found if each.node is not None]
        return found

    def run_file(self, cells: Sequence[str], path: str, names: dict[str, Any]) -> None:
        """Run a file's cells in a namespace."""
        for name, value in self.own.items():
            names.setdefault(name, value)
        flags, outer = 0, self._place
        for number, cell in enumerate(cells, 1):
            place = f"{path}, cell {number}" if len(cells) > 1 else path
            part = self._number(f"{path}\0{number}")
            found = self._parsed(cell, (part, 0, place))
            if self._only:
                kept = self._needed(found, self._words)
                found = [each for k, each in enumerate(found) if k in kept]
            flags = self._run(cell, part, place, place, names, flags, found)
        self._go_on(outer)

    def run_text(self, text: str) -> None:
        """Run a text that the submission holds as a string, in the submission's own names."""
        place, outer = f"text {self._parts + 1} that is run", self._place
        self._run(text, self._number(text), place, place, self.names, 0)
        self._go_on(outer)

    def _number(self, text: str) -> int:
        """The number of a part that is no cell: the same in every process that loads the submission."""
        self._parts += 1
        return len(self._cells) + 1 + zlib.crc32(text.encode("utf-8", "surrogatepass"))

    def _run(
        self,
        text: str,
        number: int,
        name: str,
        shown: str,
        names: dict[str, Any],
        flags: int,
        found: Sequence[Statement] | None = None,
    ) -> int:
        """Run the statements of one part; returns the compiler flags that hold after it."""
        if self._parts > _MOST_PARTS:
            raise RecursionError("too many texts are run")
        self.sources[name] = text.split("\n")
        for statement in self._parsed(text, (number, 0, shown)) if found is None else found:
            place = (number, statement.line, shown)
            if place[:2] in self._skip:
                continue
            self._tell(place)
            try:
                flags |= self._execute(statement, name, names, flags)
            except BaseException as error:
                self._failed(statement, error, place, names)
            if isinstance(statement.node, ast.Try):
                self._supply(statement.node, names)
            if names is self.names:
                self._look(place)
        return flags

    def _tell(self, place: Place) -> None:
        self._place = place
        if self._announce is not None:
            self._announce(place)

    def _go_on(self, outer: Place | None) -> None:
        """Tell that the statement runs again which had run something else."""
        if outer is not None:
            self._tell(outer)

    def _execute(self, statement: Statement, name: str, names: dict[str, Any], flags: int) -> int:
        """Run one statement; returns the compiler flags that a ``from __future__`` import set."""
        if statement.node is None:
            raise SyntaxError(statement.problem)
        if self._notebook:
            flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code, future = compiled(statement.node, name, flags)
        if code.co_flags & _COROUTINE:
            _drive(code, names)
        else:
            exec(code, names)
        return future

    def _failed(
        self, statement: Statement, error: BaseException, place: Place, names: dict[str, Any]
    ) -> None:
        node = statement.node
        if node is None:
            self._note(place, problem(error) if statement.text else str(error))
            _mark_broken(statement, names)
        elif isinstance(error, ImportError) and isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node, names, place)
        else:
            self._note(place, problem(error))

    def _note(self, place: Place, said: str) -> Found:
        found = (*place[:2], said, place[2])
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(found)
        return found

    def _look(self, place: Place) -> None:
        """See which of the wanted names have stopped to be functions, or begun to be."""
        for name in self._wanted:
            value = self.names.get(name, self)
            if value is not self and callable(value) and not isinstance(value, Missing):
                self._functions.add(name)
                self.lost.pop(name, None)
            elif name not in self.lost and (value is not self or name in self._functions):
                kind = (
                    ""
                    if value is self
                    else f"{value}"
                    if isinstance(value, Missing)
                    else type(value).__name__
                )
                self.lost[name] = (*place, kind[:200], name in self._functions)

    # ------------------------------------------------------------------------------ importing

    def _import(self, node: ast.Import | ast.ImportFrom, names: dict[str, Any], place: Place) -> None:
        """Import what can be imported; what cannot is there as something that says so when it is used."""
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            one, full = _alone(node, alias)
            code = compile(one, "import", "exec")
            try:
                exec(code, names)
                continue
            except ModuleNotFoundError as error:
                said = self._note(place, problem(error))
                top = (error.name or full).partition(".")[0]
                if top not in sys.modules and top.isidentifier():
                    standins.missing(top, str(error))
                    if _works(code, names):
                        continue
                why = str(error)
            except ImportError as error:
                why, said = str(error), self._note(place, problem(error))
                self._later.append((code, bound, names, said))
            except Exception as error:
                why, said = str(error), self._note(place, problem(error))
            if alias.name != "*" and bound not in sys.modules:
                names[bound] = Missing(full, why)

    @staticmethod
    def _supply(node: ast.Try, names: dict[str, Any]) -> None:
        """After a ``try`` around imports of which one failed: import what nothing else has replaced."""
        for each in node.body:
            if not isinstance(each, ast.Import | ast.ImportFrom):
                continue
            for alias in each.names:
                bound = alias.asname or alias.name.partition(".")[0]
                if bound in names or bound == "*":
                    continue
                one, full = _alone(each, alias)
                try:
                    exec(compile(one, "import", "exec"), names)
                except Exception as error:
                    names[bound] = Missing(full, f"{error}")

    def _try_again(self) -> None:
        """Imports in a circle: at the end there is what was not there yet."""
        for code, bound, names, found in self._later:
            if isinstance(names.get(bound), Missing) and _works(code, names) and found in self.problems:
                self.problems.remove(found)


def _alone(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[ast.Module, str]:
    """One name of an import as a statement of its own, and the full name."""
    one: ast.stmt = ast.Import([alias])
    full = alias.name
    if isinstance(node, ast.ImportFrom):
        one, full = ast.ImportFrom(node.module, [alias], node.level), f"{node.module or ''}.{alias.name}"
    return ast.Module([ast.copy_location(one, node)], []), full


def _works(code: CodeType, names: dict[str, Any]) -> bool:
    try:
        exec(code, names)
    except Exception:
        return False
    return True


def _drive(code: CodeType, names: dict[str, Any]) -> None:
    """Run a statement with ``await`` at the top, as far as it waits for nothing but itself."""
    coroutine = eval(code, names)
    for _ in range(10_000):
        try:
            coroutine.send(None)
        except StopIteration:
            return
    coroutine.close()


def _mark_broken(statement: Statement, names: dict[str, Any]) -> None:
    """A function whose text does not parse is there, and says so when it is called."""
    words = statement.text.lstrip().split("(")[0].split("[")[0].split()
    if len(words) == 2 and words[0] == "def" and words[1].isidentifier():

        def broken(*_arguments: Any, **_keywords: Any) -> None:
            raise SyntaxError(statement.problem)

        names[words[1]] = broken
