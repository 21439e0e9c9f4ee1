"""What the tests of submissions make files and archives with."""

import io
import tarfile
import warnings
import zipfile
from pathlib import Path

CODE = "def predict(X, w, b):\n    return X @ w + b\n"
NOTEBOOK = '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]}'


def zipped(*entries, compression=zipfile.ZIP_DEFLATED):
    """A zip of (name or ZipInfo, content) pairs, as bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that occur twice are meant
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(*members, mode="w:gz"):
    """A tar of (name, content) pairs; a content may be a TarInfo, and a name that ends in / is a folder."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members:
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
                continue
            info = tarfile.TarInfo(name)
            info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            info.size = 0 if name.endswith("/") else len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def put(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file, with the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path
