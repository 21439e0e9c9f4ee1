"""Begins courses, homeworks, exercises and rules: each works as it is written, and is then changed by hand.

`names` says what may be called how, `insertion` puts an entry into a rubric, `writing` writes all or nothing.
"""

from __future__ import annotations

from pathlib import Path

import jinja2

from autograder.course import load_homework, required_names
from autograder.release import replace_folder
from autograder.scaffold import insertion, names
from autograder.scaffold.names import ScaffoldError
from autograder.scaffold.writing import read, write

__all__ = ["ScaffoldError", "new_course", "new_exercise", "new_homework", "new_rule"]

_OWN = ("Exercise", "Homework", "Misconception", "gradient", "lecture", "probes", "rules")
# What an entry needs: name → the module that it comes from; none for NumPy itself.
_OF_AN_EXERCISE = {"np": "", **dict.fromkeys(_OWN, "autograder")}
_OF_A_RULE = {"Exercise": "autograder"}
_ABOUT = "a point where the slope of ½ vᵀHv − cᵀv is zero, judged by that slope."


def new_course(folder: Path, homework: str) -> Path:
    """Write a course with one homework into a folder that is not there yet, or empty.

    Parameters
    ----------
    folder
        Its name is the course's.
    homework
        The name of its first homework.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ScaffoldError
        When something lies there already, or a name cannot be used.
    """
    names.homework(homework)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScaffoldError(f"{folder} is there already, and not empty: choose another name for the course.")
    name = folder.resolve().name
    files = {f"solutions/{homework}/{file}": text for file, text in _homework(homework).items()}
    files["README.md"] = _render("README.md", title=_title(name))
    files["nbgrader_config.py"] = _render("nbgrader_config.py", name=names.course(name))
    files[".gitignore"] = _render("gitignore")
    replace_folder(folder, {file: text.encode() for file, text in files.items()})
    return folder


def new_homework(name: str, course: Path) -> Path:
    """Write ``solutions/<name>/`` with a rubric, a notebook and one exercise; returns the folder.

    Parameters
    ----------
    name
        Of the new homework, as its folder will be called.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    ScaffoldError
        When there is no course, the homework is there already, or the name cannot be used.
    """
    names.homework(name)
    solutions = course / "solutions"
    if not solutions.is_dir():
        raise ScaffoldError(
            f"{course} is not a course: it has no folder solutions. Run the command in a course's folder, "
            "name it with --course, or make one with `autograder new course`."
        )
    for other in solutions.iterdir():
        if other.name.lower() == name.lower():
            raise ScaffoldError(f"{other} is there already: choose another name for the homework.")
    replace_folder(solutions / name, {file: text.encode() for file, text in _homework(name).items()})
    return solutions / name


def new_exercise(name: str, homework: str | None, course: Path) -> tuple[Path, Path]:
    """Add an exercise to a homework's rubric and notebook; returns both.

    Parameters
    ----------
    name
        Of the function that students are to write.
    homework
        The name of the homework; None where the course has one alone.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError, ScaffoldError
        When the homework cannot be loaded or added to, or the name is taken. Nothing is changed then.
    """
    rubric, notebook = _files(homework, course)
    old = _texts(rubric, notebook, name, course)
    new = _with_exercise(name, *old, rubric)
    write(dict(zip((rubric, notebook), new, strict=True)))
    return rubric, notebook


def new_rule(name: str, exercise: str | None, homework: str | None, course: Path) -> Path:
    """Write a rule's folder beside a rubric, and add an exercise that is judged by it; returns the folder.

    Parameters
    ----------
    name
        Of the new rule, as its folder will be called.
    exercise
        The function that students are to write; None for ``<name>_exercise``.
    homework
        The name of the homework; None where the course has one alone.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError, ScaffoldError
        When the homework cannot be loaded or added to, or a name is taken. Nothing is changed then.
    """
    names.rule(name)
    function = exercise or f"{name}_exercise"
    rubric, notebook = _files(homework, course)
    folder = rubric.parent / name
    for taken in (folder, folder.with_suffix(".py")):
        if taken.exists():
            raise ScaffoldError(f"{taken} is there already: choose another name for the rule.")
    old = _texts(rubric, notebook, function, course)
    class_ = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    about = {"rule": name, "name_of_class": class_, "about": _ABOUT, "function": function}
    about["heading"] = _title(function)
    needed = {**_OF_A_RULE, class_: f".{name}"}
    parts = ("__init__.py", "rule.py", "judge.py", "check.py")
    files = {folder / part: _render(f"rule/{part}", **about) for part in parts}
    files[notebook] = old[1] + _separated(_render("rule/cell.py", **about))
    files[rubric] = insertion.with_entry(old[0], _render("rule/entry.py", **about), "", needed, rubric)
    write(files)
    return folder


def _homework(name: str) -> dict[str, str]:
    """The two files of a new homework, by name."""
    title = _title(name)
    rubric = _render("rubric.py", name=name, title=title)
    notebook = _render("notebook.py", title=title)
    made = _with_exercise(f"{name}_gradient", rubric, notebook, Path("rubric.py"))
    return dict(zip(("rubric.py", f"{name}.py"), made, strict=True))


def _with_exercise(function: str, rubric: str, notebook: str, path: Path) -> tuple[str, str]:
    """Both texts with one more exercise."""
    loss = f"{function.upper()}_LOSS"
    entry = _render("entry.py", function=function, loss=loss)
    above = _render("loss.py", function=function, loss=loss)
    cell = _render("cell.py", function=function, heading=_title(function))
    return insertion.with_entry(rubric, entry, above, _OF_AN_EXERCISE, path), notebook + _separated(cell)


def _separated(cell: str) -> str:
    """A cell with an empty line above it."""
    return "\n" + cell.lstrip("\n")


def _files(homework: str | None, course: Path) -> tuple[Path, Path]:
    """The rubric and the notebook of the homework that is meant."""
    known = required_names(course)
    if homework is None and len(known) > 1:
        choice = ", ".join(known)
        raise ScaffoldError(f"This course has several homeworks: name one of {choice} with --homework.")
    name = homework or known[0]
    folder = course / "solutions" / name
    return folder / "rubric.py", folder / f"{name}.py"


def _texts(rubric: Path, notebook: Path, function: str, course: Path) -> tuple[str, str]:
    """What stands in both files, where the function can be added to them."""
    names.function(function)
    name = rubric.parent.name
    there = {exercise.function for exercise in load_homework(name, course).exercises}
    text = read(notebook)
    if function in there | insertion.defined(text, notebook):
        raise ScaffoldError(f"The homework {name} has a function {function} already: choose another name.")
    return read(rubric), text


def _title(name: str) -> str:
    text = " ".join(name.replace("-", "_").split("_"))
    return text[:1].upper() + text[1:]


def _render(template: str, **words: str) -> str:
    loader = jinja2.PackageLoader("autograder", "templates/new")
    environment = jinja2.Environment(
        loader=loader, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(f"{template}.jinja").render(words)
