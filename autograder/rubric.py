"""What can be wrong with a rubric: all of it is told at once, before anyone is graded."""

from __future__ import annotations

import ast
import difflib
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from autograder import asking
from autograder.errors import HomeworkError
from autograder.homework import GUESSES, Exercise, Homework, Reveal, Visibility, WrittenAnswer
from autograder.judging.rule import Rule, check_names
from autograder.questions import WRITE_HERE, questions

# Safe as a folder's and a file's name on any system, and as a module's.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TEXTS = ("slide", "hint", "operation")


def insist(homework: Homework, rubric: Path, data: dict[str, Path | None]) -> None:
    """Make sure that a homework can be graded by.

    Parameters
    ----------
    homework
        As its rubric declares it.
    rubric
        The file; the notebook lies beside it.
    data
        Where each of the homework's data files lies; None where it does not.

    Raises
    ------
    HomeworkError
        With every fault, each with its line and what to do.
    """
    lines = _Lines(rubric)
    found = [*_of_the_whole(homework, rubric, data), *_twice(homework)]
    told = [f"{rubric}, line {lines.of_the_homework}: {text}" for text in found]
    notebook = rubric.with_name(f"{homework.name}.py")
    defined = _functions(notebook)
    for exercise in homework.exercises:
        line = lines.of_the_exercise(str(exercise.function))
        try:
            texts = list(_of_an_exercise(exercise, homework, data, notebook, defined))
        except Exception as error:  # whatever stands where something else is asked for
            texts = [f"it cannot be read ({type(error).__name__}: {error}): look at each of its values"]
        told += [f"{rubric}, line {line}: {exercise.function}: {text}" for text in texts]
    for written in homework.written if isinstance(homework.written, tuple) else ():
        line = lines.of_the_exercise(str(getattr(written, "name", "")))
        told += [f"{rubric}, line {line}: {text}" for text in _of_an_answer(written, homework, notebook)]
    told += _of_the_guesses(homework, rubric, lines)
    if len(told) == 1:
        raise HomeworkError(f"{told[0]}.")
    if told:
        listed = "\n".join(f"  {text}." for text in told)
        raise HomeworkError(f"The rubric of {homework.name} has {len(told)} faults:\n{listed}", tuple(told))


def _of_the_guesses(homework: Homework, rubric: Path, lines: _Lines) -> list[str]:
    notebook = rubric.with_name(f"{homework.name}.py")
    try:
        found = list(asking.faults(homework.guesses, notebook))
    except Exception as error:  # as above
        found = [
            (None, f"its guesses cannot be read ({type(error).__name__}: {error}): look at each of them")
        ]
    told = []
    for place, text in found:
        if isinstance(place, int):
            told.append(f"{notebook}, line {place}: {text}")
        else:
            told.append(f"{rubric}, line {lines.of_the_guess(place)}: {text}")
    return told


class _Lines:
    """Where in a rubric something is declared."""

    def __init__(self, path: Path) -> None:
        self.of_the_homework = 1
        self._functions: dict[str, int] = {}
        self._guesses: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "HOMEWORK":
                self.of_the_homework = node.lineno
            elif isinstance(node, ast.keyword) and node.arg == "function":
                if isinstance(node.value, ast.Constant):
                    self._functions.setdefault(str(node.value.value), node.value.lineno)
            elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Guess":
                named = [keyword.value for keyword in node.keywords if keyword.arg == "name"]
                for value in [*node.args[:1], *named]:
                    self._guesses[ast.unparse(value)] = node.lineno
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._texts.setdefault(node.value, node.lineno)

    def of_the_exercise(self, function: str) -> int:
        """Of its name; one that is put together stands nowhere, and is looked for with the homework."""
        return self._functions.get(function, self._texts.get(function, self.of_the_homework))

    def of_the_guess(self, name: Any) -> int:
        """Of its declaration; the last one, where there are several."""
        return self._guesses.get(repr(name), self.of_the_homework)


