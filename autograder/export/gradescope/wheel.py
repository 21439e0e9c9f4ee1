"""This program as a wheel: what is installed here is packed again, so that no build is needed."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from importlib import metadata
from pathlib import Path

import autograder
from autograder.export.errors import ExportError

_NAME = "gradient-autograder"
_PACKAGES = ("autograder", "symbolic_checks")
_TIME = (1980, 1, 1, 0, 0, 0)
_SKIPPED = {"__pycache__"}
_TAG = "py3-none-any"


def wheel() -> tuple[str, bytes]:
    """The name and the content of a wheel with this version.

    Raises
    ------
    ExportError
        When this program is not installed.
    """
    try:
        installed = metadata.distribution(_NAME)
    except metadata.PackageNotFoundError:
        raise ExportError(
            f"{_NAME} is not installed, so it cannot be packed: pip install it first."
        ) from None
    base = f"{_NAME.replace('-', '_')}-{installed.version}"
    root = Path(autograder.__file__).parents[1]
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for package in _PACKAGES
        for path in sorted((root / package).rglob("*"))
        if path.is_file() and not _SKIPPED.intersection(path.parts)
    }
    about = f"{base}.dist-info"
    files[f"{about}/METADATA"] = (installed.read_text("METADATA") or "").encode()
    files[f"{about}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: {_NAME}\nRoot-Is-Purelib: true\nTag: {_TAG}\n".encode()
    )
    if scripts := installed.read_text("entry_points.txt"):
        files[f"{about}/entry_points.txt"] = scripts.encode()
    record = "".join(f"{path},{_digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n".encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo(path, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data)
    return f"{base}-{_TAG}.whl", packed.getvalue()


def _digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
