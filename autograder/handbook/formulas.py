"""Formulas in LaTeX as MathML, which browsers show without any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from autograder.errors import HomeworkError

if TYPE_CHECKING:
    from markupsafe import Markup

_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'
# A minus sign after one of these is a sign, and stands close to what follows.
_BEFORE_A_SIGN = {"=", "≈", "≥", "(", "[", ","}
# Within these a browser reads HTML, and no further MathML.
_WITHOUT_PARTS = {"mi", "mn", "mo", "ms", "mtext"}


def mathml(latex: str, *, inline: bool = False) -> Markup:
    r"""A formula as MathML.

    Parameters
    ----------
    latex
        As SymPy's printer writes it, without dollar signs.
    inline
        For the midst of a sentence, where it may not be higher than a line.

    Examples
    --------
    >>> print(mathml(r"\eta = - 1", inline=True))
    <math display="inline"><mrow><mi>η</mi><mo>=</mo><mo form="prefix">−</mo><mn>1</mn></mrow></math>

    Raises
    ------
    HomeworkError
        When a command of LaTeX is in it that MathML has nothing for.
    """
    from latex2mathml.converter import convert
    from markupsafe import Markup

    # Bars with a side each, and limits that stay above and below the sum inside brackets too.
    told = latex.replace(r"\lVert", r"\left\Vert").replace(r"\rVert", r"\right\Vert")
    told = told if inline else re.sub(r"\\sum(?!\\limits)(?![A-Za-z])", r"\\sum\\limits", told)
    try:
        made = convert(told, display="inline" if inline else "block")
        tree = ElementTree.fromstring(made.replace(_NAMESPACE, ""))
    except Exception as error:  # the converter's have no class in common
        raise HomeworkError(f"The formula {latex} is not LaTeX ({type(error).__name__}): fix it.") from None
    if "\\" in made or "$" in made:
        raise HomeworkError(f"The formula {latex} cannot be shown: MathML has no sign for all of it.")
    _mend(tree)
    return Markup(ElementTree.tostring(tree, encoding="unicode"))


def prose(sentence: str) -> Markup:
    """A sentence, its formulas between dollar signs as MathML; a stop stays on the line of its formula.

    >>> print(prose("Less than $n$ & more."))
    Less than <span class="inline"><math display="inline"><mrow><mi>n</mi></mrow></math></span> &amp; more.
    """
    from markupsafe import Markup, escape

    told, end = Markup(), 0
    for match in re.finditer(r"\$([^$]+)\$([.,;:)]*)", sentence):
        told += escape(sentence[end : match.start()])
        told += Markup('<span class="inline">{}{}</span>').format(mathml(match[1], inline=True), match[2])
        end = match.end()
    return told + escape(sentence[end:])


def _mend(element: ElementTree.Element) -> None:
    """Say what the converter leaves to fonts made for mathematics, which few computers have.

    The style sheet sizes a sum's sign and the bar of "at t = 0"; their classes tell it which they are. Struts
    keep the parts of a fraction off its line.
    """
    if element.tag == "munderover" and element[0].text == "∑":
        element[0].attrib |= {"class": "sum", "largeop": "false", "movablelimits": "false"}
        element[1].set("class", "under")
        element[2].set("class", "over")
    if element.tag == "mfrac":
        for k, strut in enumerate(({"depth": "0.3em"}, {"height": "1em"})):
            if element[k].tag in _WITHOUT_PARTS:
                alone, element[k] = element[k], ElementTree.Element("mrow")
                element[k].append(alone)
            element[k].append(ElementTree.Element("mspace", strut))
    before = ""
    for child in element:
        if child.tag == "mo" and "minsize" in child.attrib:
            child.attrib.clear()
            child.attrib |= {"class": "at", "stretchy": "false"}
        if child.text == "−" and before in _BEFORE_A_SIGN:
            child.set("form", "prefix")
        before = child.text or ""
        _mend(child)
