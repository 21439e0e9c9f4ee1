"""Pairs of files side by side, as a self-contained page without a script: all text in it is hostile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from autograder import feedback
from autograder.similar.fingerprints import lines_with
from autograder.similar.pairs import Pair

# Characters of a file that are shown.
_MOST = 30_000


def page(
    title: str,
    pairs: Sequence[Pair],
    names: Mapping[str, str],
    pages: Mapping[str, str],
    texts: Mapping[str, str],
) -> str:
    """The page.

    Parameters
    ----------
    title
        The homework's.
    pairs
        Whose files are alike, by their slugs.
    names, pages, texts
        By slugs: what people are called, their pages in the folder of feedback, and what they handed in.
    """
    from markupsafe import Markup

    sheet, digest = feedback.style("palette.css", "checks.css", "similar.css")
    shown = {slug: text[:_MOST] for slug, text in texts.items()}
    template = feedback.template_environment().get_template("similar.html.jinja")
    return template.render(
        title=title,
        pairs=pairs,
        names=names,
        pages=pages,
        texts=shown,
        stretches=_stretches,
        style=Markup(sheet),
        style_hash=digest,
    )


def _stretches(text: str, shared: Collection[int]) -> Iterator[tuple[bool, str]]:
    """A text in pieces of whole lines: whether they are alike in both files, and the lines."""
    alike = lines_with(text, shared)
    for is_alike, piece in groupby(enumerate(text.split("\n")), key=lambda line: line[0] in alike):
        yield is_alike, "".join(f"{line}\n" for _, line in piece)
