"""Guesses that a student committed to: found in the text of the code, which is never run or parsed here.

A call such as ``checks.guess("curve", "b")`` is looked for, however it is written. Whether the guess is right
does not matter: it counts either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from autograder.homework import Guess, Homework
from autograder.kit.guesses import choice_of, number_of
from autograder.report import CommittedGuesses, Guesses
from autograder.submission import Submission

_BESIDE = "Guesses stand in the notebook: if your functions are in a module, hand in both."

# No pattern goes back over what it has read: each takes a time that grows with the text alone. What is
# repeated so has nothing optional and no look ahead in it: Pythons before 3.11.5 read that wrongly.
# Blanks, line ends and comments between two parts of a call.
_GAP = r"(?:[ \t\r\n\f]++|\\\n|\\\r\n|\#[^\n]*+)*+"
# What is neither a string nor may be before an argument.
_PLAIN = re.compile(r"(?:[^\"'\#(,]++|\#[^\n]*+)*+")
_STRINGS = {
    quote: re.compile(rf"{quote}(?:[^{quote}\\\n]++|\\.)*+(?:{quote}|\\?\Z|(?=\n))", re.DOTALL)
    for quote in ('"', "'")
}
_WITHIN_LONG = {quote: re.compile(rf"[^{quote}\\]*+") for quote in ('"', "'")}
# What stands behind the name of a guess where an answer follows.
_ANSWERED = re.compile(rf"{_GAP},{_GAP}(?:answer{_GAP}={_GAP})?(?![),])(?=.)", re.DOTALL)
_NOTHING = re.compile(
    rf"(?:None|True|False|Ellipsis|NotImplemented)\b|\.\.\.|\[{_GAP}\]|\{{{_GAP}\}}|\({_GAP}\)"
)
_BRACKET = re.compile(rf"\({_GAP}")
_MOST_BRACKETS = 5
_WORDS = re.compile(
    r"""(?P<prefix>[A-Za-z]{0,2})(?:"{3}(?P<a>[^"\\]*+)"{3}|'{3}(?P<b>[^'\\]*+)'{3}"""
    r"""|"(?P<c>[^"\\\n]*+)"|'(?P<d>[^'\\\n]*+)')"""
)
_NUMBER = re.compile(
    r"[+-]?[ \t]*+(?P<digits>0[xXoObB][0-9a-fA-F_]{1,400}"
    r"|(?:[0-9][0-9_]{0,400}(?:\.[0-9_]{0,400})?|\.[0-9][0-9_]{0,400})(?:[eE][+-]?[0-9]{1,10})?)(?P<j>[jJ]?)"
)
_CLOSED = re.compile(rf"{_GAP}\)")
_ENDED = re.compile(rf"{_GAP}[,)]")
# The answer before the name, as keywords may be.
_BEFORE = re.compile(r"""\banswer\s*=\s*(?:None|""|'')?\s*\Z""")
_LOOK_BACK = 200
# Characters that are read: more than a submission has with what lies beside it.
_MOST = 4_500_000


def committed(homework: Homework, submission: Submission) -> Guesses:
    """What a student gets for committing to guesses; nothing is said where they have no points.

    Parameters
    ----------
    homework
        The one with the guesses.
    submission
        What was handed in; the files beside it count as well.
    """
    count = len(homework.guesses)
    if not homework.guess_points or not count:
        return msgspec.UNSET
    left = still_open(homework.guesses, (*submission.cells, *(text for _, text in submission.modules)))
    text = f"Still open: {', '.join(left)}." if left else ""
    if len(left) == count and submission.cells and not submission.notebook:
        text = _BESIDE
    earned = float(homework.guess_points) * (count - len(left)) / count
    return CommittedGuesses(earned, count - len(left), count, text)


