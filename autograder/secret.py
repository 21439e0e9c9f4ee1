"""The course's secret, from which the probes of each student are drawn: made once, readable by its owner."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_PLACE = Path(".autograder", "secret")
_BYTES = 32


class SecretError(Exception):
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
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            secret = path.read_bytes()
        else:
            with os.fdopen(descriptor, "wb") as file:
                secret = secrets.token_bytes(_BYTES)
                file.write(secret)
    except OSError as error:
        raise SecretError(
            f"The course's secret {path} cannot be read or made: {error.strerror}. "
            "Run the command as the user who owns the course's folder."
        ) from None
    if len(secret) < _BYTES:
        raise SecretError(f"The course's secret {path} is damaged: delete it, and a new one is made.")
    return secret
