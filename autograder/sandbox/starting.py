"""Loads a submission: first what its functions need, then everything else where it can cost nothing.

Most submissions load in one go. Where that ends the process, definitions and what they need are run alone,
statement by statement; the others are run afterwards in a process of their own, only to tell what fails.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from autograder.sandbox.answering import MAX_TEXT
from autograder.sandbox.child import Child, EndedError
from autograder.sandbox.inside import wire
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Code, Fault, Loaded, Lost, Problem
from autograder.sandbox.places import without_places

# What reading a reply that is none may raise; an infinity as an integer is an OverflowError.
NONSENSE = (TypeError, ValueError, LookupError, ArithmeticError)

# So many statements that are needed may end their process; then only plain definitions are run.
_MOST_ENDINGS = 5
_MOST_PROCESSES = 60
# Shares of the time that a submission has by the clock: for loading what is needed, and for all the rest.
_FOR_WHAT_IS_NEEDED = 0.25
_FOR_THE_REST = 0.1
_NOT_NEEDED = "; no function that is judged needs it"
_NOT_RUN = "Stopped: the time for what no function needs was over here, so the rest was not run"

_Place = tuple[int, int]


class Nursery(Protocol):
    """What loading needs of the sandbox."""

    @property
    def limits(self) -> Limits:
        """What a submission may use."""

    @property
    def deadline(self) -> float:
        """When it has to be done at the latest, by ``time.monotonic``."""

    def child(self) -> Child:
        """A new process, locked down and ready to load a submission."""


class _LostError(EndedError):
    """A process ended while it loaded, and where."""

    def __init__(self, fault: Fault, place: _Place | None, file: str, unsure: bool) -> None:
        super().__init__(fault.kind, fault.detail, unsure=unsure)
        self.place, self.file = place, file


@dataclass
class _Heard:
    """What a process told while it loaded."""

    places: set[_Place] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


class Start:
    """One submission's way into processes.

    Attributes
    ----------
    loaded
        What loading gave.
    printed
        What was printed by statements that no function needs.
    generation
        How often the submission began anew, what was tried again left out: it changes what is chance.
    at_once
        Whether processes send each reply at once, so that a call that ends one takes no reply with it.
    """

    def __init__(self, sandbox: Nursery, code: Code, deadline: float) -> None:
        self._sandbox, self._code, self._deadline = sandbox, code, deadline
        self._only = ""
        self._skip: list[_Place] = []
        self._faults: list[Problem] = []
        self._lost_for_good = False
        self.loaded = Loaded()
        self.printed = ""
        self.generation = 0
        self.at_once = False

    def first(self) -> Child | None:
        """The first process, in which all is there that the functions need; None where there can be none."""
        child = self._at_once()
        if child is None and not self._lost_for_good:
            child = self._what_is_needed()
            if child is not None:
                self._run_the_rest()
        return child

    def again(self) -> Child | None:
        """One more process, in which the same was loaded."""
        known = self.loaded
        try:
            if self._lost_for_good:
                return None
            child = None if self._only else self._at_once()
            return child or (None if self._lost_for_good else self._what_is_needed())
        finally:
            self.loaded = known

    # ---------------------------------------------------------------------------- what is needed

    def _at_once(self) -> Child | None:
        """A process that has run everything in one go; None where that ended it."""
        try:
            child, loaded = self._load(_Heard(), careful=False)
        except _LostError:
            return None
        except wire.UnsendableError as error:
            self._give_up(f"The submission is too large to load: {error}")
            return None
        self.loaded = loaded
        return child

    def _what_is_needed(self) -> Child | None:
        """A process that has run what the functions need. A statement that ends it, twice where it may not
        have been the statement's fault, is left out."""
        until = time.monotonic() + _FOR_WHAT_IS_NEEDED * self._sandbox.limits.whole_seconds
        doubted: set[_Place | None] = set()
        for _ in range(_MOST_PROCESSES):
            if len(self._faults) >= _MOST_ENDINGS or time.monotonic() >= until:
                self._only = "plain"
            else:
                self._only = self._only or "needed"
            try:
                child, self.loaded = self._load(_Heard(), only=self._only)
            except _LostError as lost:
                if (lost.unsure or lost.place is None) and lost.place not in doubted:
                    doubted.add(lost.place)
                elif lost.place is None:
                    self._give_up(lost.fault.detail)
                    return None
                else:
                    self._faults.append(Problem(lost.place[0], max(1, lost.place[1]), str(lost), lost.file))
                    self._skip.append(lost.place)
            else:
                return child
        self._give_up("It could not be loaded.")
        return None

    def _give_up(self, why: str) -> None:
        self._lost_for_good = True
        self.loaded = Loaded(problems=(*self._faults, Problem(1, 1, why)))

    # ------------------------------------------------------------------------------- all the rest

    def _run_the_rest(self) -> None:
        """Run everything once more, to tell what fails and what it prints. A statement that ends its process
        is told of, the second time where it may not have been the statement's fault."""
        limits = self._sandbox.limits
        deadline = min(self._deadline, time.monotonic() + _FOR_THE_REST * limits.whole_seconds)
        heard = _Heard()
        skip = list(self._skip)
        after: Sequence[int] = ()
        told: list[Problem] = []
        doubted: dict[_Place, str] = {}
        rest = Loaded()
        for _ in range(_MOST_PROCESSES):
            printed = self.printed
            try:
                child, rest = self._load(heard, skip=skip, after=after, deadline=deadline)
            except _LostError as lost:
                if lost.place is None:
                    break
                number, line = lost.place
                over = time.monotonic() >= deadline
                if lost.unsure and lost.place not in doubted and not over:
                    doubted[lost.place] = _told_of(lost)
                    self.printed = printed  # the same once more
                    continue
                said = _told_of(lost)
                if over:
                    before = doubted.get(lost.place)
                    said = f"{before}. {_NOT_RUN}" if before else _NOT_RUN
                told.append(Problem(number, max(1, line), said, lost.file))
                if over:
                    break
                skip.append(lost.place)
                if line and not lost.file:  # without a line the cell was only read, before all the others run
                    after = lost.place
            else:
                self._keep_printed(child)
                child.release()
                break
        self._tell(heard, told, rest)

    def _tell(self, heard: _Heard, told: Sequence[Problem], rest: Loaded) -> None:
        """Put what was seen in the rest beside what was seen in what is needed."""
        known = self.loaded
        seen = {(p.cell, p.line, p.file) for p in (*heard.problems, *told, *rest.problems)}
        own = [p for p in known.problems if (p.cell, p.line, p.file) not in seen]
        # what failed only for want of what no function needs is no problem
        own = [p for p in own if p in self._faults or (p.cell, p.line) not in heard.places]
        found = dict.fromkeys((*own, *heard.problems, *rest.problems, *told))
        self.loaded = replace(
            known,
            functions=known.functions | rest.functions,
            problems=tuple(sorted(found, key=lambda p: (bool(p.file), p.file, p.cell, p.line))),
            silenced=known.silenced or rest.silenced,
        )

    # -------------------------------------------------------------------------------- one process

    def _load(
        self,
        heard: _Heard,
        *,
        careful: bool = True,
        only: str = "",
        skip: Sequence[_Place] | None = None,
        after: Sequence[int] = (),
        deadline: float | None = None,
    ) -> tuple[Child, Loaded]:
        """Load in a new process, and read what it tells: hostile words."""
        child = self._sandbox.child()
        child.deadline = self._deadline if deadline is None else deadline
        request = {
            **vars(self._code),
            "at_once": self.at_once,
            "seed": (self._code.seed + self.generation) % (1 << 62),
            "skip": [list(place) for place in (self._skip if skip is None else skip)],
            "careful": careful,
            "only": only,
            "after": list(after),
        }
        place: _Place | None = None
        file = ""
        try:
            child.send(wire.frame(wire.LOAD, request))
            kind, value = child.receive()
            while kind == wire.STARTING and careful:
                number, line, name, problems = value
                place, file = (int(number), int(line)), text(name)
                if len(heard.places) < 100_000:
                    heard.places.add(place)
                heard.problems += _problems(problems, 200 - len(heard.problems))
                child.start_clock()
                kind, value = child.receive()
            if kind != wire.LOADED:
                raise EndedError("protocol", "it sent an invalid reply")
            return child, self._checked(value)
        except wire.UnsendableError:
            child.release()
            raise
        except (EndedError, *NONSENSE) as error:
            nonsense = Fault("protocol", "it sent an invalid reply")
            fault = error.fault if isinstance(error, EndedError) else nonsense
            self._keep_printed(child, only, careful)
            child.release()
            raise _LostError(fault, place, file, getattr(error, "unsure", False)) from None

    def _keep_printed(self, child: Child, only: str = "", careful: bool = True) -> None:
        if careful and not only:
            self.printed = (self.printed + child.printed())[: self._sandbox.limits.output]

    def _checked(self, value: Any) -> Loaded:
        functions = frozenset(text(name) for name in value["functions"][:2000])
        lost = {
            text(name): Lost(int(cell), int(line), text(file), text(kind), bool(was))
            for name, cell, line, file, kind, was in value["lost"][:200]
        }
        problems = (*self._faults, *_problems(value["problems"], 200))
        return Loaded(functions, problems, bool(value["silenced"]), lost)


def _told_of(lost: _LostError) -> str:
    return str(lost) + ("" if lost.fault.kind == "protocol" else _NOT_NEEDED)


def _problems(told: Any, most: int) -> list[Problem]:
    told = told[: max(0, most)]
    return [Problem(int(cell), int(line), text(said), text(file)) for cell, line, said, file in told]


def text(value: Any) -> str:
    """A text from a reply, cut to what anybody would read; this machine's folders are nobody's business."""
    if type(value) is not str:
        raise TypeError(value)
    return without_places(value[:MAX_TEXT])
