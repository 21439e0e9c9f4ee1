"""What a submission is told beside its marks: why a function is not there, what failed while loading."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from autograder.handouts import Handout
from autograder.homework import Homework
from autograder.judging.trial import sentence
from autograder.printable import shortened
from autograder.sandbox.host import Loaded, Lost
from autograder.submission import Submission

_words = str.split

NOTES_SHOWN = 20
_ALIKE = 0.85  # of 1: what a slip of the pen leaves of a name

# Packages that a student cannot have meant as a file of the own.
_PACKAGES = frozenset(
    _words(
        "torch torchvision tensorflow keras jax jaxlib flax numba scipy sklearn pandas sympy autograd cupy "
        "statsmodels xgboost cv2 PIL skimage requests yaml pytest hypothesis jaxtyping typeguard beartype "
        "typing_extensions google einops networkx polars dask h5py joblib nltk transformers lightning "
        "pytorch_lightning"
    )
)


def missing(function: str, homework: Homework, loaded: Loaded, submission: Submission) -> str:
    """Why a function is not there, and what to do about it.

    Parameters
    ----------
    function
        The name that an exercise asks for.
    homework
        The exercise's.
    loaded
        What loading the submission gave.
    submission
        Where else the function's text is looked for.
    """
    if function in loaded.lost:
        return _lost(function, loaded.lost[function], submission)
    why = _elsewhere(function, submission) or _misspelt(function, homework, loaded)
    if not loaded.functions and loaded.problems:
        why = why or " The submission could not be loaded: see the notes."
    elif loaded.functions & {other.function for other in homework.exercises}:
        why = why or " Check the spelling, and whether the code above it stops with an error."
    return f"There is no function {function!r} in the submission.{why}"


def _misspelt(function: str, homework: Homework, loaded: Loaded) -> str:
    """The function that may be meant: names of one family, as those of two gradients, are less alike."""
    spare = sorted(loaded.functions - {other.function for other in homework.exercises})
    folded = {name.casefold(): name for name in spare}
    near = difflib.get_close_matches(function.casefold(), folded, n=1, cutoff=_ALIKE)
    return f" There is a function {folded[near[0]]!r}: if you mean that one, rename it." if near else ""


def _lost(function: str, lost: Lost, submission: Submission) -> str:
    place = where(lost.cell, lost.line, lost.file, submission)
    place = place[0].lower() + place[1:]
    if lost.kind.endswith("which is not available in grading"):
        return f"`{function}` is {lost.kind} ({place})."
    if not lost.kind:
        return f"`{function}` was a function, and {place} deletes it: remove that line."
    if lost.was:
        return (
            f"`{function}` is no longer a function: {place} gives its name to something of type {lost.kind}. "
            "Give that another name."
        )
    return f"`{function}` is not a function: {place} assigns to the name something of type {lost.kind}."


def unstarted(function: str, submission: Submission) -> str:
    """Where a function's text may stand that is not written in the place that counts; empty as a rule.

    Parameters
    ----------
    function
        The name that an exercise asks for.
    submission
        Whose function raises NotImplementedError, as the stub does.

    Returns
    -------
    str
        A sentence with a blank before it.
    """
    left = re.compile(rf"^def {re.escape(function)}[ \t]*\(", re.MULTILINE)
    times = sum(len(left.findall(cell)) for cell in submission.cells)
    if times > 1:
        return f" It is defined {times} times, and the last definition counts."
    return _in_other_cells(function, submission)


def _begins(function: str) -> re.Pattern[str]:
    name = re.escape(function)
    return re.compile(rf"^(?P<indent>[ \t]*)(?:>>> )?def {name}[ \t]*[(\[]", re.MULTILINE)


def _in_other_cells(function: str, submission: Submission) -> str:
    begins = _begins(function)
    if any(begins.search(text) for _, text in submission.prose):
        return f" Your `{function}` is in a Markdown cell: make it a code cell."
    if any(begins.search(text) for *_, text in submission.raw):
        return f" Your `{function}` is in a raw cell: make it a code cell."
    return ""


def _elsewhere(function: str, submission: Submission) -> str:
    """Where else in the submission the function's text stands."""
    begins = _begins(function)
    if found := _in_other_cells(function, submission):
        return found
    for path, text in submission.modules:
        if (there := begins.search(text)) and not there["indent"]:
            return f" It is in {path}: import it, or put it into the file that is graded."
    if any((there := begins.search(cell)) and there["indent"] for cell in submission.cells):
        return " It is defined inside something else, a class or a function: move it to the left margin."
    return ""


def handed_out(homework: Homework, loaded: Loaded, submission: Submission) -> Handout | None:
    """The other homework whose file this is, with nothing of this one but what that one gives.

    Parameters
    ----------
    homework
        The one that is graded.
    loaded
        What loading the submission gave.
    submission
        Whose text is compared.

    Returns
    -------
    Handout or None
        None where it is no other homework's file.
    """
    if not homework.handouts:
        return None
    own = {exercise.function for exercise in homework.exercises} & loaded.functions
    text = "\n".join(submission.cells)
    return next((each for each in homework.handouts if each.is_all_of(text, own)), None)


def given_by(function: str, homework: Homework, handout: Handout) -> str:
    """Why a function that a course hands out earns nothing.

    Parameters
    ----------
    function
        The name that an exercise asks for.
    homework
        The one that is graded.
    handout
        The other homework, whose file was handed in.
    """
    return (
        f"This is the file of {handout.homework}, which gives `{function}` to everybody: hand in your own "
        f"{homework.name}."
    )


def where(cell: int, line: int, file: str, submission: Submission) -> str:
    """A place in a submission, as a sentence begins.

    Parameters
    ----------
    cell, line
        Counted from 1; a line of 0 is not known.
    file
        The path of a module; empty for the file that is graded.
    submission
        Of one cell alone only the line is told.
    """
    if file:
        return f"In {file}, line {line}" if line else f"In {file}"
    return f"Cell {cell}, line {line}" if len(submission.cells) > 1 else f"Line {line}"


def notes_of(submission: Submission, loaded: Loaded) -> list[str]:
    """What was noticed in a submission, and what failed while it was loaded.

    Parameters
    ----------
    submission
        What was read.
    loaded
        What loading it gave; of many problems the first are told, and how many more there are.
    """
    return [*map(sentence, submission.notes), *_problems(submission, loaded)]


def _problems(submission: Submission, loaded: Loaded) -> Iterator[str]:
    for problem in loaded.problems[:NOTES_SHOWN]:
        place = where(problem.cell, problem.line, problem.file, submission)
        yield sentence(f"{place}: {_advice(shortened(problem.message))}")
    if len(loaded.problems) > NOTES_SHOWN:
        yield f"{len(loaded.problems) - NOTES_SHOWN} more statements failed."
    if loaded.silenced:
        yield "Your file switches NumPy's warnings off for the whole process; grading switches them on again."


def _advice(message: str) -> str:
    if message.startswith("ModuleNotFoundError: No module named"):
        name = message.partition("'")[2].partition("'")[0]
        top = name.partition(".")[0]
        own = "" if top in _PACKAGES else f"; if {top}.py is a file of your own, hand it in too"
        return (
            f"the package {top!r} is not available in grading: only NumPy and the standard library are{own}"
        )
    return message
