"""Pairs of files side by side, as a self-contained page without a script: all text in it is hostile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder import feedback
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
        style=Markup(sheet),
        style_hash=digest,
    )