def still_open(guesses: Iterable[Guess], texts: Iterable[str]) -> list[str]:
    """The names of the guesses that no text commits to, in their order.

    Parameters
    ----------
    guesses
        What there is to guess.
    texts
        Of code cells or files, each read on its own.

    Examples
    --------
    >>> guess = Guess("curve", right="a", why="It falls.", choices=("a", "b"))
    >>> still_open([guess], ['checks.guess("curve", "b")']), still_open([guess], ['guess("curve", None)'])
    ([], ['curve'])
    """
    left = {guess.name: guess for guess in guesses}
    budget = _MOST
    for whole in texts:
        text = whole[:budget]
        budget -= len(text)
        if not any(name in text for name in left):
            continue
        for name, place, before in _calls(text, tuple(left)):
            if name in left and _is_committed(left[name], text, place, before):
                del left[name]
                if not left:
                    return []
    return list(left)


def _calls(text: str, names: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """Each call with a guess's name as an argument: the name, where it ends, and what stands before it where
    it is named second."""
    call, without_end, place = _call(names), set[str](), 0
    while (place := _PLAIN.match(text, place).end()) < len(text):  # type: ignore[union-attr]
        quote = text[place]
        if quote in _STRINGS:
            end = None
            if quote not in without_end and text.startswith(3 * quote, place):
                end = _end_of_long(text, place, quote)
                if end is None:  # nor has any that begins later
                    without_end.add(quote)
            place = end or _STRINGS[quote].match(text, place).end()  # type: ignore[union-attr]
        elif found := call.match(text, place):
            before = text[max(0, place - _LOOK_BACK) : place] if found["second"] else ""
            place = found.end()
            yield found[0].rstrip("\"'").rpartition(found[0][-1])[2], place, before
        else:
            place += 1


def _end_of_long(text: str, place: int, quote: str) -> int | None:
    """Where a string of several lines ends that begins here; None where it has no end."""
    place += 3
    while (place := _WITHIN_LONG[quote].match(text, place).end()) < len(text):  # type: ignore[union-attr]
        if text.startswith(3 * quote, place):
            return place + 3
        place += 2 if text[place] == "\\" else 1
    return None


@lru_cache(maxsize=32)
def _call(names: tuple[str, ...]) -> re.Pattern[str]:
    """A call with one of these names, up to the end of the name."""
    named = "|".join(map(re.escape, names))
    quoted = "|".join(f"{quote}(?:{named}){quote}" for quote in ('"""', "'''", '"', "'"))
    name = f"[rRuUfF]?(?:{quoted})"
    keyword = f"name{_GAP}={_GAP}"
    return re.compile(rf"\({_GAP}(?:{keyword})?{name}|(?P<second>,){_GAP}{keyword}{name}", re.DOTALL)


def _is_committed(guess: Guess, text: str, place: int, before: str) -> bool:
    """Whether a call answers; one whose answer cannot be read from the text does.

    Parameters
    ----------
    guess
        Which one is asked for.
    text, place
        Where the name in the call ends.
    before
        What stands before the name where that is not the first argument.
    """
    if before:
        return "answer" in before and not _BEFORE.search(before)
    found = _ANSWERED.match(text, place)
    if found is None:
        return False
    place = found.end()
    if (nothing := _NOTHING.match(text, place)) and _ENDED.match(text, nothing.end()):
        return False
    depth = 0
    while depth < _MOST_BRACKETS and (bracket := _BRACKET.match(text, place)):
        place, depth = bracket.end(), depth + 1
    literal = _NOTHING.match(text, place) or _WORDS.match(text, place) or _NUMBER.match(text, place)
    if literal is None:
        return True
    end = literal.end()
    for _ in range(depth):
        if (bracket := _CLOSED.match(text, end)) is None:
            return True
        end = bracket.end()
    return not _ENDED.match(text, end) or _is_an_answer(guess, literal)


def _is_an_answer(guess: Guess, literal: re.Match[str]) -> bool:
    """Whether the kit would take a literal for an answer."""
    told = literal.groupdict()
    if "prefix" in told:
        prefix = told["prefix"].lower()
        if set(prefix) & {"f", "t"}:  # it may hold anything
            return True
        words = next(told[key] for key in "abcd" if told[key] is not None)
        return "b" not in prefix and choice_of(words) in guess.choices
    if "digits" not in told or told["j"] or guess.choices:
        return False
    digits = told["digits"]
    if digits[1:2] in tuple("xXoObB"):
        return True
    try:
        return number_of(float(digits)) is not None
    except ValueError:  # 1__0
        return True
