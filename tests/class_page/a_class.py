"""A small class, made by hand: who has what stands here, so that tests can say what the page must show."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.class_page import Portrait, glance_of
from autograder.gradebook import absent_row, row_of
from autograder.ledger import Outline
from autograder.report import (
    ByHand,
    CellError,
    Curves,
    Example,
    ExerciseReport,
    HandedIn,
    Report,
    Status,
    Verdict,
)

OUTLINE = Outline("descent", "Going down", [("slope", 4.0), ("walk", 2.0)])
FALL = [0.5**k for k in range(11)]
CLIMB: list[float | None] = [1.5**k for k in range(11)]
SIGN = "slope is wrong with 7 examples. It has the opposite sign."
HALF = "slope is wrong with 3 examples. It is half of what it should be."


def slope(
    score: float, message: str = "", mistake: str | None = None, *, curve: bool = True
) -> ExerciseReport:
    """The first exercise, with a curve."""
    status: Status = "passed" if score == 4 else "partial" if score else "failed"
    losses = [*FALL] if score == 4 else CLIMB
    curves = Curves("Down the hill", losses, FALL) if curve else None
    verdicts = [
        Verdict("value", min(score, 3.0), 3.0, message, mistake, title="The value"),
        Verdict("curve", max(score - 3.0, 0.0), 1.0, "", curves=curves, title="The curve"),
    ]
    return ExerciseReport("slope", score, 4.0, status, verdicts)


def walk(status: Status, message: str = "", score: float = 0.0) -> ExerciseReport:
    """The second one, without."""
    score = 2.0 if status == "passed" else score
    return ExerciseReport("walk", score, 2.0, status, [Verdict("value", score, 2.0, message)])


def person(
    student: str,
    *exercises: ExerciseReport,
    section: str = "",
    notes: Sequence[str] = (),
    late: float = 0.0,
    readable: bool = True,
) -> Portrait:
    """Somebody who handed in."""
    told = HandedIn(late=True, late_seconds=late) if late else None
    report = Report(
        "descent",
        student,
        sum(each.score for each in exercises),
        6.0,
        "none",
        list(exercises),
        list(notes),
        submission="x" if readable else "",
        handed_in=told,
    )
    return Portrait(row_of(report, section), student.lower(), glance_of(report))


def absent(student: str, section: str = "") -> Portrait:
    """Somebody who did not."""
    return Portrait(absent_row(student, OUTLINE, section), student.lower())


def a_class(surname: str = "") -> list[Portrait]:
    """Eight who handed in, of whom one cannot be read, and one who did not."""
    by_hand = ExerciseReport(
        "walk", 1.0, 2.0, "partial", [Verdict("value", 0, 2, "")], ByHand("Said so.", 0.0)
    )
    none = [ExerciseReport(name, 0.0, points, "missing", []) for name, points in OUTLINE.exercises]
    other = SIGN.replace("7", "5")
    return [
        person(f"Ada{surname}", slope(4.0), walk("passed"), section="A"),
        person(f"Bo{surname}", slope(0.0, SIGN, "sign"), walk("passed"), section="A"),
        person(
            f"Chen{surname}", slope(0.0, other, "sign"), walk("timeout", "Stopped after 2 s."), section="A"
        ),
        person(
            f"Dana{surname}",
            slope(0.0, HALF, "half"),
            walk("failed", "With 7: size 7."),
            late=60,
            section="B",
        ),
        person(f"Emil{surname}", slope(4.0), walk("failed", "With 12: size 12."), section="B", late=90_000),
        person(f"Fay{surname}", slope(4.0), walk("grader_fault"), section="B"),
        person(f"Gus{surname}", slope(3.0, curve=False), by_hand, section="B"),
        person(f"Hana{surname}", *none, section="A", notes=["It is no notebook."], readable=False),
        absent(f"Ivo{surname}", "A"),
    ]  # fmt: skip


def hostile(text: str) -> Portrait:
    """Somebody of whom every text is this one."""
    verdicts = [
        Verdict(text, 0.0, 4.0, f"{text}. {text}", text, Example(text, text, text),
                Curves(text, [1.0, 3.0], [1.0, 0.5], text, text), title=text),
    ]  # fmt: skip
    walked = ExerciseReport("walk", 0.0, 2.0, "error", [Verdict(text, 0.0, 2.0, text)], ByHand(text, 0.0))
    report = Report(
        "descent", text, 0.0, 6.0, "none", [ExerciseReport("slope", 0.0, 4.0, "failed", verdicts), walked],
        [text], text, text, [CellError(1, 1, text)], submission="x",
        handed_in=HandedIn(name=text, ids=[text], late=True, late_seconds=5.0, note=text),
    )  # fmt: skip
    return Portrait(row_of(report, text), "slug", glance_of(report))
