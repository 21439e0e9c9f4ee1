"""The code of templates, kept for later runs: compiling it takes longer than a page."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from symbolic_checks.keeping import shelf


def compiled_templates() -> jinja2.BytecodeCache:
    """For the environment of `page`: what is kept depends on the templates, on that module, and on Jinja."""
    return _Compiled()


class _Compiled(jinja2.BytecodeCache):
    def load_bytecode(self, bucket: Bucket) -> None:
        content = shelf().get(_key(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        shelf().put(_key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    return f"template {bucket.key} {bucket.checksum} {_made_by()}"


@cache
def _made_by() -> str:
    page = Path(__file__).with_name("page.py").read_bytes()
    return f"{hashlib.sha256(page).hexdigest()} {version('jinja2')}"
