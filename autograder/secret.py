"""The course's secret, from which the probes of each student are drawn: made once, readable by its owner."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from autograder.errors import AutograderError

_PLACE = Path(".autograder", "secret")
_BYTES = 32


class SecretError(AutograderError):
    """A secret that cannot be read or made; the message says where and what to do."""


def course_secret(course: Path) -> bytes:
    """Read ``.autograder/secret`` of the course's folder, or make it (mode 0600) when it is not there.

    Keep the file: with another secret a regrade draws other numbers.

    Raises
    ------
    SecretError
        When it cannot be read or made, or is too short to be a secret.
    """
    path = course / _PLACE
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            _make(path)
        secret = path.read_bytes()
        _keep_private(path)
    except OSError as error:
        raise SecretError(
            f"The course's secret {path} cannot be read or made: {error.strerror}. "
            "Run the command as the user who owns the course's folder."
        ) from None
    if len(secret) < _BYTES:
        raise SecretError(f"The course's secret {path} is damaged: delete it, and a new one is made.")
    return secret


def secret_of(secret: bytes, homework: str, student: str) -> bytes:
    """What one student's probes are drawn from: it tells nothing of the course's secret, nor of another's.

    Parameters
    ----------
    secret
        The course's, as `course_secret` gives it.
    homework
        The name of the homework.
    student
        A name that nobody else has among the submissions.
    """
    message = "\0".join((homework, student)).encode("utf-8", "surrogatepass")
    return hmac.digest(secret, message, hashlib.sha256)


def _make(path: Path) -> None:
    """Write a new secret beside the place and give it the name: whoever finds the file finds it whole, and of
    two that begin at the same time one makes it."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        try:
            os.link(new, path)
        except FileExistsError:
            pass  # another was first
        except OSError:  # a file system without hard links
            os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def _keep_private(path: Path) -> None:
    """Take from others the right to read it, where a copy or a checkout has given it to them."""
    if path.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):  # another owner's, or a file system that has no such rights
            path.chmod(0o600)