def _of_the_whole(homework: Homework, rubric: Path, data: dict[str, Path | None]) -> Iterator[str]:
    folder = rubric.parent.name
    if homework.name != folder:
        yield f"its name is {homework.name!r}, and its folder is {folder!r}: give both the same name"
    if not _NAME.fullmatch(homework.name):
        yield f"the name {homework.name!r} is not safe for files: use small letters, digits and _"
    if not str(homework.title).strip():
        yield "it has no title: say what students read"
    if not homework.exercises:
        yield "it has no exercises: add one"
    for name, place in data.items():
        if Path(name).name != name:
            yield f"the data {name!r} leave the folder: give the name of a file beside the rubric"
        elif place is None:
            yield f"the data {name!r} lie neither beside the rubric nor in solutions/data: put them there"
    yield from _of_guess_points(homework)


def _of_guess_points(homework: Homework) -> Iterator[str]:
    if not _is_points(homework.guess_points):
        yield f"its guess_points are {homework.guess_points!r}: give a number that is not negative"
    elif homework.guess_points and not homework.guesses:
        yield "it has guess_points, and no guesses: declare guesses, or take the points out"
    elif homework.guess_points and GUESSES in _names(homework):
        yield f"{GUESSES!r} is the column of what guesses give back: give another name to what is called so"


def _names(homework: Homework) -> set[str]:
    """Of all that has points."""
    written = homework.written if isinstance(homework.written, tuple) else ()
    return {each.function for each in homework.exercises} | {getattr(each, "name", "") for each in written}


def _twice(homework: Homework) -> Iterator[str]:
    for name, count in Counter(exercise.function for exercise in homework.exercises).items():
        if count > 1:
            yield f"{count} exercises have the function {name!r}: give each its own"
    if not isinstance(homework.written, tuple):
        yield "its written answers are not a tuple of WrittenAnswer(…): write written=(WrittenAnswer(…), …)"
        return
    functions = {exercise.function for exercise in homework.exercises}
    for name, count in Counter(str(getattr(each, "name", "")) for each in homework.written).items():
        if count > 1 or name in functions:
            yield f"the written answer {name!r} has a name that is taken: give it another one"


def _of_an_exercise(
    exercise: Exercise,
    homework: Homework,
    data: dict[str, Path | None],
    notebook: Path,
    defined: set[str] | None,
) -> Iterator[str]:
    if not str(exercise.function).isidentifier():
        yield f"{exercise.function!r} is not a name of a function: use letters, digits and _"
    elif defined is not None and exercise.function not in defined:
        yield f"no cell of {notebook} defines it: add one, or take the exercise out"
    for what in _TEXTS:
        if not isinstance(getattr(exercise, what), str):
            yield f"its {what} is not a text: give a string"
    if exercise.reveal not in get_args(Reveal):
        yield f"reveal={exercise.reveal!r} is none of {', '.join(map(repr, get_args(Reveal)))}"
    if exercise.visibility not in get_args(Visibility):
        yield f"visibility={exercise.visibility!r} is none of {', '.join(map(repr, get_args(Visibility)))}"
    if not isinstance(exercise.rule, Rule):
        yield f"its rule is a {type(exercise.rule).__name__}: give one such as rules.Values(…)"
        return
    yield from _points(exercise)
    yield from _credit(exercise)
    yield from _loss(exercise, homework, data)
    yield from exercise.rule.problems(exercise)


def _points(exercise: Exercise) -> Iterator[str]:
    known = check_names(exercise.rule)
    wrong = {check: points for check, points in exercise.points.items() if not _is_points(points)}
    for check, points in wrong.items():
        yield f"it gives {points!r} points for {check!r}: give a number that is not negative"
    unknown = [check for check in exercise.points if check not in known]
    if unknown:
        yield (
            f"it has points for {', '.join(map(repr, unknown))}, which its rule does not check: "
            f"choose from {', '.join(known)}"
        )
    missing = [check for check in exercise.rule.required() if check not in exercise.points]
    if missing:
        yield f"it has no points for {', '.join(map(repr, missing))}: add them (0 is a number too)"
    if not wrong and sum(exercise.points.values()) <= 0:
        yield "it has no points at all: give it some"


