"""Canvas through its API: who is in an assignment, and marks, comments and pages that are sent there.

What is there already is asked of Canvas, so that a run that broke off goes on and nothing is sent twice.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from autograder.export.cells import Grid, Text
from autograder.export.errors import ExportError
from autograder.export.gradefile import GradeColumn, GradeFile, GradeLine
from autograder.printable import printable

TITLE = "Canvas assignment"
VARIABLES = ("CANVAS_API_TOKEN", "CANVAS_API_KEY")
# People in one request; a run that breaks off has sent whole batches.
BATCH = 50
_URL = re.compile(
    r"(?P<base>https?://[^/?#@\s]+)/courses/(?P<course>\d+)/assignments/(?P<assignment>\d+)(?:[/?#].*)?"
)
_AT_HOME = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
_TRIES, _POLLS = 7, 120
_WORDS = ("pass_fail", "not_graded")
_T = TypeVar("_T")
sleep = time.sleep


@dataclass(frozen=True)
class CanvasPlace:
    """An assignment, by the address that a browser shows."""

    base: str
    course: int
    assignment: int


@dataclass(frozen=True)
class Known:
    """What Canvas knows of a student's submission: the mark, comments, names of files that were attached."""

    score: str = ""
    comments: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class There:
    """An assignment as Canvas has it: as a table, and by the students' numbers."""

    file: GradeFile
    known: Mapping[str, Known]
    assignment: Any = field(repr=False)


@dataclass(frozen=True)
class Parcel:
    """What is to be sent to one student; what is empty is there already."""

    user: str
    mark: str = ""
    comment: str = ""
    page: bytes = b""


def is_address(text: str) -> bool:
    """Whether it is an address and no file."""
    return text.startswith(("https://", "http://"))


def place_of(address: str) -> CanvasPlace:
    """The assignment that an address shows.

    Raises
    ------
    ExportError
        When it shows none, or would send the token through a net in clear.
    """
    found = _URL.fullmatch(address)
    if found is None:
        raise ExportError(
            f"{printable(address)} is not an assignment of Canvas: copy the address from the browser, as "
            "https://canvas.school.edu/courses/123/assignments/4242."
        )
    if not address.startswith("https://") and not _AT_HOME.fullmatch(found["base"]):
        raise ExportError(
            f"{printable(address)} is not encrypted: the token would be sent in clear. Use https://."
        )
    return CanvasPlace(found["base"], int(found["course"]), int(found["assignment"]))


