"""Blackboard: ``Homework 1_jdoe_attempt_2024-09-10-23-59-59_sgd.ipynb``, with a ``.txt`` for each attempt."""

from __future__ import annotations

import os.path
import re

from autograder.submission.layouts.found import Aside, Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts, RefusedError

# The first such place in a name is Blackboard's: what follows is the student's own.
_FILE = re.compile(
    r"(?P<head>.+?)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))", re.DOTALL
)
# The first line of the text that Blackboard writes.
_NAME = re.compile(
    r"\A\W{0,3}[^\n:]{1,40}:[ \t]*(?P<name>[^\n]*?)[ \t]*\((?P<user>[^()\s]+)\)[ \t]*\r?(?:\n|\Z)"
)
_READ = 20
_MAX_TEXT = 100_000


def _read(listing: Listing) -> Found | None:
    found = [m for m in map(_FILE.fullmatch, listing.tops) if m]
    if not found:
        return None
    prefix = _prefix(listing, sorted({m["head"] for m in found}))

    def claim(path: Parts) -> Says:
        m = _FILE.fullmatch(path[0]) if len(path) == 1 else None
        if m is None:
            return None
        user = m["head"].removeprefix(prefix) or m["head"]
        owner, attempt = Owner(user, "", (user,)), Attempt(when=moment(m["when"]))
        if m["about"]:  # an attempt without a file has nothing else
            alone = f"{m['head']}_attempt_{m['when']}"
            return (
                Aside("Blackboard's notes on an attempt.")
                if alone in with_files
                else Claim(owner, attempt, (f"{m['when']}.txt",), given_name=True)
            )
        return Claim(owner, attempt, (m["file"],), given_name=True)

    with_files = {f"{m['head']}_attempt_{m['when']}" for m in found if m["file"]}
    return by_names(listing, claim)


def _prefix(listing: Listing, heads: list[str]) -> str:
    """What stands before a user's name: the texts beside the files tell; else it is what all begin with."""
    texts = sorted(top for top in listing.tops if (m := _FILE.fullmatch(top)) and m["about"])
    for top in texts[:_READ]:
        file, m = listing.at(top), _FILE.fullmatch(top)
        try:
            text = file.read(limit=_MAX_TEXT).decode("utf-8", "replace") if file else ""
        except RefusedError:
            continue
        told = _NAME.match(text.lstrip("\ufeff"))
        if told and m and m["head"].endswith(f"_{told['user']}"):
            return m["head"].removesuffix(told["user"])
    if len(heads) < 2:
        return heads[0].rpartition("_")[0] + "_" if "_" in heads[0] else ""
    common = os.path.commonprefix(heads)  # noqa: RUF071 -- names are no paths
    return common[: common.rfind("_") + 1]


LAYOUT = Layout("blackboard", "Blackboard download", _read)