def _credit(exercise: Exercise) -> Iterator[str]:
    """Shares that are none, and names that no feedback gives."""
    if not exercise.credit:
        return
    for name, share in exercise.credit.items():
        if not _is_points(share) or not 0 < share < 1:
            yield f"its credit for {name!r} is {share!r}: give a share between 0 and 1, such as 0.5"
        if not exercise.rule.gives(name):
            known = exercise.rule.names()
            near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.4) or sorted(known)[:5]
            yield (
                f"it has credit for {name!r}, and feedback has no mistake of that name: "
                f"the handbook lists them, such as {', '.join(near)}"
            )


def _is_points(points: Any) -> bool:
    number = isinstance(points, int | float) and not isinstance(points, bool)
    return number and math.isfinite(points) and points >= 0


def _loss(exercise: Exercise, homework: Homework, data: dict[str, Path | None]) -> Iterator[str]:
    """Whether the kit can measure the slope that is asked for."""
    if exercise.gradient_of is None:
        return
    name, positions = exercise.gradient_of
    functions = {other.function for other in homework.exercises}
    module, _, function = name.rpartition(".")
    place = data.get(f"{module}.py")
    if not module and name not in functions:
        yield f"gradient_of={name!r} is not an exercise: name one, or a loss in a data module (module.loss)"
    elif module and place is None:
        yield f"gradient_of={name!r}: add {module}.py to the homework's data"
    elif module and place is not None:
        needs = _needs(place, function)
        if needs is None:
            yield f"gradient_of={name!r}: {place} defines no function {function!r}"
        elif needs - functions:
            lacking = ", ".join(sorted(needs - functions))
            yield f"gradient_of={name!r} takes {lacking} by keyword: name exercises of this homework"
    count = len(exercise.rule.parameters)
    if not all(isinstance(k, int) and 0 <= k < count for k in positions):
        yield f"gradient_of moves the arguments {positions}: there are {count}, counted from 0"


def _of_an_answer(written: Any, homework: Homework, notebook: Path) -> Iterator[str]:
    """What is wrong with a written answer."""
    if not isinstance(written, WrittenAnswer):
        yield (
            f"written holds a {type(written).__name__}: give WrittenAnswer(name, slide, points, criteria, "
            "answer)"
        )
        return
    name = written.name
    if not isinstance(name, str) or not name.isidentifier():
        yield f"the written answer {name!r} has no name for a table: use letters, digits and _"
        return
    if not _is_points(written.points) or not written.points:
        yield f"{name}: it gives {written.points!r} points: give a number above 0"
    if not isinstance(written.criteria, tuple) or not all(map(_is_text, written.criteria or [""])):
        yield f"{name}: its criteria are not texts: say what an answer gets points for, in a tuple"
    for what in ("slide", "answer"):
        if not _is_text(getattr(written, what)):
            yield f"{name}: its {what} is not a text: give one"
    if notebook.is_file() and name not in questions_in(notebook, homework):
        yield (
            f"{name}: {notebook} does not ask for it: add a Markdown cell whose heading has `{name}` in "
            f"backquotes, below it one with the text {WRITE_HERE}, and then code or a heading # or ##"
        )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def questions_in(notebook: Path, homework: Homework) -> dict[str, str]:
    """The questions for a homework's written answers in its notebook; none where that cannot be read, which
    the release tells.

    Parameters
    ----------
    notebook
        The path of the instructor's notebook.
    homework
        The one with the written answers.
    """
    try:
        text = notebook.read_text(encoding="utf-8")
        return questions(text, [str(getattr(each, "name", "")) for each in homework.written])
    except (OSError, ValueError):
        return {}


def _functions(path: Path) -> set[str] | None:
    """Names of the functions that a notebook defines; None where the release says what is wrong with it."""
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
    except (OSError, ValueError, SyntaxError):
        return None
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def _needs(path: Path, function: str) -> set[str] | None:
    """The names that a function takes by keyword alone; None where there is no such function."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return {argument.arg for argument in node.args.kwonlyargs}
    return None