def token_from(file: Path | None) -> str:
    """The token, from a file that its owner alone may read, or from the environment.

    Raises
    ------
    ExportError
        When there is none, or others could read it.
    """
    if file is None:
        found = next((os.environ[name] for name in VARIABLES if os.environ.get(name, "").strip()), "")
        if not found:
            raise ExportError(
                f"Canvas asks for a token: set {VARIABLES[0]}, or name a file of mode 0600 with --token-file."
            )
        return found.strip()
    try:
        with open(file, encoding="utf-8") as opened:
            mode = stat.S_IMODE(os.fstat(opened.fileno()).st_mode)
            if os.name == "posix" and mode & 0o077:
                raise ExportError(f"{file} can be read by others: chmod 600 {file}.")
            found = opened.read(10_000).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(
            f"The token in {file} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from None
    if not found or len(found.split()) > 1:
        raise ExportError(f"{file} holds no token: it should hold one line, with the token alone.")
    return found


def look(place: CanvasPlace, token: str) -> There:
    """What an assignment has now.

    Parameters
    ----------
    place
        The assignment, as `place_of` gives it.
    token
        As `token_from` gives it.

    Raises
    ------
    ExportError
        When Canvas cannot be reached, does not let us in, or the assignment takes no points.
    """
    from canvasapi import Canvas

    with explained(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of addresses on this machine
        course = patiently(lambda: Canvas(place.base, token).get_course(place.course))
        assignment = patiently(lambda: course.get_assignment(place.assignment))
        users = patiently(lambda: list(course.get_users(enrollment_type=["student"])))
        found = patiently(lambda: list(assignment.get_submissions(include=["submission_comments"])))
    kind = getattr(assignment, "grading_type", "points")
    if kind in _WORDS:
        raise ExportError(f"The assignment is graded in Canvas as {kind}: set it to points.")
    known = {str(each.user_id): _known(each) for each in found}
    return There(_table(assignment, users, known), known, assignment)


def _known(submission: Any) -> Known:
    comments = getattr(submission, "submission_comments", None) or []
    files = (file for comment in comments for file in comment.get("attachments") or ())
    score = getattr(submission, "entered_score", None)
    score = getattr(submission, "score", None) if score is None else score
    return Known(
        "EX"
        if getattr(submission, "excused", False)
        else ""
        if score is None
        else f"{Decimal(str(score)):f}",
        frozenset(str(comment.get("comment") or "") for comment in comments),
        frozenset(str(file.get("display_name") or file.get("filename") or "") for file in files),
    )


def _table(assignment: Any, users: Iterable[Any], known: Mapping[str, Known]) -> GradeFile:
    """The assignment as a table of one column, so that all that holds for files holds here."""
    ordered = sorted(users, key=lambda user: int(user.id))
    rows = [("mark",), *((known.get(str(user.id), Known()).score,) for user in ordered)]
    lines = tuple(
        GradeLine(
            row,
            tuple(
                str(getattr(user, name, None) or "")
                for name in ("id", "sis_user_id", "login_id", "integration_id")
            ),
            str(getattr(user, "sortable_name", "") or getattr(user, "name", "")),
            "" if str(user.id) in known else "not assigned",
        )
        for row, user in enumerate(ordered, start=1)
    )
    points = getattr(assignment, "points_possible", None)
    column = GradeColumn(
        0, str(assignment.name), str(assignment.name), str(assignment.id),
        None if points is None else Decimal(str(points)),
    )  # fmt: skip
    grid = Grid(tuple(rows), ("\n",) * len(rows), ",", Text("", "utf-8"))
    return GradeFile(
        TITLE, grid, (column,), lines, sure=True, stays=lambda cell: "excused" if cell == "EX" else "",
        notes=tuple(_notes(assignment)),
    )  # fmt: skip


def _notes(assignment: Any) -> Iterator[str]:
    if getattr(assignment, "post_manually", False):
        yield "Grades are posted by hand here: students see nothing before somebody posts them."
    if getattr(assignment, "group_category_id", None) and not getattr(
        assignment, "grade_group_students_individually", False
    ):
        yield "Canvas gives all members of a group one mark here."


def page_name(homework: str, page: bytes) -> str:
    """What a page is called in Canvas: by its name it is known whether it is there already.

    Parameters
    ----------
    homework
        Its name.
    page
        HTML; another page has another name.
    """
    return f"feedback-{homework}-{hashlib.sha256(page).hexdigest()[:10]}.html"


def send(there: There, parcels: Sequence[Parcel], homework: str, told: Callable[[str], None]) -> None:
    """Send marks and comments, many at a time, then pages, one after the other.

    Parameters
    ----------
    there
        The assignment.
    parcels
        What each student is to have.
    homework
        Its name, for the files' names.
    told
        Is called with a sentence after each step.

    Raises
    ------
    ExportError
        When Canvas refuses or fails; what was sent stays, and is not sent again by the same command.
    """
    with explained():
        marked = iter([each for each in parcels if each.mark or each.comment])
        while batch := list(islice(marked, BATCH)):
            _send_marks(there, batch)
            told(f"{len(batch)} students' marks and comments were taken.")
        for parcel in parcels:
            if parcel.page:
                _send_page(there, parcel, page_name(homework, parcel.page))


def _send_marks(there: There, batch: Sequence[Parcel]) -> None:
    data = {}
    for parcel in batch:
        mark = {"posted_grade": parcel.mark} if parcel.mark else {}
        data[parcel.user] = mark | ({"text_comment": parcel.comment} if parcel.comment else {})
    progress = patiently(lambda: there.assignment.submissions_bulk_update(grade_data=data))
    for count in range(_POLLS):
        if progress.workflow_state == "completed":
            return
        if progress.workflow_state == "failed":
            reason = printable(str(getattr(progress, "message", None) or "no reason given"))
            raise ExportError(f"Canvas could not take the marks: {reason}. Give the command again.")
        sleep(min(5.0, 0.5 * (count + 1)))
        progress = patiently(progress.query)
    raise ExportError(
        "Canvas has not worked through the marks for minutes. Give the command again later: what it took by "
        "then is not sent twice."
    )


def _send_page(there: There, parcel: Parcel, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(parcel.page)
        submission = patiently(lambda: there.assignment.get_submission(int(parcel.user)))
        done, _ = patiently(lambda: submission.upload_comment(str(path)))
    if not done:
        raise ExportError(f"Canvas did not take the page of user {parcel.user}. Give the command again.")


def patiently(call: Callable[[], _T]) -> _T:
    """Call, and wait and call again where Canvas asks for patience: it did nothing of it then."""
    from canvasapi.exceptions import CanvasException

    for count in range(_TRIES):
        try:
            return call()
        except CanvasException as error:
            if count == _TRIES - 1 or not _is_throttled(error):
                raise
            sleep(2.0**count)
    raise AssertionError("the last try returns or raises")


def _is_throttled(error: Exception) -> bool:
    """Whether there were too many requests: Canvas and canvasapi say so in several ways."""
    from canvasapi.exceptions import Forbidden, RateLimitExceeded

    text = str(error).casefold()
    if isinstance(error, RateLimitExceeded):
        return True
    return "rate limit" in text if isinstance(error, Forbidden) else "429" in text


@contextmanager
def explained() -> Iterator[None]:
    """Tell what Canvas and the net say as a sentence with a remedy.

    Raises
    ------
    ExportError
        In place of their exceptions.
    """
    from canvasapi import exceptions
    from requests.exceptions import RequestException

    try:
        yield
    except (exceptions.InvalidAccessToken, exceptions.Unauthorized):
        raise ExportError(
            "Canvas does not accept the token: it may have expired, or be of somebody who may not grade here."
        ) from None
    except exceptions.ResourceDoesNotExist:
        raise ExportError(
            "Canvas has no such course or assignment, or does not show it to the owner of the token: look at "
            "the address again."
        ) from None
    except exceptions.CanvasException as error:
        raise ExportError(
            f"Canvas refused ({printable(str(error))[:300]}). Give the command again later: what was sent is "
            "not sent twice."
        ) from None
    except (RequestException, ValueError) as error:
        raise ExportError(
            f"Canvas cannot be reached, or is something else ({type(error).__name__}): look at the address "
            "and the net, and give the command again. What was sent is not sent twice."
        ) from None
