"""Blackboard: ``Homework 1_jdoe_attempt_2024-09-10-23-59-59_sgd.ipynb``, with a ``.txt`` for each attempt."""

from __future__ import annotations

import os.path
import re
from itertools import islice

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
# What a download alone leaves open, and a roster may tell.
NOT_CERTAIN = "are not certain: nothing tells where the homework's name ends and the login begins"
_READ = 20
_MAX_CUTS = 20
_MAX_TEXT = 100_000


def _read(listing: Listing) -> Found | None:
    found = [m for m in map(_FILE.fullmatch, listing.tops) if m]
    if not found:
        return None
    owners = _owners(listing, sorted({m["head"] for m in found}))

    def claim(path: Parts) -> Says:
        m = _FILE.fullmatch(path[0]) if len(path) == 1 else None
        if m is None:
            return None
        owner, attempt = owners[m["head"]], Attempt(when=moment(m["when"]))
        if m["about"]:  # an attempt without a file has nothing else
            alone = f"{m['head']}_attempt_{m['when']}"
            return (
                Aside("Blackboard's notes on an attempt.")
                if alone in with_files
                else Claim(owner, attempt, (f"{m['when']}.txt",), given_name=True)
            )
        return Claim(owner, attempt, (m["file"],), given_name=True)

    with_files = {f"{m['head']}_attempt_{m['when']}" for m in found if m["file"]}
    unsure = sorted(owner.key for owner in owners.values() if owner.guesses)
    shown = f"{', '.join(unsure[:3])}{', …' if len(unsure) > 3 else ''}"
    notes = [
        f"The logins of {shown} {NOT_CERTAIN}. Download Blackboard's .txt files with "
        "the work, or give --roster with the logins."
    ]
    return by_names(listing, claim, tuple(notes) if unsure else ())


def _owners(listing: Listing, heads: list[str]) -> dict[str, Owner]:
    """Whose each name is by what stands before the attempt: the homework, ``_``, and the login.

    The texts beside the files tell where the login begins. Else it is one of the places where all names have
    a ``_`` after the same beginning; of several none is certain.
    """
    told = _told(listing)
    common = os.path.commonprefix(heads)  # noqa: RUF071 -- names are no paths
    places = [m.end() for m in islice(re.finditer("_", heads[0] if len(heads) == 1 else common), _MAX_CUTS)]
    owners: dict[str, Owner] = {}
    for head in heads:
        befores = {told[head]} if head in told else set(told.values())
        known = {head[len(each) :] for each in befores if head.startswith(each) and head != each}
        cuts = tuple(head[place:] for place in places if head[place:])
        if len(known) == 1:
            owners[head] = Owner(user := known.pop(), "", (user,), token=head)
        elif len(cuts) == 1 and not known:
            owners[head] = Owner(cuts[0], "", cuts, token=head)
        else:  # where not even the homework's name is one, nothing is cut off
            key = cuts[0] if cuts else head
            own = (head[m.end() :] for m in islice(re.finditer("_", head), _MAX_CUTS))
            owners[head] = Owner(key, guesses=cuts or tuple(filter(None, (head, *own))), token=head)
    return owners


def _told(listing: Listing) -> dict[str, str]:
    """What stands before the logins, by the names whose texts tell it."""
    before: dict[str, str] = {}
    texts = sorted(top for top in listing.tops if (m := _FILE.fullmatch(top)) and m["about"])
    for top in texts[:_READ]:
        file, m = listing.at(top), _FILE.fullmatch(top)
        try:
            text = file.read(limit=_MAX_TEXT).decode("utf-8", "replace") if file else ""
        except RefusedError:
            continue
        told = _NAME.match(text.lstrip("\ufeff"))
        if told and m and m["head"].endswith(f"_{told['user']}"):
            before[m["head"]] = m["head"].removesuffix(told["user"])
    return before


LAYOUT = Layout("blackboard", "Blackboard download", _read)
