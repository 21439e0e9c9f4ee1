"""The instructor's solution reference: one self-contained page a homework, and an index.

Every derivation is certified before it is printed, and every solution is graded as a student's would be: a
handbook that says something else than the grader cannot be made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError, cannot_write
from autograder.feedback import style, template_environment
from autograder.handbook.chapter import derivations, sections
from autograder.handbook.formulas import prose
from autograder.handbook.guesses import answered
from autograder.homework import Homework
from autograder.release.writing import write_at_once

__all__ = ["write", "write_short"]

# By this line a page is known for one of ours, which may be replaced.
_MARK = '<meta name="generator" content="autograder handbook">'


@dataclass(frozen=True)
class Chapter:
    """A homework in the index, and how many derivations were certified for it."""

    homework: Homework
    certified: int


def write(names: Sequence[str], course: Path, out: Path) -> list[Path]:
    """Write a page for each homework, and the index of all pages that there are then.

    Nothing is written before every page is made. Other people's files are left alone.

    Parameters
    ----------
    names
        Of homeworks; one that is named twice has one page.
    course
        The folder that holds ``solutions/``.
    out
        The folder for the pages.

    Returns
    -------
    list of Path
        The pages, the index last.

    Raises
    ------
    HomeworkError, ReleaseError
        When a homework is unknown, a derivation or a solution is wrong, a notebook cannot be read, or a page
        cannot be written.
    """
    pages: dict[Path, str] = {}
    chapters: dict[str, Chapter] = {}
    for name in dict.fromkeys(names):
        homework = load_homework(name, course)
        made = sections(homework, course)
        chapters[name] = Chapter(homework, sum(section.certified for section in made))
        pages[_page(out, name)] = _render(
            "handbook.html.jinja", homework=homework, sections=made, guesses=answered(homework, course)
        )
    for name in homework_names(course):
        if name not in chapters and _is_ours(_page(out, name)):
            chapters[name] = _chapter(load_homework(name, course))
    ordered = [chapters[name] for name in sorted(chapters)]
    pages[_page(out, "index")] = _render("handbook_index.html.jinja", chapters=ordered)
    return _write_all(pages)


def write_short(names: Sequence[str], course: Path, out: Path) -> list[Path]:
    """Write all homeworks on one page that prints on a few sheets: ``short.html``.

    Parameters
    ----------
    names
        Of homeworks, in the page's order; one that is named twice is on it once.
    course
        The folder that holds ``solutions/``.
    out
        The folder for the page.

    Returns
    -------
    list of Path
        The page.

    Raises
    ------
    HomeworkError, ReleaseError
        As `write` does.
    """
    from autograder.handbook.short import parts, slide_map

    homeworks = [load_homework(name, course) for name in dict.fromkeys(names)]
    made = [(homework, sections(homework, course), answered(homework, course)) for homework in homeworks]
    exercises = [exercise for homework in homeworks for exercise in homework.exercises]
    credits = dict.fromkeys(name for exercise in exercises for name in exercise.credit)
    text = _render(
        "handbook_short.html.jinja", places=slide_map(homeworks), parts=parts(made), credits=list(credits)
    )
    return _write_all({_page(out, "short"): text})


def _write_all(pages: dict[Path, str]) -> list[Path]:
    for path in pages:
        if path.exists() and not _is_ours(path):
            raise HomeworkError(
                f"{path} is there, and was not made by this command: move it away, or name another folder "
                "with --out."
            )
    for path, text in pages.items():
        _replace(path, text)
    return list(pages)


def _page(out: Path, name: str) -> Path:
    return out / f"{name}.html"


def _chapter(homework: Homework) -> Chapter:
    """A homework whose page is there from an earlier run."""
    derived = [one for exercise in homework.exercises for one in derivations(exercise)]
    return Chapter(homework, sum(bool(one.proof) for one in derived))


def _is_ours(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return _MARK in file.read(2000)
    except OSError:
        return False


def _replace(path: Path, text: str) -> None:
    try:
        write_at_once(path, text)
    except OSError as error:
        raise HomeworkError(cannot_write(path, error, "name another folder with --out")) from None


def _render(template: str, **values: Any) -> str:
    from markupsafe import Markup

    sheet, digest = style("palette.css", "checks.css", "feedback.css", "handbook.css", "handbook_short.css")
    environment = template_environment()
    environment.filters["prose"] = prose
    found = environment.get_template(template)
    return found.render(mark=Markup(_MARK), style=Markup(sheet), style_hash=digest, **values)
