"""The same in a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autograder.class_page.counting import ClassTally
from autograder.class_page.glance import Portrait
from autograder.class_page.histogram import in_words
from autograder.class_page.page import percent, topics
from autograder.gradebook import BY_HAND
from autograder.ledger.rows import Outline
from autograder.printable import printable

_TOPICS = 3


def lines(outline: Outline, people: Iterable[Portrait]) -> Iterator[str]:
    """Who handed in, how marks are spread, which exercise is hardest, and the commonest mistakes.

    Parameters
    ----------
    outline
        Of the homework.
    people
        Everybody; all text is taken for hostile.
    """
    tally = ClassTally(outline)
    tally.add_all(people)
    facts = [
        (tally.count_of("unreadable"), "unreadable"),
        (tally.late.count, "late"),
        (tally.count_of("grader fault"), "not judged completely"),
        (tally.count_of(BY_HAND), BY_HAND),
    ]
    more = "".join(f", {count} {words}" for count, words in facts if count)
    yield f"{tally.handed_in} of {tally.people} handed in{more}."
    yield in_words(tally.scores, outline.max_score)
    judged = [exercise for exercise in tally.exercises if exercise.judged]
    if judged:
        hardest = min(judged, key=lambda exercise: exercise.passed)
        yield f"Hardest: {hardest.name}, which {percent(hardest.passed)} have all right."
    for topic in topics(tally)[:_TOPICS]:
        exercises = ", ".join(topic.exercises)
        have = "has" if topic.count == 1 else "have"
        yield printable(f"{topic.count} {have} {topic.name} ({exercises}): {topic.sentence}")
