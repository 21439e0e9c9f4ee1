"""The `autograder` command: the group is here, its commands are in the modules beside."""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import signal
import sys

# Before NumPy is loaded anywhere: small products need no threads, and workers are forked.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from pathlib import Path
from typing import Any

import click

from autograder.cli.beginning import new
from autograder.cli.checking import check
from autograder.cli.exporting import export
from autograder.cli.grading import collect, doctor, grade
from autograder.cli.keeping import runs, set_mark
from autograder.cli.making import audit, generate, handbook, preview
from autograder.cli.telling import explain, report
from autograder.errors import AutograderError, cannot_write, is_full
from autograder.stopping import stoppable
from symbolic_checks.errors import SymbolicError

# What must be installed beside the grader for a command, or for a package; others need nothing more.
_EXTRAS = {
    "generate": "release",
    "handbook": "release",
    "audit": "release",
    "preview": "release",
    "export": "nbgrader",
    "distributed": "cluster",
    "canvasapi": "canvas",
    "jupytext": "release",
    "latex2mathml": "release",
    "nbclient": "release",
}


class _ToldError(click.ClickException):
    """A sentence, and the exit status of the command."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.exit_code = status  # type: ignore[misc]  # click reads it from the object


class _Commands(click.Group):
    """Shows every expected error as one sentence, without a traceback, and can be stopped anywhere."""

    def main(self, *arguments: Any, **more: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):  # names in all scripts, on terminals that have only one
            if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
                stream.reconfigure(errors="backslashreplace")
        with stoppable():
            return super().main(*arguments, **more)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads has seen enough: click ends the command
                raise
            what = error.filename or "What the command prints"
            if is_full(error):
                raise click.ClickException(cannot_write(what, error, "")) from None
            raise click.ClickException(
                f"{what} cannot be read or written ({error.strerror or error}): check the place and the disk."
            ) from None
        except (AutograderError, SymbolicError) as error:
            raise _ToldError(str(error), getattr(error, "status", 1)) from None
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            extra = _EXTRAS.get(package, _EXTRAS.get(context.invoked_subcommand or ""))
            if extra is None or package in ("", "autograder", "symbolic_checks"):
                raise
            raise click.ClickException(
                f"`autograder {context.invoked_subcommand}` needs the package {package}, which is not "
                f"installed: run pip install 'gradient-autograder[{extra}]'."
            ) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gradient-autograder")
@click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the course, which holds solutions/. Default: this folder, or the nearest one above.",
)
@click.pass_context
def main(context: click.Context, course: Path | None) -> None:
    """Hand out, grade and explain homework on gradient descent and SGD."""
    context.obj = course


_MAKING = (new, generate, preview, audit, handbook)
_GRADING = (doctor, check, collect, grade, report, explain, runs, set_mark, export)
for _command in (*_MAKING, *_GRADING):
    main.add_command(_command)


def command() -> None:
    """Be the process of a command: whatever ends it, and however often, no traceback is shown."""
    status: Any = 1
    try:
        main(prog_name="autograder")
    except SystemExit as end:
        status = end.code
    except (KeyboardInterrupt, OSError):  # once more while it ended; or not even the error can be told
        pass
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, AttributeError):  # a full disk; or the stream was closed
            status = status or 1
            _forget(stream)
    gc.freeze()  # Python would look once more through all that SymPy made, for half a second
    sys.exit(status)


def _forget(stream: Any) -> None:
    """Let what a stream still holds go nowhere, or Python complains at the end."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
