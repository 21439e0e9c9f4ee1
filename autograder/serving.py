"""A process that judges for a program that cannot be forked: one that has threads, or is a daemon.

It is started with one end of a pair of sockets. Both sides are ours, so that they may send pickles.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import Any

from autograder.batch import Made, judge_batch
from autograder.errors import AutograderError
from autograder.grader import Grader, Job, Work
from autograder.processes import settle

_START = "from autograder.serving import main; main({}, {})"


class DiedError(AutograderError):
    """The process is gone."""


class Served:
    """A process of one's own that judges one student after another."""

    def __init__(self, job: Job) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START.format(theirs.fileno(), os.getpid())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._connection = Connection(ours.detach())
        self._ask(job)

    def judge(self, work: Work) -> tuple[Made, ...]:
        """A report for each file.

        Raises
        ------
        DiedError
            When the process is gone.
        """
        made: tuple[Made, ...] = self._ask(work)
        return made

    def _ask(self, what: Any) -> Any:
        try:
            self._connection.send(what)
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise DiedError(str(error)) from None

    def close(self) -> None:
        """End it."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


def main(descriptor: int, parent: int) -> None:
    """Judge what is sent, until nobody sends any more.

    Parameters
    ----------
    descriptor
        File descriptor of this side's socket.
    parent
        The number of the process that started this one; without it, this one ends.
    """
    connection = Connection(descriptor)
    os.set_inheritable(descriptor, False)
    job: Job = connection.recv()
    settle()
    grader = Grader(job)
    connection.send(None)
    try:
        while os.getppid() == parent:
            work: Work = connection.recv()
            connection.send(judge_batch(grader, [work])[0])
    except (EOFError, OSError):
        pass
    finally:
        grader.close()
