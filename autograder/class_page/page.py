"""The class page: one HTML file for staff, made piece by piece, however many there are.

It has one script, which sorts and filters the table, and no way to load anything. All text is escaped by the
template engine, and control characters become visible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from autograder import feedback
from autograder.class_page.counting import ClassTally, ExerciseTally, Sighting, Topic
from autograder.class_page.glance import Alike, ExerciseGlance, Portrait
from autograder.class_page.histogram import histogram
from autograder.class_page.overlay import Overlay
from autograder.gradebook import BY_HAND, NOTHING
from autograder.ledger.rows import Outline
from autograder.printable import number

if TYPE_CHECKING:
    import jinja2

# The page that shows such pairs side by side, in the same folder.
SIMILAR = "similar.html"
# More people than that are in the CSV only: a browser could not show them.
MOST_ROWS = 5_000
# What a list shows at first.
_MISTAKES, _OUTCOMES, _TOPICS, _CHARTS = 20, 6, 6, 3
# How a person's line is told apart in the table: by a letter, for the page's script.
_STATES = {NOTHING: "n", "unreadable": "u", "no functions": "f", "grader fault": "g", BY_HAND: "w"}
_PIECES = 16
_LARGE = 30


@dataclass(frozen=True)
class TableLine:
    """A line of the table: ``state`` has a letter, and ``mistakes`` a number, for each thing to filter by.

    ``cells`` are the exercises: points, and how each stands.
    """

    portrait: Portrait
    cells: tuple[tuple[str, str], ...]
    state: str
    mistakes: str


def pieces(
    outline: Outline, people: Callable[[], Iterable[Portrait]], alike: Sequence[Alike] | None = None
) -> Iterator[str]:
    """The page, a piece after the other.

    Parameters
    ----------
    outline
        Of the homework.
    people
        Gives everybody, sorted by name; it is asked twice.
    alike
        Pairs whose files are alike; None where nobody asked for them.
    """
    from markupsafe import Markup

    tally = ClassTally(outline)
    tally.add_all(people())
    sheet, sheet_hash = feedback.style("palette.css", "checks.css", "class.css")
    script, script_hash = feedback.style("class.js")
    mistakes = {
        (exercise.name, name): k
        for k, (exercise, name) in enumerate(
            (exercise, name) for exercise in tally.exercises for name in _by_count(exercise)
        )
    }
    stream = _template().stream(
        tally=tally,
        outline=outline,
        marks=histogram(tally.scores, outline.max_score),
        topics=topics(tally),
        numbers=mistakes,
        numbering={name: k for k, (name, _) in enumerate(outline.exercises, 1)},
        lines=_lines(islice(people(), MOST_ROWS), outline, mistakes),
        most_rows=MOST_ROWS,
        alike=alike,
        similar=SIMILAR,
        style=Markup(sheet),
        style_hash=sheet_hash,
        script=Markup(script),
        script_hash=script_hash,
    )
    stream.enable_buffering(_PIECES)
    yield from stream


def topics(tally: ClassTally) -> list[Topic]:
    """The mistakes that most people have; in a large class those of single people are none."""
    ordered = sorted(tally.topics.values(), key=lambda topic: -topic.count)
    least = 1 if tally.handed_in < _LARGE else 2
    return [topic for topic in ordered if topic.count >= least][:_TOPICS]


def _by_count(exercise: ExerciseTally) -> list[str]:
    """The mistakes that most people have in an exercise."""
    ordered = sorted(exercise.mistakes, key=lambda name: -exercise.mistakes[name].who.count)
    return ordered[:_MISTAKES]


def _outcomes(exercise: ExerciseTally) -> list[Sighting]:
    ordered = sorted(exercise.outcomes.values(), key=lambda outcome: -outcome.who.count)
    return ordered[:_OUTCOMES]


def _charts(exercise: ExerciseTally) -> list[tuple[str, Overlay]]:
    ordered = sorted(exercise.curves.items(), key=lambda item: -item[1].people)
    return ordered[:_CHARTS]


def _lines(
    people: Iterable[Portrait], outline: Outline, mistakes: dict[tuple[str, str], int]
) -> Iterator[TableLine]:
    for person in people:
        row, parts = person.row, person.glance.parts if person.glance else []
        cells = tuple(
            (row.scores.get(name, ""), row.statuses.get(name, "missing")) for name, _ in outline.exercises
        )
        numbers = [
            mistakes[part.name, named.name]
            for part in parts
            for named in part.mistakes
            if (part.name, named.name) in mistakes
        ]
        yield TableLine(person, cells, _state(person, parts), " ".join(map(str, numbers)))


def _state(person: Portrait, parts: list[ExerciseGlance]) -> str:
    letters = [_STATES.get(person.row.status, "")]
    letters += ["l"] * bool(person.row.late)
    letters += ["t"] * any(part.status == "timeout" for part in parts)
    letters += ["h"] * any(part.by_hand for part in parts)
    return "".join(letters)


@cache
def _template() -> jinja2.Template:
    environment = feedback.template_environment()
    environment.filters["median"] = median
    environment.globals.update(
        standings=feedback.STANDINGS,
        NOTHING=NOTHING,
        by_count=_by_count,
        outcomes=_outcomes,
        charts=_charts,
        percent=percent,
        rounded=lambda value: number(round(value, 1)),
    )
    return environment.get_template("class.html.jinja")


def percent(share: float) -> str:
    """A share for people: never all or nothing where it is not.

    Examples
    --------
    >>> percent(0.999), percent(1.0), percent(0.001), percent(0.314)
    ('99 %', '100 %', '1 %', '31 %')
    """
    whole = round(100 * share)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"
